//! Sending: builds segments, new and repeated ones, and sets the timers that go with them. How much may be sent is decided
//! in `transmit`.

use std::rc::Rc;

use bytes::Bytes;

use crate::congestion::CongestionControl as _;
use crate::effect::SendReason;
use crate::segment::{Control, Options, SackBlocks, Segment};
use crate::seq::SeqNumber;
use crate::state::State;
use crate::step::Step;
use crate::tcb::{OurFin, Tcb};
use crate::time::Duration;
use crate::timer::{TimerKind, TimerReason};

/// The window field is 16 bits wide.
pub(crate) const MAX_WINDOW: u32 = 65_535;

impl Step<'_> {
    fn segment(&self, seq: SeqNumber, control: Control) -> Segment {
        let tcb = self.tcb();
        let has_ack = control.contains(Control::ACK);
        let shift = if control.contains(Control::SYN) { 0 } else { tcb.agreed.receive_shift() };
        Segment {
            source: tcb.local,
            destination: tcb.remote,
            seq,
            ack: if has_ack { tcb.rcv.nxt } else { SeqNumber(0) },
            control,
            window: (tcb.rcv.wnd >> shift).min(MAX_WINDOW) as u16,
            urgent: 0,
            ttl: self.settings.config.time_to_live(),
            options: Options {
                timestamps: self.timestamps(false),
                sack: self.sack_blocks(),
                ..Options::default()
            },
            text: Bytes::new(),
        }
    }

    fn sack_blocks(&self) -> SackBlocks {
        if self.tcb().agreed.sack { self.blocks_to_tell() } else { SackBlocks::default() }
    }

    /// The blocks of a SACK option: first the numbers that came twice (RFC 2883 §4), then the data behind holes.
    fn blocks_to_tell(&self) -> SackBlocks {
        let tcb = self.tcb();
        self.duplicate.into_iter().chain(tcb.receive_buffer.sack_blocks(tcb.rcv.nxt).iter()).collect()
    }

    /// How much text the next segment may carry: the other end's MSS less the options of the segment
    /// (RFC 9293 §3.7.1, MUST-16).
    pub(crate) fn segment_size(&self) -> u32 {
        let tcb = self.tcb();
        let sack = match self.sack_blocks().len() as u32 {
            0 => 0,
            count => 4 + 8 * count,
        };
        u32::from(tcb.send_mss).saturating_sub(tcb.agreed.overhead() + sack).max(1)
    }

    /// Sends a segment that carries our receive window, and remembers what was announced.
    fn send(&mut self, segment: Segment, why: SendReason) {
        if segment.has(Control::ACK) {
            self.ack_paid();
            // A duplicate is reported once, in one acknowledgement (RFC 2883 §4).
            self.duplicate = None;
            let shift = if segment.has(Control::SYN) { 0 } else { self.tcb().agreed.receive_shift() };
            let right_edge = segment.ack.add(u32::from(segment.window) << shift);
            let rcv = &mut self.tcb_mut().rcv;
            rcv.announced = right_edge;
            rcv.acked = segment.ack;
        }
        self.emit(segment, why);
    }

    /// `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`: the bare acknowledgement of RFC 9293 §3.10.7.
    pub(crate) fn send_ack(&mut self, why: SendReason) {
        let segment = self.segment(self.tcb().snd.nxt, Control::ACK);
        self.send(segment, why);
    }

    /// An acknowledgement with a sequence number just before the window: the other end must answer it (RFC 9293 §3.8.4,
    /// SHLD-12).
    pub(crate) fn send_keepalive(&mut self) {
        let mut segment = self.segment(self.tcb().snd.nxt.sub(1), Control::ACK);
        if self.settings.config.keepalive_octet {
            segment.text = Bytes::from_static(&[0]);
        }
        self.send(segment, SendReason::KeepaliveProbe);
    }

    /// SYN, or SYN,ACK in SYN-RECEIVED; always with ISS, so a repeat is the same segment.
    pub(crate) fn send_syn(&mut self, why: SendReason) {
        let control =
            if self.state() == State::SynSent { Control::SYN } else { Control::SYN.union(Control::ACK) };
        let mut segment = self.segment(self.tcb().snd.iss, control);
        segment.options = self.options_of_syn();
        let is_first = self.tcb().snd.nxt == self.tcb().snd.iss;
        if is_first {
            let after_syn = self.tcb().snd.iss.add(1);
            self.tcb_mut().snd.nxt = after_syn;
            self.begin_timing(after_syn);
        }
        self.send(segment, why);
        self.start_retransmission_timer();
    }

    /// RST on a connection that exists: an abort, or the other end broke a rule.
    ///
    /// Deviation: RFC 9293 §3.10.5 writes `<SEQ=SND.NXT><CTL=RST>`. Here, as in BSD and Linux, ACK is set too, which
    /// gives the receiver one more number to check.
    pub(crate) fn send_reset(&mut self, why: SendReason) {
        let mut segment = self.segment(self.tcb().snd.nxt, Control::RST.union(Control::ACK));
        segment.window = 0;
        self.ack_paid();
        self.emit(segment, why);
    }

    /// RST in reply to a segment that fits no connection (RFC 9293 §3.5.2). With the acknowledgement number of that
    /// segment as SEQ, its sender accepts the RST. A segment without ACK is answered with SEQ 0 and an ACK of all it
    /// sent.
    pub(crate) fn send_reset_to(&mut self, offending: &Segment) {
        let has_ack = offending.has(Control::ACK);
        let reset = Segment {
            source: offending.destination,
            destination: offending.source,
            seq: if has_ack { offending.ack } else { SeqNumber(0) },
            ack: if has_ack { SeqNumber(0) } else { offending.end() },
            control: if has_ack { Control::RST } else { Control::RST.union(Control::ACK) },
            window: 0,
            urgent: 0,
            ttl: self.settings.config.time_to_live(),
            options: Options::default(),
            text: Bytes::new(),
        };
        self.emit(reset, SendReason::Reset);
    }

    /// Sends `size` new octets from SND.NXT on, and then a FIN if `with_fin`.
    pub(crate) fn send_text(&mut self, size: u32, with_fin: bool, why: SendReason) {
        let tcb = self.tcb();
        let offset = tcb.octets_in_flight();
        let text = tcb.send_buffer.slice(offset, size);
        let nxt = tcb.snd.nxt;
        let is_last = offset + size == tcb.send_buffer.len();
        let mut segment = self.segment(nxt, data_control(size, is_last, with_fin));
        segment.text = text;
        let end = segment.end();
        let (now, in_flight) = (self.now, self.tcb().in_flight());
        let tcb = self.tcb_mut();
        if let Some(congestion) = &mut tcb.congestion {
            congestion.on_send(now, tcb.rto.timeout(), in_flight);
        }
        if with_fin {
            tcb.fin = OurFin::Sent(end.sub(1));
        }
        tcb.snd.nxt = end;
        self.begin_timing(end);
        self.send(segment, why);
        self.start_retransmission_timer();
    }

    /// Sends the oldest unacknowledged segment again: the SYN, text or FIN that SND.UNA points at. It stops before data
    /// that the other end has reported by SACK.
    pub(crate) fn retransmit_head(&mut self, why: SendReason) {
        let una = self.tcb().snd.una;
        let hole = self.tcb().scoreboard.blocks().next().map_or(u32::MAX, |(first, _)| first.since(una));
        self.retransmit(una, hole, why);
    }

    /// Sends our FIN once more, even if data before it is unacknowledged.
    pub(crate) fn repeat_fin(&mut self) {
        if let OurFin::Sent(fin) = self.tcb().fin {
            self.retransmit(fin, 0, SendReason::Retransmission);
        }
    }

    /// Sends again the next data that the other end is missing by its SACK blocks, unless that was already sent again
    /// in this recovery. False if there is none.
    pub(crate) fn retransmit_hole(&mut self, why: SendReason) -> bool {
        let Some((from, length)) = self.tcb().scoreboard.next_hole(self.tcb().snd.una) else { return false };
        self.retransmit(from, length, why);
        true
    }

    /// Sends one segment again, from number `from` on, with at most `most` octets.
    fn retransmit(&mut self, from: SeqNumber, most: u32, why: SendReason) {
        // Karn's rule: an acknowledgement could now answer either copy, so nothing is measured (RFC 6298 §3).
        self.tcb_mut().timing = None;
        let tcb = self.tcb();
        if !tcb.syn_acked {
            self.send_syn(why);
            return;
        }
        let offset = from.since(tcb.snd.una);
        let size = (tcb.octets_in_flight() - offset).min(self.segment_size()).min(most);
        let fin = match tcb.fin {
            OurFin::Sent(seq) if from.add(size) == seq => Some(seq),
            OurFin::NotAsked | OurFin::Queued | OurFin::Sent(_) => None,
        };
        let is_last = offset + size == tcb.send_buffer.len();
        let text = tcb.send_buffer.slice(offset, size);
        let mut segment = self.segment(from, data_control(size, is_last, fin.is_some()));
        segment.text = text;
        if tcb.agreed.sack {
            let end = segment.end();
            self.tcb_mut().scoreboard.note_repeat(end);
        }
        self.send(segment, why);
        self.start_retransmission_timer();
    }

    /// The retransmission timer runs while anything is unacknowledged (RFC 6298 §5.1). Starts the user time-out too.
    fn start_retransmission_timer(&mut self) {
        let tcb = self.tcb();
        if !tcb.timers.is_armed(TimerKind::Retransmission) && !tcb.timers.is_armed(TimerKind::Persist) {
            let wait = tcb.rto.timeout();
            self.arm(TimerKind::Retransmission, wait, TimerReason::SegmentSent);
        }
        if let Some(patience) = self.patience()
            && !self.tcb().timers.is_armed(TimerKind::UserTimeout)
        {
            self.arm(TimerKind::UserTimeout, patience, TimerReason::SegmentSent);
        }
    }

    /// How long sent data may stay unacknowledged, if there is a limit (RFC 9293 §3.8.3).
    pub(crate) fn patience(&self) -> Option<Duration> {
        let config = &self.settings.config;
        config.open_timeout.filter(|_| !self.tcb().syn_acked).or(config.user_timeout)
    }

    /// Starts measuring a round trip, unless one is being measured already.
    fn begin_timing(&mut self, until: SeqNumber) {
        if self.tcb().timing.is_none() && self.tcb().recovery.is_none() {
            let now = self.now;
            self.tcb_mut().timing = Some((until, now));
        }
    }
}

/// Discards acknowledged octets from the send buffer: those below the new SND.UNA.
pub(crate) fn discard_acknowledged(tcb: &mut Tcb, octets: u32) {
    if octets > 0 {
        Rc::make_mut(&mut tcb.send_buffer).discard(octets);
    }
}

/// ACK, with PSH on the segment that carries the last octet of the buffer (RFC 9293 §3.9.1.2, MUST-61), and FIN if
/// asked.
fn data_control(size: u32, is_last: bool, with_fin: bool) -> Control {
    let mut control = Control::ACK;
    control.set(Control::PSH, size > 0 && is_last);
    control.set(Control::FIN, with_fin);
    control
}
