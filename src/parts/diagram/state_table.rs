//! The diagram in words: every state, who is there, and what can happen next.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::{HostId, Lang};
use crate::pick::Pick;
use crate::text::{Msg, host_name};
use course::text::{self, EdgeText};
use tcp::State;
use tcp::edge::{Edge, Origin};

#[autoprops]
#[component]
pub(super) fn StateTable(
    lang: &Lang,
    /// The state of each host; none while it is down.
    here: &[Option<State>; 2],
    act: &Callback<Act>,
) -> Html {
    let (lang, here) = (*lang, *here);
    let row = |state: State| {
        let name = state.name();
        let words = text::state(state, lang);
        let meaning = if lang.has_glosses() {
            Msg::StateMeaning.with(&[("gloss", &words.name), ("meaning", &words.meaning)], lang)
        } else {
            words.meaning.clone()
        };
        let next = Edge::leaving(state).map(|edge| next(edge, lang, act));
        html! {
            <tr key={name} class={classes!(here.contains(&Some(state)).then_some("is-here"))}>
                <th scope="row">
                    <button type="button" class="link code" onclick={act.reform(move |_| Act::Pick(Pick::State(state)))}>
                        { name }
                    </button>
                    <span class="meaning">{ meaning }</span>
                </th>
                <td>{ who(here, state, lang) }</td>
                <td><ul>{ for next }</ul></td>
            </tr>
        }
    };
    html! {
        <table class="twin">
            <caption>{ Msg::TwinCaption.text(lang) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ Msg::State.text(lang) }</th>
                    <th scope="col">{ Msg::WhoIsThere.text(lang) }</th>
                    <th scope="col">{ Msg::WhatCanHappen.text(lang) }</th>
                </tr>
            </thead>
            <tbody>{ for State::ALL.iter().copied().map(row) }</tbody>
        </table>
    }
}

fn who(here: [Option<State>; 2], state: State, lang: Lang) -> String {
    let there = HostId::ALL.into_iter().filter(|host| here[host.index()] == Some(state));
    let names: Vec<_> = there.map(|host| host_name(host, lang)).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(Msg::ListComma.in_lang(lang)) }
}

fn next(edge: &'static Edge, lang: Lang, act: &Callback<Act>) -> Html {
    let EdgeText { event, action, .. } = text::edge(edge, lang);
    let does = if action.is_empty() { event.clone() } else { format!("{event} / {action}") };
    html! {
        <li key={edge.id} class={classes!((edge.origin == Origin::WhatIf).then_some("what-if"))}>
            { does }
            { " → " }
            <button type="button" class="link code" onclick={act.reform(|_| Act::Pick(Pick::Edge(edge.id)))}>
                { edge.to.name() }
            </button>
        </li>
    }
}
