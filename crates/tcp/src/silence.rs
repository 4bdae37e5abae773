//! When nothing happens: acknowledgements that wait, keep-alives, and orphans that wait in vain.
//!
//! Unlike the other timers these are not set by one rule but by a condition, so they are looked at when a step ends.

use crate::effect::SendReason;
use crate::rule::Rule;
use crate::state::State;
use crate::step::Step;
use crate::tcb::{OurFin, Reader, Tcb};
use crate::time::Duration;
use crate::timer::{TimerKind, TimerReason};

impl Step<'_> {
    /// Data came in order and was taken: its acknowledgement is owed, but may wait for data, for a window update or
    /// for the next segment to share it with (RFC 9293 §3.8.6.3). Every second full segment is acknowledged at once
    /// (SHLD-19), or as soon as all that arrives at this instant was looked at (MUST-59).
    pub(crate) fn owe_ack_of_text(&mut self) {
        let config = &self.settings.config;
        let tcb = self.tcb();
        // What a full segment carries beside the options that were agreed on.
        let full_segments = u32::from(config.receive_mss()).saturating_sub(tcb.agreed.overhead()) * 2;
        let is_due = tcb.rcv.nxt.since(tcb.rcv.acked) >= full_segments;
        let delay = if is_due { Duration::ZERO } else { config.longest_ack_delay() };
        if delay == Duration::ZERO && !config.aggregate_acks {
            return self.owe_ack(SendReason::Acknowledge);
        }
        let runs_out = self.tcb().timers.deadline(TimerKind::DelayedAck).map(|deadline| deadline.at);
        self.fire(Rule::AckDelayed);
        // Nothing expires before what arrives at the same instant, so that no time at all is long enough for it.
        if runs_out.is_none_or(|at| at > self.now + delay) {
            self.arm(TimerKind::DelayedAck, delay, TimerReason::TextReceived);
        }
    }

    /// Sets and stops the timers that measure silence.
    pub(crate) fn watch_silence(&mut self, begins_anew: bool) {
        self.watch_for_keepalive(begins_anew);
        self.watch_orphan();
    }

    /// RFC 9293 §3.8.4: only while nothing is outstanding (MUST-26), and anything heard starts the wait anew.
    fn watch_for_keepalive(&mut self, begins_anew: bool) {
        let config = &self.settings.config;
        let is_armed = self.tcb().timers.is_armed(TimerKind::Keepalive);
        if !(config.keepalive && is_idle(self.tcb())) {
            self.stop(TimerKind::Keepalive, TimerReason::NotIdle);
        } else if begins_anew || !is_armed {
            let wait = config.keepalive_idle;
            if self.tcb().retries > 0 {
                self.tcb_mut().retries = 0;
            }
            self.arm(TimerKind::Keepalive, wait, TimerReason::Idle);
        }
    }

    /// FIN-WAIT-2 of an end that no application holds: by the RFC it lasts as long as the other end likes.
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

/// Open, and nothing of ours waits to be sent or acknowledged.
fn is_idle(tcb: &Tcb) -> bool {
    match tcb.state {
        State::Established | State::CloseWait | State::FinWait2 => {
            tcb.in_flight() == 0 && tcb.unsent_bytes() == 0 && tcb.fin != OurFin::Queued
        }
        State::Closed
        | State::Listen
        | State::SynSent
        | State::SynReceived
        | State::FinWait1
        | State::Closing
        | State::LastAck
        | State::TimeWait => false,
    }
}
