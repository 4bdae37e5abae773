//! The diagram in words: every state, who is there, and what can happen next.

use yew::prelude::*;

use super::words::EdgeWords;
use crate::act::Act;
use crate::el::{El, el};
use crate::lang::{HostId, Lang};
use crate::pick::Pick;
use crate::text::{Msg, host_name};
use crate::texts;
use course::{joined, text};
use tcp::State;
use tcp::edge::{Edge, Origin};

/// The table twin of the diagram.
pub fn table(here: [Option<State>; 2], lang: Lang, act: &Callback<Act>) -> El {
    let columns = [Msg::State, Msg::WhoIsThere, Msg::WhatCanHappen].into_iter();
    let columns = el("tr").children(columns.map(|msg| el("th scope=col").say(msg, lang)));
    let row = |state: State| {
        let edges = Edge::leaving(state).map(|edge| next(edge, lang, act));
        el("tr")
            .key(state.name())
            .class_if(here.contains(&Some(state)), "is-here")
            .child(name(state, lang, act))
            .child(el("td").child(who(here, state, lang)))
            .child(el("td").child(el("ul").children(edges)))
    };
    el("table.twin")
        .child(el("caption").say(Msg::TwinCaption, lang))
        .child(el("thead").child(columns))
        .child(el("tbody").children(State::ALL.into_iter().map(row)))
}

fn name(state: State, lang: Lang, act: &Callback<Act>) -> El {
    let meaning = match lang {
        Lang::ZhHans => format!("{}：{}", text::state(state, lang).name, texts::meaning(state, lang)),
        Lang::En => texts::meaning(state, lang).to_owned(),
    };
    let link = el("button.link.code type=button").asks(act, Act::Pick(Pick::State(state)));
    el("th scope=row").child(link.child(state.name())).child(el("span.meaning").child(meaning))
}

fn who(here: [Option<State>; 2], state: State, lang: Lang) -> String {
    let there = HostId::ALL.into_iter().filter(|host| here[host.index()] == Some(state));
    let names: Vec<_> = there.map(|host| host_name(host, lang)).collect();
    if names.is_empty() { "–".to_owned() } else { joined(&names, Msg::ListComma.in_lang(lang)) }
}

fn next(edge: &'static Edge, lang: Lang, act: &Callback<Act>) -> El {
    let EdgeWords { event, action, .. } = texts::edge_words(edge, lang);
    let does = if action.is_empty() { event.to_owned() } else { format!("{event} / {action}") };
    let link = el("button.link.code type=button").asks(act, Act::Pick(Pick::Edge(edge.id)));
    el("li")
        .key(edge.id)
        .class_if(edge.origin == Origin::WhatIf, "what-if")
        .child(does)
        .child(" → ")
        .child(link.child(edge.to.name()))
}
