//! The record of one event: everything the page, the explanations, the exports and the tests read.
//!
//! Every event of a TCB gives exactly one [`Transition`], even when nothing changes. The record is complete: nothing is
//! run again to explain it. What changed in the TCB is not stored; it follows from comparing `before` and `after`.

use std::rc::Rc;

use crate::check::{Check, Test};
use crate::effect::{DropReason, Effect, SendReason, Signal, reply, sent, signals};
use crate::event::Event;
use crate::rule::{Fired, Rule};
use crate::segment::Segment;
use crate::seq::SeqNumber;
use crate::state::State;
use crate::tcb::Tcb;
use crate::time::Instant;
use crate::user_calls::Reply;
use crate::variable::Var;

/// The record of one event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Transition {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub cause: Event,
    /// The tests made, in the order of the RFC.
    pub checks: Vec<Check>,
    /// The rules that fired, in order; never empty.
    pub fired: Vec<Fired>,
    /// What was done, in order.
    pub effects: Vec<Effect>,
    /// The TCB before the event.
    pub before: Rc<Tcb>,
    /// The TCB after it; the same `Rc` if nothing changed.
    pub after: Rc<Tcb>,
}

/// About how many octets of memory a packet takes in addition to its text.
const PACKET: usize = 128;

impl Transition {
    /// About how many octets of memory it takes that it does not share with the transition before.
    #[must_use]
    pub fn octets(&self) -> usize {
        let (before, after) = (&self.before, &self.after);
        let has_sent = !Rc::ptr_eq(&before.send_buffer, &after.send_buffer);
        let has_received = !Rc::ptr_eq(&before.receive_buffer, &after.receive_buffer);
        // A packet stays in memory as long as there is a slice of its text.
        let packets = self.sent().map(|(segment, _)| PACKET + segment.text.len());
        size_of::<Self>()
            + size_of::<Tcb>()
            + if has_sent { after.send_buffer.octets() } else { 0 }
            + if has_received { after.receive_buffer.octets() } else { 0 }
            + after.scoreboard.blocks().count() * size_of::<(SeqNumber, SeqNumber)>()
            + self.checks.capacity() * size_of::<Check>()
            + self.effects.capacity() * size_of::<Effect>()
            + packets.sum::<usize>()
    }

    /// The most telling rule: the last that changed the state, or else the last that fired.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.headline().rule
    }

    /// The same rule, with the state before and after it.
    #[must_use]
    pub fn headline(&self) -> Fired {
        let changed = self.fired.iter().rev().find(|fired| fired.from != fired.to);
        *changed.or(self.fired.last()).expect("step() fires at least one rule")
    }

    /// The state before.
    #[must_use]
    pub fn from(&self) -> State {
        self.before.state
    }

    /// The state after.
    #[must_use]
    pub fn to(&self) -> State {
        self.after.state
    }

    /// The segment that caused it, if a segment did.
    #[must_use]
    pub const fn segment(&self) -> Option<&Segment> {
        match &self.cause {
            Event::SegmentArrives(segment) => Some(segment),
            Event::Call(_) | Event::Timeout(_) | Event::IcmpArrives(_) => None,
        }
    }

    /// The segments sent, with the reasons.
    pub fn sent(&self) -> impl Iterator<Item = (&Segment, SendReason)> {
        sent(&self.effects)
    }

    /// The reasons why the segment was dropped.
    pub fn dropped(&self) -> impl Iterator<Item = DropReason> + '_ {
        let reason = |effect: &Effect| if let Effect::Drop(reason) = effect { Some(*reason) } else { None };
        self.effects.iter().filter_map(reason)
    }

    /// The reply to the call that caused it.
    #[must_use]
    pub fn reply(&self) -> Option<&Reply> {
        reply(&self.effects)
    }

    /// What the application was told.
    pub fn signals(&self) -> impl Iterator<Item = Signal> + '_ {
        signals(&self.effects)
    }

    /// The check named `test`, if it was made.
    #[must_use]
    pub fn check(&self, test: Test) -> Option<&Check> {
        self.checks.iter().find(|check| check.test == test)
    }

    /// The numbers that changed: name, before, after. What the TCB panel marks.
    #[must_use]
    pub fn changed(&self) -> Vec<(Var, SeqNumber, SeqNumber)> {
        let pairs = self.before.variables().zip(self.after.variables());
        pairs.filter(|(b, a)| b.1 != a.1).map(|(b, a)| (b.0, SeqNumber(b.1), SeqNumber(a.1))).collect()
    }
}
