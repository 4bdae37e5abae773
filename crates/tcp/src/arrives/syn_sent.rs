//! SYN-SENT (RFC 9293 §3.10.7.3).

use super::acknowledgment::measure_round_trip;
use super::listen::{adopt_syn, ignores_text, keep_what_follows_the_syn};
use super::text;
use crate::check::Test;
use crate::effect::{DropReason, SendReason, Signal};
use crate::rule::Rule;
use crate::segment::{Control, Segment};
use crate::state::State;
use crate::step::Step;
use crate::timer::{TimerKind, TimerReason};
use crate::variable::Var;

pub(super) fn on_segment(step: &mut Step<'_>, segment: Segment) {
    let has_ack = segment.has(Control::ACK);
    let is_rst = segment.has(Control::RST);
    // First check: the ACK bit.
    if has_ack {
        let tcb = step.tcb();
        let is_ours = segment.ack.is_after(tcb.snd.iss) && segment.ack.is_at_or_before(tcb.snd.nxt);
        let operands =
            [(Var::Iss, tcb.snd.iss.0), (Var::SegAck, segment.ack.0), (Var::SndNxt, tcb.snd.nxt.0)];
        if !step.check(Test::AckOfOurSyn, is_ours, &operands) {
            step.drop_segment(DropReason::AckUnacceptable);
            if is_rst {
                step.fire(Rule::SynSentRcvBadAckRst);
            } else {
                step.fire(Rule::SynSentRcvBadAck);
                step.send_reset_to(&segment);
                if step.settings.config.syn_again_at_once {
                    step.fire(Rule::SynAgainAtOnce);
                    step.retransmit_head(SendReason::Retransmission);
                }
            }
            return;
        }
    }
    // Second check: the RST bit. RFC 5961 would compare SEG.SEQ with RCV.NXT, but the other end's numbers are not known
    // yet. The acknowledgement is the only proof.
    if !step.check(Test::NotRst, !is_rst, &[]) {
        if has_ack {
            step.signal(Signal::Refused);
            step.enter(State::Closed, Rule::SynSentRcvRst);
        } else {
            step.fire(Rule::SynSentRcvRstWithoutAck);
            step.drop_segment(DropReason::RstUnproven);
        }
        return;
    }
    // The third check, security, is left out. Fourth check: the SYN bit.
    if !step.check(Test::HasSyn, segment.has(Control::SYN), &[]) {
        step.fire(Rule::SynSentRcvOther);
        step.drop_segment(DropReason::NeitherSynNorRst);
        return;
    }
    adopt_syn(step, &segment);
    if has_ack { on_syn_ack(step, segment) } else { on_syn(step, &segment) }
}

/// Our SYN is acknowledged: ESTABLISHED.
fn on_syn_ack(step: &mut Step<'_>, segment: Segment) {
    measure_round_trip(step, &segment);
    step.stop(TimerKind::Retransmission, TimerReason::AllAcknowledged);
    step.stop(TimerKind::UserTimeout, TimerReason::AllAcknowledged);
    let config = &step.settings.config;
    let tcb = step.tcb_mut();
    tcb.snd.una = segment.ack;
    tcb.syn_acked = true;
    if tcb.retries > 0 {
        tcb.rto.on_open_after_retransmission(config);
    }
    tcb.recovery = None;
    tcb.soft_error = None;
    if step.settings.what_if.two_way_open {
        step.enter(State::Established, Rule::SynSentRcvSynAckTwoWay);
    } else {
        step.enter(State::Established, Rule::SynSentRcvSynAck);
        step.owe_ack(SendReason::Acknowledge);
    }
    step.tcb_mut().retries = 0;
    step.signal(Signal::Established);
    if !ignores_text(step, &segment) {
        text::process(step, segment);
    }
    // Data that was queued before the connection was open may be sent with the third segment.
    step.transmit();
}

/// Both ends opened at once: our SYN is sent again, now with the acknowledgement of theirs (RFC 9293 §3.5, Figure 7).
fn on_syn(step: &mut Step<'_>, segment: &Segment) {
    keep_what_follows_the_syn(step, segment);
    step.enter(State::SynReceived, Rule::SynSentRcvSyn);
    step.send_syn(SendReason::AcceptOpen);
}
