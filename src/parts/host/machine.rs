//! What befalls the machine itself, and the cable between the two.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::{HostId, Lang};
use crate::parts::select::Select;
use crate::text::Msg;
use lab::action::Action;
use lab::host::Program;

/// The programs a host can run by itself.
const PROGRAMS: [(Program, Msg); 4] = [
    (Program::None, Msg::ProgramNone),
    (Program::Echo, Msg::ProgramEcho),
    (Program::Sink, Msg::ProgramSink),
    (Program::NeverCloses, Msg::ProgramNeverCloses),
];

#[autoprops]
#[component]
pub fn Machine(
    host: &HostId,
    /// It has power.
    is_up: bool,
    /// What it runs.
    program: &Program,
    /// The cable is whole.
    cable_is_up: bool,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let (host, program, lang) = (*host, *program, *lang);
    let button = |msg: Msg, action: Action| {
        let onclick = act.reform(move |_| Act::Do(action.clone()));
        html! { <button type="button" {onclick}>{ msg.text(lang) }</button> }
    };
    let power = if is_up {
        button(Msg::Crash, Action::Crash { host })
    } else {
        button(Msg::Restart, Action::Restart { host })
    };
    let cable = match (host, cable_is_up) {
        (HostId::Server, _) => html! { <span hidden=true /> },
        (HostId::Client, true) => button(Msg::CutCable, Action::CutCable),
        (HostId::Client, false) => button(Msg::MendCable, Action::MendCable),
    };
    let words: Vec<_> = PROGRAMS.iter().map(|(_, msg)| msg.text(lang)).collect();
    let chosen = PROGRAMS.iter().position(|(known, _)| *known == program).unwrap_or_default();
    let on_choose = act.reform(move |place: usize| {
        let program = PROGRAMS.get(place).map_or(Program::None, |(program, _)| *program);
        Act::Do(Action::RunProgram { host, program })
    });
    html! {
        <div class="machine" role="group" aria-label={Msg::Machine.text(lang)}>
            <span class="stable">{ power }</span>
            <span class="stable">{ cable }</span>
            <Select {words} {chosen} label={Msg::Program.text(lang)} title={Msg::Program.text(lang)} {on_choose} />
        </div>
    }
}
