//! The explanation: what happened, why, what otherwise.

use std::rc::Rc;

use yew::prelude::*;

use super::checks::checks;
use super::view::{ExplainView, LeadView, PartView};
use crate::act::Act;
use crate::el::{El, el, nothing};
use crate::lang::{Lang, by_host};
use crate::pick::Pick;
use crate::rich::spans;
use crate::text::{Msg, host_name};

/// What the panel is made of.
pub struct ExplainPanelProps {
    /// The explanation.
    pub view: Rc<ExplainView>,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Draws the explanation.
pub fn explain_panel(props: &ExplainPanelProps) -> El {
    let ExplainPanelProps { view, lang, .. } = props;
    let lang = *lang;
    let last = view.parts.len().saturating_sub(1);
    let title = el("h2 id=explain-title")
        .child(el("span.visually-hidden").say(Msg::Explanation, lang).child(" "))
        .child(&view.title);
    let back = el("button.quiet type=button")
        .attr("hidden", !view.is_elsewhere)
        .asks(&props.act, Act::Pick(Pick::Latest))
        .say(Msg::BackToLatest, lang);
    let header = el("header")
        .child(title)
        .child(el("span.who").child(view.host.map_or("", |host| host_name(host, lang))))
        .child(el("span.code.muted").child(view.at.map_or_else(String::new, |at| format!("t = {at}"))))
        .child(chips(&view.clauses, "clause", Msg::Clauses, lang))
        .child(back);
    let part = |(i, part): (usize, &PartView)| {
        let grounds = if i == 1 { grounds(view, lang) } else { nothing() };
        let onward = if i == last { onward(props, lang) } else { nothing() };
        el("div.part")
            .nth(i)
            .child(el("h3").say(part.title, lang))
            .child(el("p").child(spans(&part.spans)))
            .child(grounds)
            .child(onward)
    };
    // It scrolls where the words are long, so the keyboard must be able to get there.
    let parts = el("div.parts role=group aria-labelledby=explain-title tabindex=0");
    el("section.panel.explain aria-labelledby=explain-title")
        .class(view.host.map_or("", by_host))
        .child(header)
        .child(parts.children(view.parts.iter().enumerate().map(part)))
}

/// What the notes get wrong here, and what was compared.
fn grounds(view: &ExplainView, lang: Lang) -> El {
    let trial = el("p.trial")
        .attr("hidden", view.trial.is_empty())
        .child(el("strong").say(Msg::OnTrial, lang))
        .child(" ")
        .child(spans(&view.trial));
    el("div").child(trial).child(checks(&view.checks, lang))
}

/// Where it is written.
fn chips(words: &[AttrValue], kind: &'static str, label: Msg, lang: Lang) -> El {
    let chip = |words: &AttrValue| el("li.chip").class(kind).key(words).child(words);
    el("ul.chips").label(label, lang).children(words.iter().map(chip))
}

/// Where one can go from here.
fn onward(props: &ExplainPanelProps, lang: Lang) -> El {
    let experiment = match &props.view.experiment {
        Some((id, title)) => el("button.experiment type=button")
            .asks(&props.act, Act::Experiment(id.clone()))
            .say(Msg::DoThisExperiment, lang)
            .child(el("span.muted").child(title))
            .child(el("span aria-hidden=true").child("→")),
        None => nothing(),
    };
    let lead = |lead: &LeadView| {
        let link = el("button.link type=button").asks(&props.act, Act::Pick(lead.to)).child(&lead.label);
        el("li").key(&lead.label).child(link)
    };
    el("div")
        .child(el("ul.leads").children(props.view.leads.iter().map(lead)))
        .child(el("div.stable").child(experiment))
        .child(chips(&props.view.sources, "note", Msg::Sources, lang))
}
