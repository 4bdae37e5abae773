//! SEGMENT ARRIVES (RFC 9293 §3.10.7): one file for each of its headings, and one for TIME-WAIT making room.

mod acknowledgment;
mod closed;
mod listen;
mod syn_sent;
mod synchronized;
mod text;
mod time_wait;

use crate::effect::DropReason;
use crate::rule::Rule;
use crate::segment::{Control, Segment};
use crate::state::State;
use crate::step::Step;

pub use listen::refuse_syn;
pub use time_wait::give_way;

pub(super) fn on_segment(step: &mut Step<'_>, segment: Segment) {
    // In the other states a SYN opens nothing, and their own checks deal with it.
    let may_open = matches!(step.state(), State::Listen | State::SynSent);
    if may_open && step.settings.config.drop_syn_fin && segment.has(Control::SYN | Control::FIN) {
        step.fire(Rule::SynFinDropped);
        step.drop_segment(DropReason::SynWithFin);
        return;
    }
    match step.state() {
        State::Closed => closed::on_segment(step, &segment),
        State::Listen => listen::on_segment(step, &segment),
        State::SynSent => syn_sent::on_segment(step, segment),
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
