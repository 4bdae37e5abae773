//! How much may be sent: as far as the two windows allow, in segments that are worth it; and what is done when the other
//! end's window stays closed.

use crate::check::Test;
use crate::congestion::CongestionControl as _;
use crate::effect::SendReason;
use crate::rule::Rule;
use crate::state::State;
use crate::step::Step;
use crate::tcb::{OurFin, Tcb};
use crate::timer::{TimerKind, TimerReason};
use crate::variable::Var;

/// The most segments that one event sends. The rest is sent when these are acknowledged. Without a limit, a large
/// window and small segments would give tens of thousands at once.
const MAX_BURST: usize = 4_096;

impl Step<'_> {
    /// Sends all that may be sent: data as far as the other end's window reaches, then a FIN if the application has
    /// closed. Of the retransmission timer and the persist timer, at most one runs afterwards.
    pub(crate) fn transmit(&mut self) {
        if !has_more_to_send(self.tcb()) {
            return;
        }
        for _ in 0..MAX_BURST {
            if !self.send_next_segment(false) {
                break;
            }
        }
        self.note_congestion();
        self.watch_the_window();
    }

    /// Records a failed check if data is waiting because of the congestion window and not because of the other end.
    fn note_congestion(&mut self) {
        let tcb = self.tcb();
        let Some(congestion) = &tcb.congestion else { return };
        let (cwnd, in_flight, wnd) = (congestion.window(), tcb.in_flight(), tcb.snd.wnd);
        let step = self.segment_size().min(tcb.unsent_bytes());
        if sends_data(tcb) && step > 0 && in_flight + step > cwnd && in_flight + step <= wnd {
            self.check(Test::NetworkHasRoom, false, &[(Var::Cwnd, cwnd), (Var::Bytes, in_flight)]);
        }
    }

    /// Sends one segment of new data, or a FIN. False if none may be sent now. `even_small` overrides silly-window
    /// avoidance.
    fn send_next_segment(&mut self, even_small: bool) -> bool {
        let tcb = self.tcb();
        if !sends_data(tcb) {
            return false;
        }
        let unsent = tcb.unsent_bytes();
        let usable = usable_window(tcb);
        let wants_fin = tcb.fin == OurFin::Queued;
        let full = self.segment_size();
        let size = unsent.min(usable).min(full);
        if size == 0 && !(unsent == 0 && wants_fin && usable > 0) {
            return false;
        }
        // Sender's silly-window avoidance (RFC 9293 §3.8.6.2.1, MUST-38): send a full segment, or all that is left, or
        // at least half the largest window ever offered. Otherwise wait for a larger window.
        let is_worth_it = size == unsent || size >= full || size >= tcb.snd.max_wnd / 2;
        if !is_worth_it && !even_small {
            return false;
        }
        let with_fin = wants_fin && size == unsent && usable > size;
        // Nagle (RFC 9293 §3.7.4): while something is unacknowledged, a small segment waits and may grow meanwhile.
        let in_flight = tcb.in_flight();
        let is_small = size < full && !with_fin;
        if self.settings.config.nagle && is_small && in_flight > 0 && !even_small {
            self.check(Test::NothingInFlight, false, &[(Var::Bytes, in_flight)]);
            self.fire(Rule::NagleWaits);
            return false;
        }
        self.send_text(
            size,
            with_fin,
            if with_fin && size == 0 { SendReason::Close } else { SendReason::Data },
        );
        true
    }

    /// After a time-out, sends a small segment that fits the small window (RFC 9293 §3.8.6.2.1, the override).
    pub(crate) fn send_small_segment(&mut self) {
        self.send_next_segment(true);
        self.transmit();
    }

    /// Sends one octet beyond the closed window, or the FIN if no data is left (RFC 9293 §3.8.6.1, MUST-36). The octet
    /// counts as sent, since the other end may have opened its window and accept it.
    pub(crate) fn probe_window(&mut self) {
        // Probes are repeated by the persist timer, whose interval doubles (SHLD-30). It is set before the octet is
        // sent, so that sending does not start the retransmission timer.
        let wait = self.tcb().rto.timeout();
        self.arm(TimerKind::Persist, wait, TimerReason::BackedOff);
        let tcb = self.tcb();
        if tcb.in_flight() > 0 {
            self.retransmit_head(SendReason::WindowProbe);
        } else if tcb.unsent_bytes() > 0 {
            self.send_text(1, false, SendReason::WindowProbe);
        } else {
            self.send_text(0, true, SendReason::WindowProbe);
        }
    }

    /// Sets the persist timer if data waits and nothing is in flight whose acknowledgement could open the window.
    fn watch_the_window(&mut self) {
        let tcb = self.tcb();
        let waits = sends_data(tcb) && has_more_to_send(tcb);
        if tcb.timers.is_armed(TimerKind::Persist) || tcb.in_flight() > 0 || !waits {
            return;
        }
        let operands = [(Var::SndWnd, tcb.snd.wnd), (Var::Bytes, tcb.unsent_bytes())];
        let wait = tcb.rto.timeout();
        self.check(Test::WindowOpen, false, &operands);
        self.tcb_mut().retries = 0;
        self.arm(TimerKind::Persist, wait, TimerReason::WindowShut);
    }
}

/// Whether data and FIN may be sent: the connection is open, and our FIN was not sent yet.
fn sends_data(tcb: &Tcb) -> bool {
    let is_open = matches!(
        tcb.state,
        State::Established | State::CloseWait | State::FinWait1 | State::Closing | State::LastAck
    );
    // After CLOSE in SYN-RECEIVED the SYN is not acknowledged yet: the FIN may be sent, data may not.
    is_open && !matches!(tcb.fin, OurFin::Sent(_)) && (tcb.syn_acked || tcb.send_buffer.is_empty())
}

/// Whether there is data that was never sent, or a FIN that waits behind it.
fn has_more_to_send(tcb: &Tcb) -> bool {
    tcb.fin == OurFin::Queued || tcb.unsent_bytes() > 0
}

/// How many octets may be sent now: SND.UNA + SND.WND - SND.NXT. Zero if the window shrank below what is in flight
/// (RFC 9293 §3.8.6, MUST-34), and never more than the congestion window allows.
fn usable_window(tcb: &Tcb) -> u32 {
    let takes = tcb.congestion.map_or(u32::MAX, |congestion| congestion.window());
    tcb.snd.wnd.min(takes).saturating_sub(tcb.in_flight())
}
