//! CLOSED (RFC 9293 §3.10.7.1): every segment but an RST is answered with an RST.

use crate::check::Test;
use crate::effect::DropReason;
use crate::rule::Rule;
use crate::segment::{Control, Segment};
use crate::step::Step;

pub(super) fn on_segment(step: &mut Step<'_>, segment: &Segment) {
    // "All data in the incoming segment is discarded."
    if !step.check(Test::NotRst, !segment.has(Control::RST), &[]) {
        step.fire(Rule::ClosedRcvRst);
        step.drop_segment(DropReason::RstAtClosed);
        return;
    }
    let syn_ack = Control::SYN.union(Control::ACK);
    if step.settings.what_if.two_way_open && segment.has(syn_ack) {
        // With a two-way open a client has no way to refuse a connection that it did not ask for.
        step.fire(Rule::ClosedRcvSynAckTwoWay);
        step.drop_segment(DropReason::NoConnection);
        return;
    }
    let has_ack = step.check(Test::HasAck, segment.has(Control::ACK), &[]);
    step.fire(if has_ack { Rule::ClosedRcvAck } else { Rule::ClosedRcvWithoutAck });
    step.drop_segment(DropReason::NoConnection);
    step.send_reset_to(segment);
}
