//! One state on a lifeline: a band as long as it lasted, with the state's name beside it.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::draw::geometry::{Num, num};
use crate::draw::ladder_margins::{BAND, BandPlace, beside, lifeline};
use crate::lang::by_host;
use crate::pick::Pick;
use tcp::State;

#[autoprops]
#[component]
pub fn StateBand(
    /// The state, and where it stands.
    place: &BandPlace,
    act: &Callback<Act>,
) -> Html {
    let BandPlace { band, y, name_y } = place;
    let (state, x) = (band.state, lifeline(band.host));
    let (name_class, name_x) = beside(band.host);
    let tick = format!("M{} {}H{}", Num(x - BAND / 2.0 - 2.0), Num(y.0), Num(x + BAND / 2.0 + 2.0));
    let is_open = band.to.is_none().then_some("is-open");
    html! {
        <g
            class={classes!("band", by_host(band.host), stage(state), is_open)}
            onclick={act.reform(move |_| Act::Pick(Pick::State(state)))}
        >
            <title>{ state.name() }</title>
            <rect
                x={num(x - BAND / 2.0)}
                y={num(y.0)}
                width={num(BAND)}
                height={num((y.1 - y.0).max(2.0))}
            />
            <path class="band-tick" d={tick} />
            <text class={name_class} x={num(name_x)} y={num(name_y + 1.0)}>{ short_name(state) }</text>
        </g>
    }
}

/// The name that fits beside a lifeline: RFC 9293 Figure 5 shortens the same two.
fn short_name(state: State) -> &'static str {
    match state {
        State::SynReceived => "SYN-RCVD",
        State::Established => "ESTAB",
        other => other.name(),
    }
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
