//! The two lifelines: a band for each state, with the state's name beside it.

use yew::prelude::*;

use super::layout::{BAND, Band, lifeline};
use crate::tcp::State;
use crate::ui::geometry::{Num, num};
use crate::ui::lang::HostId;
use crate::ui::pick::Pick;

/// The name that fits beside a lifeline: RFC 9293 Figure 5 shortens the same two.
#[must_use]
pub const fn short_name(state: State) -> &'static str {
    match state {
        State::SynReceived => "SYN-RCVD",
        State::Established => "ESTAB",
        other => other.name(),
    }
}

/// Draws one state of one host.
pub fn state_band(band: &Band, on_pick: &Callback<Pick>) -> Html {
    let Band { band, y, name_y } = band;
    let x = lifeline(band.host);
    let (host, class, name_x) = match band.host {
        HostId::Client => ("by-client", "at-end", x - 19.0),
        HostId::Server => ("by-server", "", x + 19.0),
    };
    let state = band.state;
    let onclick = on_pick.reform(move |_: MouseEvent| Pick::State(state));
    let height = (y.1 - y.0).max(2.0);
    let is_open = band.to.is_none();
    html! {
        <g key={format!("{}-{}", band.host, band.from.as_micros())} class={classes!("band", host, format!("stage-{}", stage(state)), is_open.then_some("is-open"))} {onclick}>
            <title>{ state.name() }</title>
            <rect
                x={num(x - BAND / 2.0)}
                y={num(y.0)}
                width={num(BAND)}
                height={num(height)}
            />
            <path class="band-tick" d={format!("M{} {}H{}", Num(x - BAND / 2.0 - 2.0), Num(y.0), Num(x + BAND / 2.0 + 2.0))} />
            <text {class} x={num(name_x)} y={num(name_y + 1.0)}>{ short_name(state) }</text>
        </g>
    }
}

/// The bands differ in strength as well as by name: nothing, waiting, open, closing.
const fn stage(state: State) -> &'static str {
    match state {
        State::Closed => "none",
        State::Listen => "wait",
        State::SynSent | State::SynReceived => "opening",
        State::Established => "open",
        State::FinWait1
        | State::FinWait2
        | State::CloseWait
        | State::Closing
        | State::LastAck
        | State::TimeWait => "closing",
    }
}
