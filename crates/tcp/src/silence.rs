//! Timers that wait for silence to end: delayed acknowledgements, keep-alives, and FIN-WAIT-2 without an application.
//!
//! The other timers are set by one rule each. These depend on how the connection stands, so every step looks at them
//! when it ends.

use crate::effect::SendReason;
use crate::rule::Rule;
use crate::state::State;
use crate::step::Step;
use crate::tcb::{OurFin, Reader, Tcb};
use crate::time::Duration;
use crate::timer::{TimerKind, TimerReason};

impl Step<'_> {
    /// Data arrived in order and was taken. Its acknowledgement may be delayed, to be sent together with data, with a
    /// window update or with that of the next segment (RFC 9293 §3.8.6.3). Every second full segment is acknowledged at
    /// once (SHLD-19), or with `aggregate_acks` when all segments that arrive at this instant were processed (MUST-59).
    pub(crate) fn owe_ack_of_text(&mut self) {
        let config = &self.settings.config;
        let tcb = self.tcb();
        // A full segment carries the MSS less the options that were agreed on.
        let full_segments = u32::from(config.receive_mss()).saturating_sub(tcb.agreed.overhead()) * 2;
        let is_due = tcb.rcv.nxt.since(tcb.rcv.acked) >= full_segments;
        let delay = if is_due { Duration::ZERO } else { config.longest_ack_delay() };
        if delay == Duration::ZERO && !config.aggregate_acks {
            return self.owe_ack(SendReason::Acknowledge);
        }
        let runs_out = self.tcb().timers.deadline(TimerKind::DelayedAck).map(|deadline| deadline.at);
        self.fire(Rule::AckDelayed);
        // A delay of zero is enough to aggregate: timers fire after all segments that arrive at the same instant.
        if runs_out.is_none_or(|at| at > self.now + delay) {
            self.arm(TimerKind::DelayedAck, delay, TimerReason::TextReceived);
        }
    }

    /// Sets and stops the timers for keep-alives and for FIN-WAIT-2. With `is_news` keep-alive starts waiting anew.
    pub(crate) fn watch_silence(&mut self, is_news: bool) {
        self.watch_for_keepalive(is_news);
        self.watch_orphan();
    }

    /// RFC 9293 §3.8.4: runs only while nothing is in flight (MUST-26), and starts anew whenever the other end is
    /// heard.
    fn watch_for_keepalive(&mut self, is_news: bool) {
        let config = &self.settings.config;
        let is_armed = self.tcb().timers.is_armed(TimerKind::Keepalive);
        if !(config.keepalive && is_idle(self.tcb())) {
            self.stop(TimerKind::Keepalive, TimerReason::NotIdle);
        } else if is_news || !is_armed {
            let wait = config.keepalive_idle;
            if self.tcb().retries > 0 {
                self.tcb_mut().retries = 0;
            }
            self.arm(TimerKind::Keepalive, wait, TimerReason::Idle);
        }
    }

    /// Limits FIN-WAIT-2 if no application is left. In the RFC it has no limit.
    fn watch_orphan(&mut self) {
        let Some(patience) = self.settings.config.fin_wait_2 else { return };
        let tcb = self.tcb();
        let is_orphan = tcb.state == State::FinWait2 && tcb.reader == Reader::Gone;
        if !is_orphan {
            self.stop(TimerKind::FinWait2, TimerReason::NotIdle);
        } else if !tcb.timers.is_armed(TimerKind::FinWait2) {
            self.arm(TimerKind::FinWait2, patience, TimerReason::Orphaned);
        }
    }
}

/// Whether the connection is open and nothing waits to be sent or acknowledged.
fn is_idle(tcb: &Tcb) -> bool {
    matches!(tcb.state, State::Established | State::CloseWait | State::FinWait2)
        && tcb.in_flight() == 0
        && tcb.unsent_bytes() == 0
        && tcb.fin != OurFin::Queued
}
