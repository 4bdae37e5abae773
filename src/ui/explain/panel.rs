//! The explanation: what happened, why, what otherwise.

use std::rc::Rc;

use yew::prelude::*;

use super::checks::checks;
use super::view::ExplainView;
use crate::ui::lang::Lang;
use crate::ui::pick::Pick;
use crate::ui::rich::spans;
use crate::ui::text::{Msg, host_name};

/// What the panel is made of.
#[derive(Properties, PartialEq)]
pub struct ExplainPanelProps {
    /// The explanation.
    pub view: Rc<ExplainView>,
    /// The language.
    pub lang: Lang,
    /// A lead was followed.
    pub on_pick: Callback<Pick>,
    /// Another experiment is to be loaded.
    pub on_experiment: Callback<AttrValue>,
}

/// Draws the explanation.
#[component]
pub fn ExplainPanel(props: &ExplainPanelProps) -> Html {
    let ExplainPanelProps { view, lang, .. } = props;
    let lang = *lang;
    let (class, who) = match view.host {
        Some(host) => (format!("by-{host}"), host_name(host, lang)),
        None => (String::new(), ""),
    };
    let back = props.on_pick.reform(|_: MouseEvent| Pick::Latest);
    let last = view.parts.len().saturating_sub(1);
    html! {
        <section class={classes!("panel", "explain", class)} aria-labelledby="explain-title">
            <header>
                <h2 id="explain-title"><span class="visually-hidden">{ Msg::Explanation.text(lang) }{ " " }</span>{ view.title.clone() }</h2>
                <span class="who">{ who }</span>
                <span class="code muted">{ view.at.map(|at| format!("t = {at}")) }</span>
                { chips(&view.clauses, "chip clause", Msg::Clauses.text(lang)) }
                <button type="button" class="quiet" hidden={!view.is_elsewhere} onclick={back}>{ Msg::BackToLatest.text(lang) }</button>
            </header>
            // It scrolls where the words are long, so the keyboard must be able to get there.
            <div class="parts" role="group" aria-labelledby="explain-title" tabindex="0">
                for (i, part) in view.parts.iter().enumerate() {
                    <div key={i} class="part">
                        <h3>{ part.title.text(lang) }</h3>
                        <p>{ spans(&part.spans) }</p>
                        { if i == 1 { grounds(view, lang) } else { html! { <span hidden=true /> } } }
                        { if i == last { onward(props, lang) } else { html! { <span hidden=true /> } } }
                    </div>
                }
            </div>
        </section>
    }
}

/// What the notes get wrong here, and what was compared.
fn grounds(view: &ExplainView, lang: Lang) -> Html {
    html! {
        <>
            <p class="trial" hidden={view.trial.is_empty()}>
                <strong>{ Msg::OnTrial.text(lang) }</strong>{ " " }
                { spans(&view.trial) }
            </p>
            { checks(&view.checks, lang) }
        </>
    }
}

/// Where it is written.
fn chips(words: &[AttrValue], class: &'static str, label: AttrValue) -> Html {
    html! {
        <ul class="chips" aria-label={label}>
            for words in words {
                <li key={words.to_string()} {class}>{ words.clone() }</li>
            }
        </ul>
    }
}

/// Where one can go from here.
fn onward(props: &ExplainPanelProps, lang: Lang) -> Html {
    let experiment = match &props.view.experiment {
        Some((id, title)) => {
            let id = id.clone();
            let onclick = props.on_experiment.reform(move |_: MouseEvent| id.clone());
            html! {
                <button type="button" class="experiment" {onclick}>
                    { Msg::DoThisExperiment.text(lang) }
                    <span class="muted">{ title.clone() }</span>
                    <span aria-hidden="true">{ "→" }</span>
                </button>
            }
        }
        None => html! { <span hidden=true /> },
    };
    html! {
        <>
            <ul class="leads">
                for lead in props.view.leads.iter() {
                    <li key={lead.label.to_string()}>
                        <button type="button" class="link" onclick={{ let to = lead.to; props.on_pick.reform(move |_: MouseEvent| to) }}>{ lead.label.clone() }</button>
                    </li>
                }
            </ul>
            <div class="stable">{ experiment }</div>
            { chips(&props.view.sources, "chip note", Msg::Sources.text(lang)) }
        </>
    }
}
