//! SEGMENT ARRIVES (RFC 9293 §3.10.7): one file a heading.

mod acknowledgment;
mod closed;
mod listen;
mod syn_sent;
mod synchronized;
mod text;

use std::borrow::Cow;

use super::rule::Rule;
use super::segment::{Control, Segment};
use super::state::State;
use super::step::Step;
use super::transition::DropReason;

/// A segment that nobody records gives its text away.
pub(super) fn on_segment(step: &mut Step<'_>, segment: Cow<'_, Segment>) {
    // Elsewhere a SYN opens nothing, and is judged as one.
    let may_open = matches!(step.state(), State::Listen | State::SynSent);
    if may_open && step.settings.config.drop_syn_fin && segment.has(Control::SYN | Control::FIN) {
        step.fire(Rule::SynFinDropped);
        step.drop_segment(DropReason::SynWithFin);
        return;
    }
    match step.state() {
        State::Closed => closed::on_segment(step, &segment),
        State::Listen => listen::on_segment(step, &segment),
        State::SynSent => syn_sent::on_segment(step, &segment),
        State::SynReceived
        | State::Established
        | State::FinWait1
        | State::FinWait2
        | State::CloseWait
        | State::Closing
        | State::LastAck
        | State::TimeWait => synchronized::on_segment(step, segment),
    }
}
