//! The explanation: what happened, why, what otherwise.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::chips::Chips;
use super::grounds::Grounds;
use super::onward::Onward;
use super::subject::Subject;
use crate::act::Act;
use crate::hooks::use_first_line;
use crate::lang::{Lang, by_host};
use crate::pick::Pick;
use crate::rich::Rich;
use crate::text::{Msg, host_name};

#[autoprops]
#[component]
pub fn ExplainPanel(
    /// What it is about.
    subject: &Rc<Subject>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    let Subject { told, at, host, is_elsewhere, .. } = &**subject;
    use_first_line(&told.title);
    let columns = subject.columns();
    let last = columns.len().saturating_sub(1);
    let column = |(i, (heading, spans)): (usize, (Msg, Vec<_>))| {
        html! {
            <div class="part" key={i}>
                <h3>{ heading.text(lang) }</h3>
                <p><Rich {spans} /></p>
                if i == 1 {
                    <Grounds {told} {lang} />
                } else {
                    <span hidden=true />
                }
                if i == last {
                    <Onward {subject} {lang} {act} />
                } else {
                    <span hidden=true />
                }
            </div>
        }
    };
    html! {
        <section class={classes!("panel", "explain", host.map(by_host))} aria-labelledby="explain-title">
            <header>
                <h2 id="explain-title">
                    <span class="visually-hidden">{ Msg::Explanation.text(lang) }{ " " }</span>
                    { &told.title }
                </h2>
                <span class="who">{ host.map_or("", |host| host_name(host, lang)) }</span>
                <span class="code muted">{ at.map_or_else(String::new, |at| format!("t = {at}")) }</span>
                <Chips words={told.clauses.to_vec()} kind="clause" label={Msg::Clauses.text(lang)} />
                <button
                    type="button"
                    class="quiet"
                    hidden={!is_elsewhere}
                    onclick={act.reform(|_| Act::Pick(Pick::Latest))}
                >
                    { Msg::BackToLatest.text(lang) }
                </button>
            </header>
            // It scrolls where the words are long, so the keyboard must be able to get there.
            <div class="parts" role="group" aria-labelledby="explain-title" tabindex="0">
                { for columns.into_iter().enumerate().map(column) }
            </div>
        </section>
    }
}
