//! SYN-RECEIVED and all states after it (RFC 9293 §3.10.7.4): the checks, in the order of the RFC.

use super::{acknowledgment, text};
use crate::check::Test;
use crate::effect::{DropReason, SendReason, Signal};
use crate::options::{Recent, is_too_old};
use crate::rule::Rule;
use crate::segment::{Control, Segment};
use crate::seq::SeqNumber;
use crate::state::State;
use crate::step::Step;
use crate::tcb::{OpenKind, Tcb};
use crate::timer::{TimerKind, TimerReason};
use crate::variable::Var;

pub(super) fn on_segment(step: &mut Step<'_>, mut segment: Segment) {
    if !check_timestamp(step, &segment) || repeats_what_is_known(step, &segment) {
        return;
    }
    match check_sequence(step, &segment) {
        GoesOn::Whole => {}
        GoesOn::Bare => {
            segment.control.remove(Control::FIN);
            segment.text.clear();
        }
        GoesOn::Nothing => return,
    }
    if !check_rst(step, &segment) || !check_syn(step, &segment) {
        return;
    }
    if acknowledgment::check_ack(step, &segment) {
        // The sixth check, URG, is left out: this stack has no urgent data.
        text::process(step, segment);
        leave_fin_wait_1(step);
    }
    step.transmit();
}

/// PAWS (RFC 7323 §5.3), before the first check and only if timestamps were agreed on: a segment with an older
/// timestamp than the last one is a late duplicate, even if its sequence number fits. An RST is exempt, so that a host
/// that lost its clock can still reset.
fn check_timestamp(step: &mut Step<'_>, segment: &Segment) -> bool {
    let Some(recent) = step.tcb().agreed.timestamps else { return true };
    if segment.has(Control::RST) {
        return true;
    }
    let Some(times) = segment.options.timestamps else {
        step.check(Test::HasTimestamps, false, &[]);
        step.fire(Rule::TimestampMissing);
        step.drop_segment(DropReason::TimestampMissing);
        return false;
    };
    let operands = [(Var::SegTsval, times.value), (Var::TsRecent, recent.value)];
    let is_too_old = is_too_old(recent, times.value, step.now);
    if !step.check(Test::TimestampNotTooOld, !is_too_old, &operands) {
        step.fire(Rule::TimestampTooOld);
        step.drop_segment(DropReason::TimestampTooOld);
        step.answer_doubt(SendReason::Acknowledge);
    }
    !is_too_old
}

/// Takes TS.Recent from a segment that begins at or before the number acknowledged last. So a delayed acknowledgement
/// echoes the earliest segment it covers (RFC 7323 §4.3).
///
/// Deviation: the RFC does this before it looks at the ACK field. Here, as in Linux, the segment must pass that check
/// first: a forged segment with a timestamp from the future could otherwise stop the connection.
pub(super) fn note_timestamp(step: &mut Step<'_>, segment: &Segment) {
    let now = step.now;
    if let (Some(_), Some(times)) = (step.tcb().agreed.timestamps, segment.options.timestamps)
        && segment.seq.is_at_or_before(step.tcb().rcv.acked)
    {
        step.tcb_mut().agreed.timestamps = Some(Recent { value: times.value, at: now });
    }
}

/// Segments that the other end repeats because our answer was lost. By the first check they lie outside the window and
/// would only get a bare ACK. Some need more than that; the others have their own rule so that they can be explained.
fn repeats_what_is_known(step: &mut Step<'_>, segment: &Segment) -> bool {
    let tcb = step.tcb();
    let is_known_syn = segment.seq == tcb.rcv.irs && segment.has(Control::SYN) && !segment.has(Control::RST);
    let has_ack = segment.has(Control::ACK);
    if tcb.state == State::SynReceived && is_known_syn {
        return on_known_syn(step, segment, has_ack);
    }
    if step.settings.what_if.two_way_open && is_known_syn && !has_ack && tcb.rcv.nxt == tcb.rcv.irs.add(1) {
        step.fire(Rule::SynReceivedRcvSynAgain);
        step.send_syn(SendReason::AcceptOpen);
        // The SYN counts as acknowledged, as when it was first sent, so no timer waits for an answer.
        if step.tcb().in_flight() == 0 {
            step.stop(TimerKind::Retransmission, TimerReason::AllAcknowledged);
            step.stop(TimerKind::UserTimeout, TimerReason::AllAcknowledged);
        }
        return true;
    }
    if is_known_syn && has_ack && tcb.origin == OpenKind::Active && segment.ack == tcb.snd.iss.add(1) {
        check_window(step, segment);
        step.fire(Rule::SynAckAgain);
        step.owe_ack(SendReason::Acknowledge);
        return true;
    }
    let is_known_fin = segment.has(Control::FIN)
        && !segment.has(Control::RST)
        && !segment.has(Control::SYN)
        && has_ack
        && is_fin_counted(tcb)
        && segment.fin_seq().add(1) == tcb.rcv.nxt;
    if is_known_fin {
        check_window(step, segment);
        text::acknowledge_known_fin(step);
    }
    is_known_fin
}

/// The SYN that led to SYN-RECEIVED, again.
fn on_known_syn(step: &mut Step<'_>, segment: &Segment, has_ack: bool) -> bool {
    if !has_ack {
        // Our SYN,ACK was lost. The RFC would send a bare ACK, which cannot open the other end. So the SYN,ACK is sent
        // again, as in all stacks.
        step.fire(Rule::SynReceivedRcvSynAgain);
        step.send_syn(SendReason::AcceptOpen);
        // The SYN,ACK was just sent, so the timer that would repeat it starts over.
        let wait = step.tcb().rto.timeout();
        step.arm(TimerKind::Retransmission, wait, TimerReason::SegmentSent);
        return true;
    }
    // Simultaneous open, line 6 of Figure 7: we know the SYN of this SYN,ACK already and wait for its ACK. The first
    // check would drop it (RFC 9293 A.2), and no simultaneous open could ever complete.
    let snd = step.tcb().snd;
    let is_ours = segment.ack.is_after(snd.una) && segment.ack.is_at_or_before(snd.nxt);
    if !is_ours {
        return false;
    }
    let operands = [(Var::SndUna, snd.una.0), (Var::SegAck, segment.ack.0), (Var::SndNxt, snd.nxt.0)];
    step.check(Test::AckIsNew, true, &operands);
    acknowledgment::establish(step, segment, Rule::SynReceivedRcvSynAck);
    step.owe_ack(SendReason::Acknowledge);
    text::process(step, segment.clone());
    step.transmit();
    true
}

/// Which part of a segment passes the first check.
enum GoesOn {
    Whole,
    /// All but text and FIN.
    Bare,
    Nothing,
}

/// First check: the sequence number.
fn check_sequence(step: &mut Step<'_>, segment: &Segment) -> GoesOn {
    // RFC 5961 §4.2 challenges a SYN "irrespective of the sequence number", so a SYN passes this check.
    let is_challenged_syn =
        step.settings.config.rfc5961 && segment.has(Control::SYN) && step.state().is_synchronized();
    if check_window(step, segment) || (is_challenged_syn && !segment.has(Control::RST)) {
        return GoesOn::Whole;
    }
    let rcv = step.tcb().rcv;
    if segment.has(Control::RST) {
        step.fire(Rule::OutsideWindowRst);
        step.drop_segment(DropReason::OutsideWindow);
        return GoesOn::Nothing;
    }
    let is_old = !segment.is_empty() && segment.end().is_at_or_before(rcv.nxt);
    let is_probe = segment.is_empty() && segment.seq.add(1) == rcv.nxt;
    step.fire(if is_probe { Rule::KeepaliveAnswered } else { Rule::OutsideWindow });
    step.drop_segment(if is_old { DropReason::AlreadyReceived } else { DropReason::OutsideWindow });
    if segment.is_empty() {
        step.answer_doubt(SendReason::Acknowledge);
    } else {
        // Data received before is always acknowledged again: if our acknowledgement was lost, its sender is waiting.
        text::note_duplicate(step, segment);
        step.owe_ack(SendReason::Acknowledge);
    }
    // A closed window accepts no text, but the ACK field of a segment that is next in order still counts (§3.4).
    if rcv.wnd == 0 && segment.seq == rcv.nxt && !segment.has(Control::SYN) {
        return GoesOn::Bare;
    }
    GoesOn::Nothing
}

/// The four cases of RFC 9293 §3.4, Table 5. For an RST only SEG.SEQ counts (RFC 5961 §3.2, errata 4845). So it is for
/// a SYN: it is an error only if it lies in the window itself (§3.10.7.4, fourth check).
fn check_window(step: &mut Step<'_>, segment: &Segment) -> bool {
    let rcv = step.tcb().rcv;
    let in_window = |seq: SeqNumber| seq.is_in_window(rcv.nxt, rcv.wnd);
    let length = match segment.len() {
        _ if segment.has(Control::RST) => 0,
        _ if segment.has(Control::SYN) => 1,
        length => length,
    };
    let acceptable = match (length, rcv.wnd) {
        (0, 0) => segment.seq == rcv.nxt,
        (0, _) => in_window(segment.seq),
        (_, 0) => false,
        (length, _) => in_window(segment.seq) || in_window(segment.seq.add(length - 1)),
    };
    let operands = [
        (Var::RcvNxt, rcv.nxt.0),
        (Var::SegSeq, segment.seq.0),
        (Var::SegLen, segment.len()),
        (Var::RcvWnd, rcv.wnd),
    ];
    step.check(Test::InWindow, acceptable, &operands)
}

/// Second check: the RST bit, in the form of RFC 5961 §3.2.
fn check_rst(step: &mut Step<'_>, segment: &Segment) -> bool {
    if step.check(Test::NotRst, !segment.has(Control::RST), &[]) {
        return true;
    }
    let state = step.state();
    if state == State::TimeWait && step.settings.config.rfc1337 {
        step.fire(Rule::TimeWaitIgnoresRst);
        step.drop_segment(DropReason::RstInTimeWait);
        return false;
    }
    let next = step.tcb().rcv.nxt;
    let operands = [(Var::SegSeq, segment.seq.0), (Var::RcvNxt, next.0)];
    if step.settings.config.rfc5961 && !step.check(Test::RstExact, segment.seq == next, &operands) {
        step.fire(Rule::RstChallenged);
        step.drop_segment(DropReason::RstNotExact);
        step.answer_doubt(SendReason::Challenge);
        return false;
    }
    reset(step, state);
    false
}

fn reset(step: &mut Step<'_>, state: State) {
    match state {
        State::SynReceived => match step.tcb().origin {
            OpenKind::Passive => return_to_listen(step),
            OpenKind::Active => {
                let is_reset = step.settings.config.reset_while_opening;
                step.signal(if is_reset { Signal::Reset } else { Signal::Refused });
                step.break_off(Rule::SynReceivedRcvRstActive);
            }
        },
        State::Established | State::FinWait1 | State::FinWait2 | State::CloseWait => {
            let is_broken_pipe = state == State::CloseWait && step.settings.config.epipe_in_close_wait;
            step.signal(if is_broken_pipe { Signal::BrokenPipe } else { Signal::Reset });
            step.break_off(Rule::RstResets);
        }
        State::Closing | State::LastAck => {
            // The RFC only says CLOSED. A program that still holds the descriptor is told, as in BSD.
            step.signal(Signal::Reset);
            step.enter(State::Closed, Rule::RstEndsClosing);
        }
        // Everything was exchanged and acknowledged: there is nothing to tell the application.
        State::TimeWait => step.enter(State::Closed, Rule::RstEndsClosing),
        // These states have their own files.
        State::Closed | State::Listen | State::SynSent => {}
    }
}

/// The user is not told: there was no connection yet (RFC 9293 §3.10.7.4, MUST-11).
fn return_to_listen(step: &mut Step<'_>) {
    step.stop_all_timers();
    step.enter(State::Listen, Rule::SynReceivedRcvRstPassive);
    let fresh = Tcb {
        state: State::Listen,
        origin: OpenKind::Passive,
        ..Tcb::closed(step.tcb().local, crate::Endpoint::UNSPECIFIED, &step.settings.config)
    };
    *step.tcb_mut() = fresh;
}

/// Fourth check (the third, security, is left out): the SYN bit.
fn check_syn(step: &mut Step<'_>, segment: &Segment) -> bool {
    if step.check(Test::NotSyn, !segment.has(Control::SYN), &[]) {
        return true;
    }
    if step.state() == State::TimeWait && step.settings.config.refuse_in_time_wait {
        step.fire(Rule::TimeWaitRefusesSyn);
        step.drop_segment(DropReason::SynInWindow);
        step.send_reset_to(segment);
        return false;
    }
    if step.settings.config.rfc5961 || step.state() == State::SynReceived {
        // A host that restarted in the middle of this connection answers the challenge with an RST (RFC 5961 §4.2,
        // C72). Deviation: in SYN-RECEIVED the RFC returns to LISTEN. No stack does, as any stray SYN could then undo
        // an open.
        step.fire(Rule::SynChallenged);
        step.drop_segment(DropReason::SynInWindow);
        step.answer_doubt(SendReason::Challenge);
        return false;
    }
    // RFC 793: a SYN in the window is an error, and both ends start over.
    step.send_reset(SendReason::Reset);
    step.signal(Signal::Reset);
    step.break_off(Rule::SynResets);
    false
}

/// Our FIN is acknowledged, and no FIN came with the acknowledgement: FIN-WAIT-2.
fn leave_fin_wait_1(step: &mut Step<'_>) {
    if step.state() == State::FinWait1 && step.tcb().is_fin_acked() {
        step.enter(State::FinWait2, Rule::FinWait1RcvAckOfFin);
    }
}

/// The other end's FIN was received in order: its stream is complete.
fn is_fin_counted(tcb: &Tcb) -> bool {
    matches!(tcb.state, State::CloseWait | State::Closing | State::LastAck | State::TimeWait)
}
