//! SEGMENT ARRIVES (RFC 9293 §3.10.7): one file a heading.

mod acknowledgment;
mod closed;
mod listen;
mod syn_sent;
mod synchronized;
mod text;

use core::ops::Deref;

use bytes::Bytes;

use super::rule::Rule;
use super::segment::{Control, Segment};
use super::state::State;
use super::step::Step;
use super::transition::DropReason;

/// A segment that arrives.
pub(super) enum Arrival<'a> {
    /// It is kept for the record.
    Kept(&'a Segment),
    /// Nobody will look at it again: its text can be taken out.
    Spent(&'a mut Segment),
}

impl Arrival<'_> {
    fn take_text(self) -> Bytes {
        match self {
            Self::Kept(segment) => segment.text.clone(),
            Self::Spent(segment) => core::mem::take(&mut segment.text),
        }
    }
}

impl Deref for Arrival<'_> {
    type Target = Segment;

    fn deref(&self) -> &Segment {
        match self {
            Self::Kept(segment) => segment,
            Self::Spent(segment) => segment,
        }
    }
}

pub(super) fn on_segment(step: &mut Step<'_>, segment: Arrival<'_>) {
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
