//! The panel of one host.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::calls::Calls;
use super::sockets::sockets;
use super::tcb_table::tcb_table;
use super::timers::timer_list;
use super::view::HostView;
use crate::course::text;
use crate::host::Program;
use crate::lab::action::Action;
use crate::time::Instant;
use crate::ui::lang::{HostId, Lang};
use crate::ui::pick::Pick;
use crate::ui::text::{Msg, host_initial, host_name};
use crate::ui::texts;

/// What the panel is made of.
#[derive(Properties, PartialEq)]
pub struct HostPanelProps {
    /// The host.
    pub host: Rc<HostView>,
    /// The present.
    pub now: Instant,
    /// The cable is whole.
    pub cable_is_up: bool,
    /// The language.
    pub lang: Lang,
    /// Its state was chosen.
    pub on_pick: Callback<Pick>,
    /// Something is to be done.
    pub on_action: Callback<Action>,
}

/// Draws a host.
#[component]
pub fn HostPanel(props: &HostPanelProps) -> Html {
    let HostPanelProps { host, now, lang, .. } = props;
    let (lang, id) = (*lang, host.id);
    let state = match (host.is_up, host.state) {
        (false, _) => html! { <p class="host-state is-down">{ Msg::HostIsDown.text(lang) }</p> },
        (true, None) => html! { <p class="host-state muted">{ Msg::NoSocket.text(lang) }</p> },
        (true, Some(state)) => html! {
            <>
                <button type="button" class="host-state code" onclick={props.on_pick.reform(move |_: MouseEvent| Pick::State(state))}>
                    { state.name() }
                </button>
                <p class="waiting">
                    if lang == Lang::ZhHans {
                        <strong>{ text::state(state, lang).name }</strong>{ " · " }
                    }
                    { texts::meaning(state, lang) }
                </p>
            </>
        },
    };
    let heading = format!("host-{id}");
    html! {
        <section class={classes!("panel", "host", format!("by-{id}"))} aria-labelledby={heading.clone()}>
            <header>
                <span class="badge" aria-hidden="true">{ host_initial(id, lang) }</span>
                <h2 id={heading}>{ host_name(id, lang) }</h2>
                <span class="code muted">{ host.addr.clone() }</span>
            </header>
            <div class="host-body">
                <div class="standing">{ state }</div>
                <Calls host={Rc::clone(host)} {lang} on_action={props.on_action.clone()} />
                { timer_list(&host.timers, *now, lang, &props.on_action) }
                <dl class="data" aria-label={Msg::Data.text(lang)}>
                    for (name, value) in host.data.iter() {
                        <div key={name.to_string()}><dt>{ name.clone() }</dt><dd class="code">{ value.clone() }</dd></div>
                    }
                </dl>
                { tcb_table(&host.tcb, lang) }
                { sockets(&host.sockets, lang) }
            </div>
            { machine(props) }
        </section>
    }
}

/// The programs a host can run by itself.
const PROGRAMS: [(&str, Program, Msg); 4] = [
    ("none", Program::None, Msg::ProgramNone),
    ("echo", Program::Echo, Msg::ProgramEcho),
    ("sink", Program::Sink, Msg::ProgramSink),
    ("never-closes", Program::NeverCloses, Msg::ProgramNeverCloses),
];

/// What befalls the machine itself, and the cable between the two.
fn machine(props: &HostPanelProps) -> Html {
    let (lang, host) = (props.lang, props.host.id);
    let button = |msg: Msg, action: Action| {
        let onclick = props.on_action.reform(move |_: MouseEvent| action.clone());
        html! { <button type="button" {onclick}>{ msg.text(lang) }</button> }
    };
    let power = if props.host.is_up {
        button(Msg::Crash, Action::Crash { host })
    } else {
        button(Msg::Restart, Action::Restart { host })
    };
    let cable = match (host, props.cable_is_up) {
        (HostId::Server, _) => html! { <span hidden=true /> },
        (HostId::Client, true) => button(Msg::CutCable, Action::CutCable),
        (HostId::Client, false) => button(Msg::MendCable, Action::MendCable),
    };
    let onchange = props.on_action.reform(move |event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        let program =
            PROGRAMS.into_iter().find(|(name, ..)| *name == chosen).map_or(Program::None, |(_, it, _)| it);
        Action::RunProgram { host, program }
    });
    html! {
        <div class="machine" role="group" aria-label={Msg::Machine.text(lang)}>
            <span class="stable">{ power }</span>
            <span class="stable">{ cable }</span>
            <select aria-label={Msg::Program.text(lang)} title={Msg::Program.text(lang)} {onchange}>
                for (name, program, msg) in PROGRAMS {
                    <option key={name} value={name} selected={program == props.host.program}>{ msg.text(lang) }</option>
                }
            </select>
        </div>
    }
}
