//! Rule N6: a pure acknowledgement of something new may come early, late, or with another; the last number must be
//! right. One that repeats a number says that something was wrong with a segment, and is never put off: it must come
//! when the script has it.

use super::{Failure, Runner, describe, on_the_wire, read};
use crate::compare;
use crate::connection::Connection;
use crate::packets::WirePacket;
use crate::schedule::{Span, seconds};
use crate::script::{Packet, Segment};

/// How late an acknowledgement may be (RFC 9293 §3.8.6.3: less than half a second).
pub(crate) const LATEST: u64 = 500_000;

/// The acknowledgements that the script has, and those that came.
#[derive(Debug)]
pub(super) struct Acks {
    is_on: bool,
    /// The last one that the script has of something new.
    owed: Option<Owed>,
    /// The last number that the script has.
    expected: Option<u32>,
    /// The last number that came.
    last: Option<u32>,
    /// Those that came and that no event has claimed.
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

    /// A segment with more to it acknowledged this, as the script has it.
    pub(super) const fn on_acknowledged(&mut self, ack: u32) {
        self.last = Some(ack);
        self.expected = Some(ack);
    }

    /// What is owed has come: that number, or a later one.
    fn is_paid(&self, owed: &Owed) -> bool {
        // The sign of the difference tells which of two numbers of the circle comes first.
        self.last.is_some_and(|last| last.wrapping_sub(owed.ack) as i32 >= 0)
    }

    pub(super) fn check_overdue(&self, now: u64) -> Result<(), Failure> {
        match &self.owed {
            Some(owed) if now > owed.until && !self.is_paid(owed) => Err(self.missing(owed)),
            _ => Ok(()),
        }
    }

    /// At the end the last number acknowledged is the last one expected.
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

    /// Takes the first of those that came within `span` and that the script has here.
    fn claim(&mut self, fits: impl Fn(&Unclaimed) -> bool) -> bool {
        let found = self.unclaimed.iter().position(fits);
        if let Some(at) = found {
            self.unclaimed.remove(at);
        }
        found.is_some()
    }
}

impl Runner {
    /// A pure acknowledgement that the script has.
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
            // It may come later or with another, but if this very number has come it must be as the script has it.
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

    /// Rule N5 once more: what the script has as a repeated FIN may have come as a pure acknowledgement, put aside.
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

    /// Takes the pure acknowledgements off what waits to be looked at.
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
