//! The fifth check of RFC 9293 §3.10.7.4: the ACK field, and all that follows from an acknowledgement.

use super::synchronized::note_timestamp;
use crate::check::Test;
use crate::congestion::CongestionControl as _;
use crate::effect::{DropReason, SendReason, Signal};
use crate::options::{offered_window, since_echo};
use crate::output::discard_acknowledged;
use crate::rule::Rule;
use crate::segment::{Control, Segment};
use crate::state::State;
use crate::step::Step;
use crate::tcb::{OurFin, Recovery};
use crate::timer::{TimerKind, TimerReason};
use crate::user_calls::close_established;
use crate::variable::Var;

/// Checks the ACK field and acts on it. True if the segment passes and its text is processed next.
pub(super) fn check_ack(step: &mut Step<'_>, segment: &Segment) -> bool {
    if !step.check(Test::HasAck, segment.has(Control::ACK), &[]) {
        step.fire(Rule::WithoutAck);
        step.drop_segment(DropReason::NoAck);
        return false;
    }
    if !check_range(step, segment) {
        return false;
    }
    note_timestamp(step, segment);
    if step.state() == State::SynReceived {
        establish(step, segment, Rule::SynReceivedRcvAck);
        return true;
    }
    acknowledge(step, segment);
    match step.state() {
        State::Closing if check_covers_fin(step, segment) => {
            finish_closing(step, State::TimeWait, Rule::ClosingRcvAckOfFin);
            true
        }
        State::LastAck if check_covers_fin(step, segment) => {
            step.enter(State::Closed, Rule::LastAckRcvAckOfFin);
            false
        }
        // Whether FIN-WAIT-1 is left is decided at the end of the step: the same segment may also carry the other FIN.
        State::FinWait1 => {
            check_covers_fin(step, segment);
            true
        }
        State::TimeWait => {
            step.fire(Rule::TimeWaitRcvAck);
            // The RFC says to acknowledge whatever arrives here. An ACK that tells nothing new is not answered: two
            // ends in TIME-WAIT would answer each other for ever.
            if segment.is_empty() && segment.seq != step.tcb().rcv.nxt {
                step.answer_doubt(SendReason::Acknowledge);
            }
            true
        }
        State::Closed
        | State::Listen
        | State::SynSent
        | State::SynReceived
        | State::Established
        | State::FinWait2
        | State::CloseWait
        | State::Closing
        | State::LastAck => true,
    }
}

/// SND.UNA - MAX.SND.WND =< SEG.ACK =< SND.NXT (RFC 5961 §5.2, MAY-12); in SYN-RECEIVED it must acknowledge the SYN.
fn check_range(step: &mut Step<'_>, segment: &Segment) -> bool {
    let snd = step.tcb().snd;
    if step.state() == State::SynReceived {
        let is_ours = segment.ack.is_after(snd.una) && segment.ack.is_at_or_before(snd.nxt);
        let operands = [(Var::SndUna, snd.una.0), (Var::SegAck, segment.ack.0), (Var::SndNxt, snd.nxt.0)];
        if !step.check(Test::AckIsNew, is_ours, &operands) {
            // RST, but the state stays: this may be an old segment, and the answer to ours may still come (§3.5.2).
            step.fire(Rule::SynReceivedRcvBadAck);
            step.drop_segment(DropReason::AckUnacceptable);
            step.send_reset_to(segment);
        }
        return is_ours;
    }
    let oldest = snd.una.sub(snd.max_wnd);
    let operands = [(Var::SndUna, snd.una.0), (Var::MaxSndWnd, snd.max_wnd), (Var::SegAck, segment.ack.0)];
    if step.settings.config.rfc5961
        && !step.check(Test::AckNotTooOld, segment.ack.is_at_or_after(oldest), &operands)
    {
        step.fire(Rule::AckTooOld);
        step.drop_segment(DropReason::AckTooOld);
        step.answer_doubt(SendReason::Challenge);
        return false;
    }
    let operands = [(Var::SegAck, segment.ack.0), (Var::SndNxt, snd.nxt.0)];
    if !step.check(Test::AckNotBeyondSent, segment.ack.is_at_or_before(snd.nxt), &operands) {
        step.fire(Rule::AckOfUnsent);
        step.drop_segment(DropReason::AckUnacceptable);
        step.answer_doubt(SendReason::Acknowledge);
        return false;
    }
    true
}

/// SYN-RECEIVED: our SYN is acknowledged, so ESTABLISHED. SND.WND is taken from this segment.
pub(super) fn establish(step: &mut Step<'_>, segment: &Segment, rule: Rule) {
    let had_to_repeat = step.tcb().retries > 0;
    step.enter(State::Established, rule);
    let tcb = step.tcb_mut();
    tcb.snd.wnd = offered_window(tcb, segment);
    tcb.snd.max_wnd = tcb.snd.max_wnd.max(tcb.snd.wnd);
    tcb.snd.wl1 = segment.seq;
    tcb.snd.wl2 = segment.ack;
    advance(step, segment);
    if had_to_repeat {
        let config = &step.settings.config;
        step.tcb_mut().rto.on_open_after_retransmission(config);
    }
    step.signal(Signal::Established);
    // CLOSE was called while data was waiting for the connection to open (§3.10.4, SYN-RECEIVED).
    if step.tcb().fin == OurFin::Queued {
        close_established(step);
    }
}

/// Acts on what the segment acknowledges and on the window it offers.
fn acknowledge(step: &mut Step<'_>, segment: &Segment) {
    let snd = step.tcb().snd;
    let is_new = segment.ack.is_after(snd.una);
    let operands = [(Var::SndUna, snd.una.0), (Var::SegAck, segment.ack.0), (Var::SndNxt, snd.nxt.0)];
    step.check(Test::AckIsNew, is_new, &operands);
    let tells_news = step.tcb().agreed.sack
        && !segment.options.sack.is_empty()
        && step.tcb_mut().scoreboard.learn(&segment.options.sack, snd.una, snd.nxt);
    let moved_window = update_window(step, segment);
    if is_new {
        step.fire(Rule::AckAdvances);
        advance(step, segment);
    } else if moved_window && !tells_news {
        step.fire(Rule::AckMovesWindow);
    } else if segment.is_empty() {
        step.fire(Rule::AckDuplicate);
        on_duplicate(step, segment);
    }
    // The other end is alive and its window is closed. It may keep it closed for as long as it answers (MUST-37).
    if step.tcb().snd.wnd == 0 {
        step.tcb_mut().retries = 0;
    }
    if moved_window {
        resume_after_zero_window(step);
    }
}

/// The same acknowledgement again, while data is in flight: the other end is receiving segments beyond a hole. The
/// third one proves that a segment was lost (RFC 5681 §3.2). One that moves the window counts too if SACK reports
/// something new (RFC 6675 §2). After a time-out duplicates prove nothing: they may answer the repeated segments.
fn on_duplicate(step: &mut Step<'_>, segment: &Segment) {
    let tcb = step.tcb();
    let (in_flight, point) = (tcb.in_flight(), tcb.snd.nxt);
    // A peer with a closed window is only answering probes. If a segment were missing, its window would have room for
    // it.
    let is_open = tcb.snd.wnd > 0;
    // It may only report that something came twice (RFC 2883 §4). Then nothing arrived beyond a hole.
    let tells_of_a_copy =
        segment.options.sack.iter().next().is_some_and(|(_, after)| after.is_at_or_before(segment.ack));
    let is_ours = segment.ack == tcb.snd.una && is_open && tcb.octets_in_flight() > 0 && !tells_of_a_copy;
    let after_timeout = tcb.recovery.is_some_and(|recovery| !recovery.is_fast);
    let is_recovering = tcb.recovery.is_some_and(|recovery| recovery.is_fast);
    // A segment has left the network, so another one may enter it; missing data is sent first (RFC 6675 §5).
    if is_ours && is_recovering && step.retransmit_hole(SendReason::SackRetransmit) {
        return step.fire(Rule::SackRepeatsHole);
    }
    let tcb = step.tcb_mut();
    let Some(congestion) = tcb.congestion.as_mut().filter(|_| is_ours && !after_timeout) else { return };
    if congestion.on_duplicate_ack(in_flight) && tcb.recovery.is_none() {
        tcb.recovery = Some(Recovery { point, is_fast: true });
        step.fire(Rule::FastRetransmit);
        step.retransmit_head(SendReason::FastRetransmit);
    }
}

/// SND.WL1 < SEG.SEQ, or equal and SND.WL2 =< SEG.ACK: the window is newer than the one we know. A delayed segment must
/// not bring back an old window. Returns whether SND.WND changed.
fn update_window(step: &mut Step<'_>, segment: &Segment) -> bool {
    let snd = step.tcb().snd;
    if segment.ack.is_before(snd.una) {
        return false;
    }
    let is_newer =
        snd.wl1.is_before(segment.seq) || (snd.wl1 == segment.seq && snd.wl2.is_at_or_before(segment.ack));
    let operands = [
        (Var::SndWl1, snd.wl1.0),
        (Var::SegSeq, segment.seq.0),
        (Var::SndWl2, snd.wl2.0),
        (Var::SegAck, segment.ack.0),
    ];
    if !step.check(Test::WindowIsNewer, is_newer, &operands) {
        return false;
    }
    let tcb = step.tcb_mut();
    tcb.snd.wnd = offered_window(tcb, segment);
    tcb.snd.max_wnd = tcb.snd.max_wnd.max(tcb.snd.wnd);
    tcb.snd.wl1 = segment.seq;
    tcb.snd.wl2 = segment.ack;
    tcb.snd.wnd != snd.wnd
}

/// SND.UNA moves to SEG.ACK. Brings up to date what depends on it: buffer, round-trip time, congestion, timers.
fn advance(step: &mut Step<'_>, segment: &Segment) {
    measure_round_trip(step, segment);
    let ack = segment.ack;
    let config = &step.settings.config;
    let tcb = step.tcb_mut();
    let first_octet = tcb.first_unacked_octet();
    let fin_acked = matches!(tcb.fin, OurFin::Sent(seq) if ack.is_after(seq));
    let octets = ack.since(first_octet) - u32::from(fin_acked);
    discard_acknowledged(tcb, octets);
    tcb.snd.una = ack;
    tcb.scoreboard.advance(ack);
    // Something got through, so the reported problem is over.
    tcb.soft_error = None;
    tcb.syn_acked = true;
    tcb.retries = 0;
    tcb.rto.on_progress(config);
    let lost_more = tcb.recovery.is_some_and(|recovery| ack.is_before(recovery.point));
    let in_flight = tcb.in_flight();
    if let Some(congestion) = &mut tcb.congestion
        && octets > 0
    {
        match tcb.recovery {
            Some(Recovery { is_fast: true, .. }) => congestion.on_recovery_ack(octets, in_flight, !lost_more),
            Some(Recovery { is_fast: false, .. }) | None => congestion.on_ack(octets),
        }
    }
    if !lost_more {
        tcb.recovery = None;
        tcb.scoreboard.end_recovery();
    }
    restart_timers(step);
    if lost_more {
        // A partial acknowledgement (RFC 6582): of what was in flight when the loss was noticed, only a part has
        // arrived. The next segment is missing too and is sent now, without waiting for another time-out. What SACK
        // reports as received is not missing.
        if step.tcb().scoreboard.is_empty() {
            step.retransmit_head(SendReason::PartialAck);
        } else {
            step.retransmit_hole(SendReason::PartialAck);
        }
    }
}

/// Restarts or stops the retransmission timer (RFC 6298 §5.2, §5.3) and the user time-out.
fn restart_timers(step: &mut Step<'_>) {
    if step.tcb().in_flight() == 0 {
        step.stop(TimerKind::Retransmission, TimerReason::AllAcknowledged);
        step.stop(TimerKind::UserTimeout, TimerReason::AllAcknowledged);
        // The window probe was accepted and carried the last of the data: there is nothing left to probe for.
        if step.tcb().unsent_bytes() == 0 && step.tcb().fin != OurFin::Queued {
            step.stop(TimerKind::Persist, TimerReason::AllAcknowledged);
        }
        return;
    }
    if step.tcb().timers.is_armed(TimerKind::Retransmission) {
        let wait = step.tcb().rto.timeout();
        step.arm(TimerKind::Retransmission, wait, TimerReason::ProgressMade);
    }
    match step.patience() {
        Some(patience) => step.arm(TimerKind::UserTimeout, patience, TimerReason::ProgressMade),
        None => step.stop(TimerKind::UserTimeout, TimerReason::ProgressMade),
    }
}

/// The window is open again: a probe that is still unacknowledged becomes ordinary data and is sent again.
fn resume_after_zero_window(step: &mut Step<'_>) {
    if step.tcb().snd.wnd == 0 || !step.tcb().timers.is_armed(TimerKind::Persist) {
        return;
    }
    step.stop(TimerKind::Persist, TimerReason::WindowOpened);
    if step.tcb().in_flight() > 0 {
        step.retransmit_head(SendReason::Retransmission);
    }
}

/// Measures the round trip that ends with `segment`. The echo of our timestamp tells which copy of a segment is
/// answered (RFC 7323 §4); without timestamps one segment at a time is measured (RFC 6298 §3, §4).
pub(super) fn measure_round_trip(step: &mut Step<'_>, segment: &Segment) {
    let tcb = step.tcb();
    let times = segment.options.timestamps.filter(|times| tcb.agreed.timestamps.is_some() && times.echo != 0);
    let echoed = times.and_then(|times| since_echo(times.echo, step.now));
    let timed = tcb.timing.filter(|(until, _)| segment.ack.is_at_or_after(*until));
    let sample = echoed.or_else(|| timed.map(|(_, since)| step.now.since(since)));
    if let Some(sample) = sample {
        let config = &step.settings.config;
        let tcb = step.tcb_mut();
        tcb.timing = None;
        tcb.rto.on_sample(sample, config);
    }
}

/// Records whether our FIN is acknowledged by now, if it was sent.
fn check_covers_fin(step: &mut Step<'_>, segment: &Segment) -> bool {
    let OurFin::Sent(fin) = step.tcb().fin else { return false };
    let covers = step.tcb().is_fin_acked();
    step.check(Test::CoversOurFin, covers, &[(Var::FinSeq, fin.0), (Var::SegAck, segment.ack.0)])
}

/// Enters TIME-WAIT, or CLOSED at once if the learner has switched TIME-WAIT off.
pub(super) fn finish_closing(step: &mut Step<'_>, to: State, rule: Rule) {
    if step.settings.what_if.no_time_wait {
        // The acknowledgement of the other FIN is still sent.
        step.pay_ack();
        step.enter(State::Closed, Rule::SkipTimeWait);
    } else {
        step.enter(to, rule);
    }
}
