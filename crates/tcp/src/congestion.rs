//! Congestion control (RFC 5681), behind one small trait.
//!
//! The receive window says how much data the other end accepts. The congestion window estimates, from acknowledgements
//! and losses, how much the network can carry. If `Config::congestion_control` is off, only the receive window counts.

use crate::time::{Duration, Instant};

/// A congestion control algorithm: what it is told, and the window it answers with.
pub trait CongestionControl {
    /// How many octets may be in flight.
    fn window(&self) -> u32;

    /// New data was acknowledged, outside a recovery.
    fn on_ack(&mut self, acked: u32);

    /// A duplicate acknowledgement arrived while data is in flight. Returns true if it proves a loss: then the oldest
    /// segment is sent again at once.
    fn on_duplicate_ack(&mut self, in_flight: u32) -> bool;

    /// An acknowledgement arrived during a fast recovery. `is_whole`: it covers all that was in flight when the loss
    /// was noticed.
    fn on_recovery_ack(&mut self, acked: u32, in_flight: u32, is_whole: bool);

    /// The retransmission timer expired. `is_first`: the segment had not been sent again before.
    fn on_timeout(&mut self, in_flight: u32, is_first: bool);

    /// A segment is sent. After a silence longer than `rto`, what was known about the network no longer counts.
    fn on_send(&mut self, now: Instant, rto: Duration, in_flight: u32);
}

/// How many duplicate acknowledgements prove a loss rather than a reordering (RFC 5681 §3.2).
const DUPLICATES: u8 = 3;

/// Slow start, congestion avoidance, fast retransmit and fast recovery (RFC 5681), with the partial acknowledgements
/// of RFC 6582.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reno {
    /// SMSS: the largest segment that is sent.
    mss: u32,
    /// cwnd: how many octets may be in flight.
    pub cwnd: u32,
    /// ssthresh: below it cwnd doubles each round trip, above it cwnd grows by one segment each round trip.
    pub ssthresh: u32,
    /// Duplicate acknowledgements in a row.
    duplicates: u8,
    /// The initial window, to which a long silence returns.
    initial: u32,
    /// When the last segment was sent.
    last_sent: Instant,
}

impl Reno {
    /// The state after the handshake. The initial window has one segment if the SYN had to be sent again, otherwise
    /// `segments`, or as many as RFC 5681 allows.
    #[must_use]
    pub fn new(
        mss: u16,
        segments: Option<u8>,
        largest_window: u32,
        syn_was_repeated: bool,
        now: Instant,
    ) -> Self {
        let mss = u32::from(mss);
        // RFC 5681 §3.1.
        let segments = if syn_was_repeated {
            1
        } else if let Some(segments) = segments {
            u32::from(segments.max(1))
        } else if mss > 2_190 {
            2
        } else if mss > 1_095 {
            3
        } else {
            4
        };
        let initial = segments * mss;
        Self { mss, cwnd: initial, ssthresh: largest_window, duplicates: 0, initial, last_sent: now }
    }

    /// Half of what was in flight, but never less than two segments (RFC 5681, equation 4).
    fn halve(&mut self, in_flight: u32) {
        self.ssthresh = (in_flight / 2).max(2 * self.mss);
    }
}

impl CongestionControl for Reno {
    fn window(&self) -> u32 {
        // Limited transmit: each of the first two duplicates allows one new segment. So there will be enough duplicates
        // to prove a loss even if little is in flight (RFC 3042, RFC 5681 §3.2).
        let extra = if self.duplicates < DUPLICATES { u32::from(self.duplicates) * self.mss } else { 0 };
        self.cwnd.saturating_add(extra)
    }

    fn on_ack(&mut self, acked: u32) {
        self.duplicates = 0;
        let growth = if self.cwnd < self.ssthresh {
            acked.min(self.mss)
        } else {
            // About one segment each round trip, but at least one octet, or a very large window would never grow.
            (self.mss * self.mss / self.cwnd.max(1)).max(1)
        };
        self.cwnd = self.cwnd.saturating_add(growth);
    }

    fn on_duplicate_ack(&mut self, in_flight: u32) -> bool {
        self.duplicates = self.duplicates.saturating_add(1);
        if self.duplicates > DUPLICATES {
            // Each further duplicate means that a segment has left the network.
            self.cwnd = self.cwnd.saturating_add(self.mss);
        } else if self.duplicates == DUPLICATES {
            // Segments sent by limited transmit do not count (RFC 5681 §3.2, step 2).
            self.halve(in_flight.min(self.cwnd));
            self.cwnd = self.ssthresh + u32::from(DUPLICATES) * self.mss;
            return true;
        }
        false
    }

    fn on_recovery_ack(&mut self, acked: u32, in_flight: u32, is_whole: bool) {
        if is_whole {
            // Not all of ssthresh at once: a burst could cause the next loss (RFC 6582 §3.2, step 3).
            self.cwnd = self.ssthresh.min(in_flight.max(self.mss) + self.mss);
            self.duplicates = 0;
        } else {
            self.cwnd = self.cwnd.saturating_sub(acked).max(self.mss) + self.mss;
        }
    }

    fn on_timeout(&mut self, in_flight: u32, is_first: bool) {
        if is_first {
            self.halve(in_flight);
        }
        self.cwnd = self.mss;
        self.duplicates = 0;
    }

    fn on_send(&mut self, now: Instant, rto: Duration, in_flight: u32) {
        if in_flight == 0 && now.since(self.last_sent) > rto {
            self.cwnd = self.cwnd.min(self.initial);
        }
        self.last_sent = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MSS: u32 = 1_000;

    fn reno() -> Reno {
        Reno::new(MSS as u16, None, 65_535, false, Instant::ZERO)
    }

    #[test]
    fn the_initial_window_depends_on_the_segment_size() {
        let initial = |mss, repeated| Reno::new(mss, None, 65_535, repeated, Instant::ZERO).cwnd;
        assert_eq!(initial(536, false), 4 * 536);
        assert_eq!(initial(1_095, false), 4 * 1_095);
        assert_eq!(initial(1_460, false), 3 * 1_460);
        assert_eq!(initial(8_960, false), 2 * 8_960);
        assert_eq!(initial(1_460, true), 1_460);
        let ten = |repeated| Reno::new(1_460, Some(10), 65_535, repeated, Instant::ZERO).cwnd;
        assert_eq!([ten(false), ten(true)], [14_600, 1_460]);
    }

    #[test]
    fn slow_start_doubles_and_avoidance_adds_one_segment() {
        let mut reno = Reno { ssthresh: 8 * MSS, ..reno() };
        (0..4).for_each(|_| reno.on_ack(MSS));
        assert_eq!(reno.cwnd, 8 * MSS);
        (0..8).for_each(|_| reno.on_ack(MSS));
        assert!(reno.cwnd > 8 * MSS + MSS * 9 / 10 && reno.cwnd <= 9 * MSS, "{}", reno.cwnd);
    }

    #[test]
    fn ack_of_one_octet_opens_the_window_by_one_octet() {
        let mut reno = reno();
        reno.on_ack(1);
        assert_eq!(reno.cwnd, 4 * MSS + 1);
    }

    #[test]
    fn each_of_two_duplicates_allows_one_new_segment() {
        let mut reno = reno();
        let windows: Vec<_> = (0..2)
            .map(|_| {
                assert!(!reno.on_duplicate_ack(4 * MSS));
                (reno.window(), reno.cwnd)
            })
            .collect();
        assert_eq!(windows, [(5 * MSS, 4 * MSS), (6 * MSS, 4 * MSS)]);
        reno.on_ack(MSS);
        assert_eq!(reno.window(), reno.cwnd);
    }

    #[test]
    fn the_third_duplicate_proves_a_loss_and_later_ones_grow_cwnd() {
        let mut reno = Reno { cwnd: 10 * MSS, ..reno() };
        let losses: Vec<_> = (0..5).map(|_| reno.on_duplicate_ack(10 * MSS)).collect();
        assert_eq!(losses, [false, false, true, false, false]);
        assert_eq!((reno.ssthresh, reno.cwnd), (5 * MSS, 10 * MSS));
        reno.on_recovery_ack(10 * MSS, 5 * MSS, true);
        assert_eq!(reno.cwnd, 5 * MSS);
    }

    #[test]
    fn only_the_first_time_out_halves_ssthresh() {
        let mut reno = Reno { cwnd: 10 * MSS, ..reno() };
        reno.on_timeout(10 * MSS, true);
        assert_eq!((reno.cwnd, reno.ssthresh), (MSS, 5 * MSS));
        reno.on_timeout(MSS, false);
        assert_eq!((reno.cwnd, reno.ssthresh), (MSS, 5 * MSS));
    }

    #[test]
    fn a_silence_longer_than_the_time_out_returns_to_the_initial_window() {
        let mut reno = Reno { cwnd: 40 * MSS, ..reno() };
        let rto = Duration::from_secs(1);
        reno.on_send(Instant::from_millis(900), rto, 0);
        assert_eq!(reno.cwnd, 40 * MSS);
        reno.on_send(Instant::from_millis(9_000), rto, MSS);
        assert_eq!(reno.cwnd, 40 * MSS, "not silent: something is in flight");
        reno.on_send(Instant::from_millis(19_000), rto, 0);
        assert_eq!(reno.cwnd, 4 * MSS);
    }
}
