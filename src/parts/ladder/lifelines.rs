//! The two lifelines: a band for each state, with the state's name beside it.

use yew::prelude::*;

use super::layout::{BAND, lifeline};
use super::margins::Band;
use crate::act::Act;
use crate::el::{El, el};
use crate::geometry::Num;
use crate::lang::{HostId, by_host};
use crate::pick::Pick;
use tcp::State;

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
pub fn state_band(band: &Band, act: &Callback<Act>) -> El {
    let Band { band, y, name_y } = band;
    let x = lifeline(band.host);
    let (class, name_x) = match band.host {
        HostId::Client => ("at-end", x - 19.0),
        HostId::Server => ("", x + 19.0),
    };
    let state = band.state;
    let rect = el("rect")
        .attr("x", Num(x - BAND / 2.0))
        .attr("y", Num(y.0))
        .attr("width", Num(BAND))
        .attr("height", Num((y.1 - y.0).max(2.0)));
    let tick = format!("M{} {}H{}", Num(x - BAND / 2.0 - 2.0), Num(y.0), Num(x + BAND / 2.0 + 2.0));
    let name = el("text").attr("class", class).attr("x", Num(name_x)).attr("y", Num(name_y + 1.0));
    el("g.band")
        .key(&format!("{}-{}", band.host, band.from.as_micros()))
        .class(by_host(band.host))
        .class(stage(state))
        .class_if(band.to.is_none(), "is-open")
        .asks(act, Act::Pick(Pick::State(state)))
        .child(el("title").child(state.name()))
        .child(rect)
        .child(el("path.band-tick").attr("d", tick))
        .child(name.child(short_name(state)))
}

/// The bands differ in strength as well as by name: nothing, waiting, open, closing.
const fn stage(state: State) -> &'static str {
    match state {
        State::Closed => "stage-none",
        State::Listen => "stage-wait",
        State::SynSent | State::SynReceived => "stage-opening",
        State::Established => "stage-open",
        State::FinWait1
        | State::FinWait2
        | State::CloseWait
        | State::Closing
        | State::LastAck
        | State::TimeWait => "stage-closing",
    }
}
