//! The panel of one host.

use std::rc::Rc;

use yew::prelude::*;

use super::calls::Calls;
use super::sockets::sockets;
use super::tcb_table::tcb_table;
use super::timers::timer_list;
use super::view::HostView;
use crate::act::Act;
use crate::el::{El, el, nothing, options};
use crate::kept::Part;
use crate::lang::{HostId, Lang, by_host};
use crate::pick::Pick;
use crate::text::{Msg, host_initial, host_name};
use course::text;
use lab::action::Action;
use lab::host::Program;
use tcp::time::Instant;

/// The panel, and what it is made of.
#[derive(PartialEq)]
pub struct HostPanel {
    /// The host.
    pub host: Rc<HostView>,
    /// The present.
    pub now: Instant,
    /// The cable is whole.
    pub cable_is_up: bool,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

impl Part for HostPanel {
    fn draw(&self) -> El {
        host_panel(self)
    }
}

/// Draws a host.
fn host_panel(props: &HostPanel) -> El {
    let HostPanel { host, now, lang, .. } = props;
    let (lang, id) = (*lang, host.id);
    let standing = match (host.is_up, host.state) {
        (false, _) => el("div.standing").child(el("p.host-state.is-down").say(Msg::HostIsDown, lang)),
        (true, None) => el("div.standing").child(el("p.host-state.muted").say(Msg::NoSocket, lang)),
        (true, Some(state)) => {
            let name = el("button.host-state.code type=button").child(state.name());
            let words = text::state(state, lang);
            let gloss = if lang.has_glosses() {
                el("span").child(el("strong").child(words.name.as_str())).child(" · ")
            } else {
                nothing()
            };
            el("div.standing")
                .child(name.asks(&props.act, Act::Pick(Pick::State(state))))
                .child(el("p.waiting").child(gloss).child(words.meaning.as_str()))
        }
    };
    let heading = format!("host-{id}");
    let header = el("header")
        .child(el("span.badge aria-hidden=true").child(host_initial(id, lang)))
        .child(el("h2").attr("id", heading.clone()).child(host_name(id, lang)))
        .child(el("span.code.muted").child(&host.addr));
    let calls = html! { <Calls host={Rc::clone(host)} {lang} act={props.act.clone()} /> };
    let data = host.data.iter().map(|(name, value)| {
        el("div").key(name).child(el("dt").child(name)).child(el("dd.code").child(value))
    });
    let body = el("div.host-body")
        .child(standing)
        .child(calls)
        .child(timer_list(&host.timers, *now, lang, &props.act))
        .child(el("dl.data").label(Msg::Data, lang).children(data))
        .child(tcb_table(&host.tcb, lang))
        .child(sockets(id, &host.sockets, lang, &props.act));
    el("section.panel.host")
        .class(by_host(id))
        .attr("aria-labelledby", heading)
        .child(header)
        .child(body)
        .child(machine(props))
}

/// The programs a host can run by itself.
const PROGRAMS: [(Program, Msg); 4] = [
    (Program::None, Msg::ProgramNone),
    (Program::Echo, Msg::ProgramEcho),
    (Program::Sink, Msg::ProgramSink),
    (Program::NeverCloses, Msg::ProgramNeverCloses),
];

/// What befalls the machine itself, and the cable between the two.
fn machine(props: &HostPanel) -> El {
    let (lang, host) = (props.lang, props.host.id);
    let button =
        |msg: Msg, action: Action| el("button type=button").asks(&props.act, Act::Do(action)).say(msg, lang);
    let power = if props.host.is_up {
        button(Msg::Crash, Action::Crash { host })
    } else {
        button(Msg::Restart, Action::Restart { host })
    };
    let cable = match (host, props.cable_is_up) {
        (HostId::Server, _) => nothing(),
        (HostId::Client, true) => button(Msg::CutCable, Action::CutCable),
        (HostId::Client, false) => button(Msg::MendCable, Action::MendCable),
    };
    let on_program = props.act.reform(move |place: usize| {
        let program = PROGRAMS.get(place).map_or(Program::None, |(program, _)| *program);
        Act::Do(Action::RunProgram { host, program })
    });
    let programs = el("select").label(Msg::Program, lang).title(Msg::Program, lang);
    let chosen = PROGRAMS.iter().position(|(program, _)| *program == props.host.program).unwrap_or(0);
    let words = PROGRAMS.map(|(_, msg)| msg.text(lang));
    el("div.machine role=group")
        .label(Msg::Machine, lang)
        .child(el("span.stable").child(power))
        .child(el("span.stable").child(cable))
        .child(options(programs, words.into(), chosen, on_program))
}
