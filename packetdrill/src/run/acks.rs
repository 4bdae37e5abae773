//! Rule N6: pure acknowledgements may come early, late, or one for several; the last number must be right.

use super::{Failure, Runner, describe, on_the_wire, read};
use crate::connection::Connection;
use crate::schedule::{Span, seconds};
use crate::script::{Packet, Segment};

/// How late an acknowledgement may be (RFC 9293 §3.8.6.3: less than half a second).
const LATEST: u64 = 500_000;

/// The acknowledgements that the script has, and those that came.
#[derive(Debug)]
pub(super) struct Acks {
    is_on: bool,
    owed: Option<Owed>,
    /// The last number that was acknowledged.
    last: Option<u32>,
}

#[derive(Debug)]
struct Owed {
    ack: u32,
    until: u64,
    text: String,
}

impl Acks {
    pub(super) const fn new(is_on: bool) -> Self {
        Self { is_on, owed: None, last: None }
    }

    pub(super) const fn is_on(&self) -> bool {
        self.is_on
    }

    pub(super) const fn on_acknowledged(&mut self, ack: u32) {
        self.last = Some(ack);
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
            Some(owed) if self.last != Some(owed.ack) => Err(self.missing(owed)),
            _ => Ok(()),
        }
    }

    fn missing(&self, owed: &Owed) -> Failure {
        let got = self.last.map_or("no acknowledgement".to_owned(), |ack| format!("ack {ack} as the last"));
        Failure::mismatch(&owed.text, got)
    }
}

impl Runner {
    /// A pure acknowledgement is noted as owed; it need not be there now.
    pub(super) fn expect_ack(
        &mut self,
        expected: &Segment,
        packet: &Packet,
        span: Span,
    ) -> Result<(), Failure> {
        let text = describe(packet, span);
        let until = span.to.saturating_add(LATEST);
        self.acks.owed = Some(Owed { ack: expected.ack.unwrap_or(0), until, text });
        self.put_acks_aside()
    }

    /// Takes the pure acknowledgements off what waits to be looked at.
    pub(super) fn put_acks_aside(&mut self) -> Result<(), Failure> {
        if !self.acks.is_on {
            return Ok(());
        }
        while let Some(sent) = self.stack.sent.front() {
            let seen = read(sent)?;
            let wire = on_the_wire(&seen.wire);
            if !wire.is_pure_ack() {
                break;
            }
            self.stack.sent.pop_front();
            let connection = self.connections.entry(seen.ports).or_insert_with(Connection::new);
            let actual = connection.numbers.outbound(&wire, None);
            connection.on_outbound(&seen.wire, &actual);
            if seen.ports != self.current {
                let got = format!("{actual} at {}, of another connection", seconds(seen.at));
                return Err(Failure::mismatch("acknowledgements of one connection", got));
            }
            self.acks.last = actual.ack.or(self.acks.last);
        }
        Ok(())
    }
}
