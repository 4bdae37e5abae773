//! The diagram in words: every state, who is there, and what can happen next.

use yew::prelude::*;

use super::words::EdgeWords;
use crate::course::text;
use crate::tcp::State;
use crate::tcp::edge::{Edge, Origin};
use crate::ui::lang::{HostId, Lang};
use crate::ui::pick::Pick;
use crate::ui::text::{Msg, host_name};
use crate::ui::texts;

/// The table twin of the diagram.
pub fn table(here: [Option<State>; 2], lang: Lang, on_pick: &Callback<Pick>) -> Html {
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
            <tbody>
                for state in State::ALL {
                    <tr key={state.name()} class={classes!(here.contains(&Some(state)).then_some("is-here"))}>
                        <th scope="row">{ name(state, lang, on_pick) }</th>
                        <td>{ who(here, state, lang) }</td>
                        <td><ul>{ for Edge::leaving(state).map(|edge| next(edge, lang, on_pick)) }</ul></td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

fn name(state: State, lang: Lang, on_pick: &Callback<Pick>) -> Html {
    let onclick = on_pick.reform(move |_: MouseEvent| Pick::State(state));
    let meaning = match lang {
        Lang::ZhHans => format!("{}：{}", text::state(state, lang).name, texts::meaning(state, lang)),
        Lang::En => texts::meaning(state, lang).to_owned(),
    };
    html! {
        <>
            <button type="button" class="link code" {onclick}>{ state.name() }</button>
            <span class="meaning">{ meaning }</span>
        </>
    }
}

fn who(here: [Option<State>; 2], state: State, lang: Lang) -> String {
    let there = HostId::ALL.into_iter().filter(|host| here[host.index()] == Some(state));
    let names: Vec<_> = there.map(|host| host_name(host, lang)).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(Msg::ListComma.in_lang(lang)) }
}

fn next(edge: &'static Edge, lang: Lang, on_pick: &Callback<Pick>) -> Html {
    let EdgeWords { event, action, .. } = texts::edge_words(edge, lang);
    let onclick = on_pick.reform(move |_: MouseEvent| Pick::Edge(edge.id));
    let does = if action.is_empty() { event.to_owned() } else { format!("{event} / {action}") };
    let broken = edge.origin == Origin::WhatIf;
    html! {
        <li key={edge.id} class={classes!(broken.then_some("what-if"))}>
            { does }
            { " → " }
            <button type="button" class="link code" {onclick}>{ edge.to.name() }</button>
        </li>
    }
}
