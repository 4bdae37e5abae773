//! Rule N6: a pure acknowledgement of something new may come early or late, or one may stand for several. The last
//! number must be right. An acknowledgement that repeats a number means that something was wrong with a segment. It is
//! never delayed, so it must come at the script's time.

use super::{Failure, Runner, describe, on_the_wire, read};
use crate::compare;
use crate::connection::Connection;
use crate::packets::WirePacket;
use crate::schedule::{Span, seconds};
use crate::script::{Packet, Segment};

/// How late an acknowledgement may be (RFC 9293 §3.8.6.3: less than half a second).
pub(crate) const LATEST: u64 = 500_000;

/// The acknowledgements that the script expects, and those that the stack has sent.
#[derive(Debug)]
pub(super) struct Acks {
    is_on: bool,
    /// The last expected acknowledgement of something new.
    owed: Option<Owed>,
    /// The last number expected.
    expected: Option<u32>,
    /// The last number sent.
    last: Option<u32>,
    /// Acknowledgements that were sent and that no event of the script has claimed.
    unclaimed: Vec<Unclaimed>,
}

#[derive(Debug)]
struct Owed {
    ack: u32,
    until: u64,
    text: String,
}

#[derive(Debug)]
struct Unclaimed {
    at: u64,
    segment: Segment,
    wire: WirePacket,
}

impl Acks {
    pub(super) const fn new(is_on: bool) -> Self {
        Self { is_on, owed: None, expected: None, last: None, unclaimed: Vec::new() }
    }

    pub(super) const fn is_on(&self) -> bool {
        self.is_on
    }

    /// Another segment, as in the script, has acknowledged `ack`.
    pub(super) const fn on_acknowledged(&mut self, ack: u32) {
        self.last = Some(ack);
        self.expected = Some(ack);
    }

    /// The expected number, or a later one, was acknowledged.
    fn is_paid(&self, owed: &Owed) -> bool {
        // Sequence numbers wrap: the sign of the difference tells which one comes first.
        self.last.is_some_and(|last| last.wrapping_sub(owed.ack) as i32 >= 0)
    }

    pub(super) fn check_overdue(&self, now: u64) -> Result<(), Failure> {
        match &self.owed {
            Some(owed) if now > owed.until && !self.is_paid(owed) => Err(self.missing(owed)),
            _ => Ok(()),
        }
    }

    /// At the end, the last number acknowledged must be the last one expected.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        match &self.owed {
            Some(owed) if self.last != self.expected => Err(self.missing(owed)),
            _ => Ok(()),
        }
    }

    fn missing(&self, owed: &Owed) -> Failure {
        let got = self.last.map_or("no acknowledgement".to_owned(), |ack| format!("ack {ack} as the last"));
        Failure::mismatch(&owed.text, got)
    }

    /// Removes the first unclaimed acknowledgement that fits. False if there is none.
    fn claim(&mut self, fits: impl Fn(&Unclaimed) -> bool) -> bool {
        let found = self.unclaimed.iter().position(fits);
        if let Some(at) = found {
            self.unclaimed.remove(at);
        }
        found.is_some()
    }
}

impl Runner {
    /// The script expects a pure acknowledgement.
    pub(super) fn expect_ack(
        &mut self,
        expected: &Segment,
        packet: &Packet,
        span: Span,
    ) -> Result<(), Failure> {
        self.put_acks_aside()?;
        let mode = self.mode;
        let is_it = |came: &Unclaimed| {
            compare::difference(expected, packet.ip, &came.segment, &came.wire, None, mode).is_none()
        };
        if self.acks.expected != expected.ack {
            let until = span.to.saturating_add(LATEST);
            let ack = expected.ack.unwrap_or(0);
            self.acks.owed = Some(Owed { ack, until, text: describe(packet, span) });
            self.acks.expected = Some(ack);
            // It may come later, or another one may stand for it. But if this very number was sent already, the segment
            // must be as in the script.
            if !self.acks.claim(is_it)
                && let Some(came) = self.acks.unclaimed.iter().find(|came| came.segment.ack == expected.ack)
            {
                let got = format!("{} at {}", came.segment, seconds(came.at));
                return Err(Failure::mismatch(describe(packet, span), got));
            }
            self.connection(self.current).on_expected(expected);
            return Ok(());
        }
        loop {
            if self.acks.claim(|came| is_it(came) && (span.from..=span.to).contains(&came.at)) {
                self.connection(self.current).on_expected(expected);
                return Ok(());
            }
            if !self.stack.fire_next(span.to) {
                return Err(Failure::mismatch(describe(packet, span), "no such acknowledgement"));
            }
            self.clock = self.clock.max(self.stack.now());
            self.resume_blocked()?;
            self.put_acks_aside()?;
        }
    }

    /// Rule N5: where the script expects a repeated FIN, the stack may have sent a pure acknowledgement, which was put
    /// aside.
    pub(super) fn claim_instead_of_fin(
        &mut self,
        expected: &Segment,
        packet: &Packet,
        span: Span,
    ) -> Result<bool, Failure> {
        self.put_acks_aside()?;
        let (mode, fin) = (self.mode, self.connection(self.current).fin);
        Ok(self.acks.claim(|came| {
            let is_in_time = (span.from..=span.to).contains(&came.at);
            is_in_time
                && compare::difference(expected, packet.ip, &came.segment, &came.wire, fin, mode).is_none()
        }))
    }

    /// Moves pure acknowledgements from the packets to compare to the unclaimed ones.
    pub(super) fn put_acks_aside(&mut self) -> Result<(), Failure> {
        if !self.acks.is_on {
            return Ok(());
        }
        while let Some(sent) = self.stack.sent.front() {
            let seen = read(sent)?;
            let on_the_wire = on_the_wire(&seen.wire);
            if !on_the_wire.is_pure_ack() {
                break;
            }
            self.stack.sent.pop_front();
            let connection = self.connections.entry(seen.ports).or_insert_with(Connection::new);
            let segment = connection.numbers.outbound(&on_the_wire, None);
            connection.on_outbound(&seen.wire, &segment);
            if seen.ports != self.current {
                let got = format!("{segment} at {}, of another connection", seconds(seen.at));
                return Err(Failure::mismatch("acknowledgements of one connection", got));
            }
            self.acks.last = segment.ack.or(self.acks.last);
            self.acks.unclaimed.push(Unclaimed { at: seen.at, segment, wire: seen.wire });
        }
        Ok(())
    }
}
