//! Keeps track of a scenario's predicates while the run grows. Each record is read once, when it is new, so asking costs
//! the same after a long run as after a short one. [`Predicate::holds`] defines what a predicate means.

use std::ptr;

use super::log::Records;
use super::predicate::{Predicate, bytes_delivered, state_after};
use super::scenario::Scenario;
use tcp::State;
use tcp::time::Instant;

/// What is known of a scenario's predicates.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    /// How many records were read.
    read: usize,
    /// For each predicate of the scenario, in order: one fact for each of its leaves.
    facts: Vec<Vec<Fact>>,
}

/// What is known of a predicate without operands.
#[derive(Clone, Copy, Debug)]
enum Fact {
    /// The event has to happen so often before it counts.
    Missing(u32),
    /// The event happened in this record.
    At(usize),
    /// The state of the host's connection that changed last.
    State(State),
    /// How many bytes became readable.
    Bytes(u64),
    /// It depends on the clock, not on records.
    Time,
}

impl Watch {
    /// Of a run that has not begun.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let facts = scenario.predicates().map(|predicate| {
            let mut facts = Vec::new();
            for_each_leaf(predicate, &mut |leaf| facts.push(Fact::of(leaf)));
            facts
        });
        Self { read: 0, facts: facts.collect() }
    }

    /// Reads those of `records` that it has not read yet.
    pub(super) fn read(&mut self, scenario: &Scenario, records: Records<'_>) {
        for index in self.read..records.len() {
            for (predicate, facts) in scenario.predicates().zip(&mut self.facts) {
                let mut facts = facts.iter_mut();
                for_each_leaf(predicate, &mut |leaf| {
                    if let Some(fact) = facts.next() {
                        fact.read(leaf, index, records);
                    }
                });
            }
        }
        self.read = records.len();
    }

    /// Whether `predicate` is true now. None if it is not one of `scenario`.
    pub(super) fn holds(&self, scenario: &Scenario, predicate: &Predicate, now: Instant) -> Option<bool> {
        let place = scenario.predicates().position(|known| ptr::eq(known, predicate))?;
        Some(holds(predicate, &mut self.facts[place].iter(), now))
    }

    /// About how many octets of memory it takes.
    pub(super) fn octets(&self) -> usize {
        let of_one = |facts: &Vec<Fact>| size_of::<Vec<Fact>>() + facts.capacity() * size_of::<Fact>();
        size_of::<Self>() + self.facts.iter().map(of_one).sum::<usize>()
    }
}

impl Fact {
    fn of(leaf: &Predicate) -> Self {
        match leaf {
            Predicate::State { .. } => Self::State(State::Closed),
            Predicate::BytesDelivered { .. } => Self::Bytes(0),
            Predicate::Time { .. } => Self::Time,
            _ => Self::Missing(leaf.times()),
        }
    }

    fn read(&mut self, leaf: &Predicate, index: usize, records: Records<'_>) {
        let record = &records[index];
        match (self, leaf) {
            (Self::State(state), Predicate::State { host, .. }) => {
                *state = state_after(record, *host).unwrap_or(*state);
            }
            (Self::Bytes(bytes), Predicate::BytesDelivered { host, .. }) => {
                *bytes += bytes_delivered(record, *host);
            }
            (fact @ Self::Missing(_), _) => {
                let Self::Missing(missing) = fact else { return };
                *missing = missing.saturating_sub(leaf.count_in(record, records));
                if *missing == 0 {
                    *fact = Self::At(index);
                }
            }
            (Self::At(_) | Self::Time | Self::State(_) | Self::Bytes(_), _) => {}
        }
    }

    const fn happened_at(self) -> Option<usize> {
        if let Self::At(index) = self { Some(index) } else { None }
    }
}

/// Every predicate without operands in `predicate`, in the order in which they are written.
fn for_each_leaf(predicate: &Predicate, visit: &mut impl FnMut(&Predicate)) {
    match predicate {
        Predicate::All { of } | Predicate::Any { of } => {
            of.iter().for_each(|each| for_each_leaf(each, visit))
        }
        Predicate::Not { of } => for_each_leaf(of, visit),
        Predicate::Before { first, then } => [first, then].into_iter().for_each(|event| visit(event)),
        leaf => visit(leaf),
    }
}

/// Whether `predicate` is true. Always takes one fact for each leaf, so that those of the next predicate follow.
fn holds<'a>(predicate: &Predicate, facts: &mut impl Iterator<Item = &'a Fact>, now: Instant) -> bool {
    match predicate {
        Predicate::All { of } => of.iter().fold(true, |all, each| holds(each, facts, now) & all),
        Predicate::Any { of } => of.iter().fold(false, |any, each| holds(each, facts, now) | any),
        Predicate::Not { of } => !holds(of, facts, now),
        Predicate::Before { .. } => {
            let [first, then] = [facts.next(), facts.next()].map(|fact| fact?.happened_at());
            first.is_some_and(|first| then.is_none_or(|then| first < then))
        }
        leaf => match (facts.next(), leaf) {
            (Some(Fact::State(is)), Predicate::State { state, .. }) => is == state,
            (Some(Fact::Bytes(bytes)), Predicate::BytesDelivered { at_least, .. }) => {
                *bytes >= u64::from(*at_least)
            }
            (_, Predicate::Time { at_us }) => now >= *at_us,
            (fact, _) => fact.is_some_and(|fact| fact.happened_at().is_some()),
        },
    }
}
