//! Time-outs (RFC 9293 §3.10.8).

use crate::check::Test;
use crate::congestion::CongestionControl as _;
use crate::effect::{SendReason, Signal};
use crate::icmp::IcmpKind;
use crate::rule::Rule;
use crate::state::State;
use crate::step::Step;
use crate::tcb::Recovery;
use crate::timer::{TimerKind, TimerReason};
use crate::variable::Var;

/// R1: after this many repeats of a segment the application is told (RFC 9293 §3.8.3, SHLD-9, SHLD-10).
const R1: u8 = 3;

pub(crate) fn on_timeout(step: &mut Step<'_>, kind: TimerKind) {
    if !step.clear_expired(kind) {
        step.fire(Rule::SpuriousTimeout);
        return;
    }
    match kind {
        TimerKind::Retransmission => on_retransmission(step),
        TimerKind::Persist => on_persist(step),
        TimerKind::TimeWait => step.enter(State::Closed, Rule::TimeWaitExpires),
        TimerKind::UserTimeout => {
            step.signal(Signal::TimedOut);
            step.break_off(Rule::UserTimeoutExpires);
        }
        TimerKind::DelayedAck => {
            step.fire(Rule::DelayedAckExpires);
            step.owe_ack(SendReason::Acknowledge);
        }
        TimerKind::Keepalive => on_keepalive(step),
        TimerKind::FinWait2 => step.enter(State::Closed, Rule::FinWait2Expires),
    }
}

/// RFC 6298 §5.4-5.6, within the limits of RFC 9293 §3.8.3.
fn on_retransmission(step: &mut Step<'_>) {
    let is_syn = !step.tcb().syn_acked;
    if !retries_left(step, is_syn) {
        return;
    }
    let rule = head_rule(step);
    step.fire(rule);
    let config = &step.settings.config;
    let tcb = step.tcb_mut();
    let in_flight = tcb.in_flight();
    if let Some(congestion) = &mut tcb.congestion {
        congestion.on_timeout(in_flight, tcb.retries == 0);
    }
    tcb.retries += 1;
    if tcb.state != State::SynSent || tcb.retries > config.syn_linear_retries {
        tcb.rto.on_timeout(config);
    }
    tcb.recovery = Some(Recovery { point: tcb.snd.nxt, is_fast: false });
    tcb.scoreboard.forget();
    tell_of_trouble(step);
    let wait = step.tcb().rto.timeout();
    // Set before the segment is sent: sending finds the timer running and leaves its reason alone.
    step.arm(TimerKind::Retransmission, wait, TimerReason::BackedOff);
    step.retransmit_head(SendReason::Retransmission);
}

/// RFC 9293 §3.8.6.1: the window was closed, or too small to use, for one time-out.
fn on_persist(step: &mut Step<'_>) {
    let (wnd, in_flight) = (step.tcb().snd.wnd, step.tcb().in_flight());
    if wnd > in_flight {
        step.fire(Rule::SendSmallSegment);
        step.send_small_segment();
        return;
    }
    // Unanswered probes count as retries; any answer sets the count back to zero (MUST-37).
    if !retries_left(step, false) {
        return;
    }
    step.fire(Rule::ProbeZeroWindow);
    let config = &step.settings.config;
    let tcb = step.tcb_mut();
    tcb.retries += 1;
    tcb.rto.on_timeout(config);
    tell_of_trouble(step);
    step.probe_window();
}

/// Tells the application when R1 is reached: the other end does not answer.
fn tell_of_trouble(step: &mut Step<'_>) {
    if step.tcb().retries == R1 {
        step.signal(Signal::InTrouble);
    }
}

/// RFC 9293 §3.8.4: the other end was silent for a long time, or the last probe is unanswered.
fn on_keepalive(step: &mut Step<'_>) {
    if !check_retries(step, step.settings.config.keepalive_probes) {
        // If the other end is alive after all, the RST tells it that this end has given up, as in BSD and Linux.
        step.send_reset(SendReason::Abort);
        step.signal(Signal::TimedOut);
        return step.break_off(Rule::KeepaliveExhausted);
    }
    step.fire(Rule::ProbeKeepalive);
    step.tcb_mut().retries += 1;
    let wait = step.settings.config.keepalive_interval;
    step.arm(TimerKind::Keepalive, wait, TimerReason::ProbeSent);
    step.send_keepalive();
}

/// R2: ends the connection if the limit of retries is reached. True if there is another try.
fn retries_left(step: &mut Step<'_>, is_syn: bool) -> bool {
    let config = &step.settings.config;
    let limit = if is_syn { config.syn_retries } else { config.data_retries };
    if check_retries(step, limit) {
        return true;
    }
    // A problem that ICMP has reported says more than "timed out".
    let why = step.tcb().soft_error.map_or(Signal::TimedOut, IcmpKind::signal);
    step.signal(why);
    step.break_off(Rule::RetriesExhausted);
    false
}

fn check_retries(step: &mut Step<'_>, limit: u8) -> bool {
    let retries = step.tcb().retries;
    let operands = [(Var::Retries, u32::from(retries)), (Var::RetryLimit, u32::from(limit))];
    step.check(Test::RetriesLeft, retries < limit, &operands)
}

/// The rule for repeating the oldest unacknowledged segment.
fn head_rule(step: &Step<'_>) -> Rule {
    let tcb = step.tcb();
    if !tcb.syn_acked {
        if tcb.state == State::SynSent { Rule::RetransmitSyn } else { Rule::RetransmitSynAck }
    } else if tcb.octets_in_flight() > 0 {
        Rule::RetransmitData
    } else {
        Rule::RetransmitFin
    }
}
