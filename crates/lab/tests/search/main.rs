//! Searches all possible runs of a small connection: which packets are lost, duplicated and reordered, when each end
//! sends and closes, which timers expire.
//!
//! Each moment is visited once. No invariant may break in any moment, from each there must be a path to the end, and at
//! the end all data was received and nothing of the connection is left.
#![cfg(not(target_arch = "wasm32"))]

mod model;
mod part;
mod reach;

use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::iter::repeat_n;
use std::ops::RangeInclusive;
use std::time::Instant;

use ahash::RandomState;
use expect_test::{Expect, expect};
use model::{Action, Budget, Moment, Opening};
use tcp::{Rule, State};

/// How many states a second the search should visit.
const GOAL: f64 = 200_000.0;

/// The hash by which a moment is recognised.
fn fingerprint(moment: &Moment) -> u64 {
    seeded().hash_one(moment)
}

/// Fixed seeds, so that a search finds the same number of moments every time.
const fn seeded() -> RandomState {
    RandomState::with_seeds(1, 2, 3, 4)
}

#[expect(clippy::disallowed_types, reason = "nobody walks through it, so its order tells nothing")]
type Places = std::collections::HashMap<u64, u32, RandomState>;

/// What a search found.
struct Found {
    moments: Vec<Visited>,
    /// By the fingerprint of the moment.
    places: Places,
    edges: Vec<(u32, u32)>,
    ends: Vec<u32>,
    pairs: BTreeSet<[State; 2]>,
    rules: BTreeSet<Rule>,
}

/// How a moment was reached first.
#[derive(Clone, Copy)]
struct Visited {
    from: u32,
    by: Option<Action>,
}

impl Found {
    /// Searches breadth first, so that the path to a fault is a shortest one.
    fn search(start: &Moment, rules: BTreeSet<Rule>) -> Self {
        let mut found = Self {
            moments: vec![Visited { from: 0, by: None }],
            places: Places::with_hasher(seeded()),
            edges: Vec::new(),
            ends: Vec::new(),
            pairs: BTreeSet::from([start.states()]),
            rules,
        };
        found.places.insert(fingerprint(start), 0);
        let mut queue = VecDeque::from([(0, start.clone())]);
        let (mut rules, mut has_fired) = (Vec::new(), [false; Rule::ALL.len()]);
        while let Some((place, moment)) = queue.pop_front() {
            let actions = moment.actions();
            if actions.is_empty() {
                found.check_end(start, place, &moment);
            }
            let count = actions.len();
            // Clones of the moment; the last one is the moment itself.
            for (action, mut next) in actions.into_iter().zip(repeat_n(moment, count)) {
                next.happen(action, &mut rules);
                rules.drain(..).for_each(|rule| has_fired[rule as usize] = true);
                let fingerprint = fingerprint(&next);
                let known = found.places.get(&fingerprint).copied();
                let next_place = known.unwrap_or(found.moments.len() as u32);
                found.edges.push((place, next_place));
                if known.is_none() {
                    found.places.insert(fingerprint, next_place);
                    found.moments.push(Visited { from: place, by: Some(action) });
                    found.pairs.insert(next.states());
                    if !next.received_prefixes() {
                        found.fail(start, next_place, "bytes were read that were never sent");
                    }
                    queue.push_back((next_place, next));
                }
            }
        }
        found.rules.extend(Rule::ALL.iter().filter(|rule| has_fired[**rule as usize]));
        found.check_that_all_can_end(start);
        found
    }

    fn check_end(&mut self, start: &Moment, place: u32, moment: &Moment) {
        if !moment.is_over() {
            self.fail(start, place, "nothing can happen any more, but the connection is not over");
        }
        // The losses are too few for an end to give up.
        if moment.was_reset() || !moment.received_all() {
            self.fail(start, place, "it is over, but not everything was received");
        }
        self.ends.push(place);
    }

    /// Checks that every moment has a path to an end.
    fn check_that_all_can_end(&self, start: &Moment) {
        let mut can_end = vec![false; self.moments.len()];
        for end in &self.ends {
            can_end[*end as usize] = true;
        }
        // Nearly every edge leads to a moment found later, so going backwards this needs few rounds.
        let mut has_grown = true;
        while has_grown {
            has_grown = false;
            for &(from, to) in self.edges.iter().rev() {
                if can_end[to as usize] && !core::mem::replace(&mut can_end[from as usize], true) {
                    has_grown = true;
                }
            }
        }
        if let Some(place) = can_end.iter().position(|can_end| !can_end) {
            self.fail(start, place as u32, "from here the connection can never end");
        }
    }

    /// Fails with the shortest path to a fault.
    fn fail(&self, start: &Moment, place: u32, why: &str) -> ! {
        let mut way = Vec::new();
        let mut at = place;
        while let Visited { from, by: Some(action) } = self.moments[at as usize] {
            way.push(action);
            at = from;
        }
        let mut story = String::new();
        let mut moment = start.clone();
        for action in way.into_iter().rev() {
            let mut rules = Vec::new();
            moment.happen(action, &mut rules);
            let [client, server] = moment.states();
            let names: Vec<_> = rules.iter().map(|rule| rule.name()).collect();
            let _ = writeln!(story, "{action:?}: {client}, {server} by {}", names.join(" "));
        }
        panic!("{why}\n{story}{}", moment.describe())
    }

    /// The pairs of states, a line for each state of the client.
    fn map(&self) -> String {
        let mut map = String::new();
        for &client in State::ALL {
            let servers = self.pairs.iter().filter(|pair| pair[0] == client).map(|pair| pair[1].to_string());
            let servers: Vec<_> = servers.collect();
            if !servers.is_empty() {
                let _ = writeln!(map, "{client}: {}", servers.join(", "));
            }
        }
        map
    }
}

/// The pairs of states (the client's: the server's) if the server listens.
fn passive_map() -> Expect {
    expect![[r#"
        CLOSED: LISTEN, TIME-WAIT
        SYN-SENT: LISTEN, SYN-RECEIVED
        ESTABLISHED: SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1
        FIN-WAIT-1: SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, CLOSE-WAIT, CLOSING, LAST-ACK
        FIN-WAIT-2: CLOSE-WAIT, CLOSING, LAST-ACK
        CLOSE-WAIT: FIN-WAIT-1, FIN-WAIT-2
        CLOSING: FIN-WAIT-1, FIN-WAIT-2, CLOSING, TIME-WAIT
        LAST-ACK: FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT
        TIME-WAIT: LISTEN, CLOSING, LAST-ACK, TIME-WAIT
    "#]]
}

/// The pairs of states if both connect.
fn simultaneous_map() -> Expect {
    expect![[r#"
        CLOSED: CLOSED, TIME-WAIT
        SYN-SENT: SYN-SENT, SYN-RECEIVED
        SYN-RECEIVED: SYN-SENT, SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1
        ESTABLISHED: SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1
        FIN-WAIT-1: SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, CLOSE-WAIT, CLOSING, LAST-ACK
        FIN-WAIT-2: CLOSE-WAIT, CLOSING, LAST-ACK
        CLOSE-WAIT: FIN-WAIT-1, FIN-WAIT-2
        CLOSING: FIN-WAIT-1, FIN-WAIT-2, CLOSING, TIME-WAIT
        LAST-ACK: FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT
        TIME-WAIT: CLOSED, CLOSING, LAST-ACK, TIME-WAIT
    "#]]
}

/// A search and what it must find.
struct Search {
    opening: Opening,
    budget: Budget,
    /// The rules it reaches, besides those that every search with this opening reaches.
    more: &'static [Rule],
    /// About how many states there are. The number changes with every variable added to the TCB.
    states: RangeInclusive<usize>,
}

/// Searches, prints what was found, and compares the pairs of states and the rules.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "how fast it is, is for the benchmark; nothing depends on it")]
fn check(search: &Search) {
    let &Search { opening, budget, more, .. } = search;
    let (start, rules) = Moment::new(opening, budget);
    let began = Instant::now();
    let found = Found::search(&start, rules);
    let count = found.moments.len();
    let rate = count as f64 / began.elapsed().as_secs_f64();
    println!(
        "{opening:?}, {budget:?}: {count} states, {} transitions, {} ends, {} rules",
        found.edges.len(),
        found.ends.len(),
        found.rules.len()
    );
    let verdict = if rate >= GOAL { "ok" } else { "OVER" };
    // `cargo xtask bench` reads this line.
    println!(
        "row\tevery run of a small connection\t{rate:.0} states/s\t{count} states\t{:.2} of {GOAL:.0}\t{verdict}",
        rate / GOAL
    );
    let map = match opening {
        Opening::Passive => passive_map(),
        Opening::Simultaneous => simultaneous_map(),
    };
    map.assert_eq(&found.map());
    let expected = reach::expected(opening, more);
    let missed: Vec<_> = expected.difference(&found.rules).map(|rule| rule.name()).collect();
    let new: Vec<_> = found.rules.difference(&expected).map(|rule| rule.name()).collect();
    assert!(missed.is_empty() && new.is_empty(), "no longer reached: {missed:?}; reached besides: {new:?}");
    let expected = &search.states;
    assert!(expected.contains(&count), "{count} states, where {expected:?} were expected");
}

const CALM: Budget = Budget { losses: 0, copies: 0, overtakings: 0, early: 0 };

const LOSS_AND_COPY: Search = Search {
    opening: Opening::Passive,
    budget: Budget { losses: 1, copies: 1, ..CALM },
    more: &[Rule::KeepaliveAnswered, Rule::OutsideWindowRst],
    states: 30_000..=90_000,
};

const LOSS_AND_OVERTAKING: Search = Search {
    opening: Opening::Passive,
    budget: Budget { losses: 1, overtakings: 1, ..CALM },
    more: &[Rule::ClosedRcvRst, Rule::ListenRcvRst, Rule::KeepaliveAnswered, Rule::OutsideWindowRst],
    states: 10_000..=30_000,
};

const LOSS_COPY_AND_OVERTAKING: Search = Search {
    opening: Opening::Passive,
    budget: Budget { losses: 1, copies: 1, overtakings: 1, early: 0 },
    more: &[
        Rule::ClosedRcvRst,
        Rule::ListenRcvRst,
        Rule::KeepaliveAnswered,
        Rule::OutsideWindowRst,
        Rule::SynChallenged,
        Rule::FastRetransmit,
    ],
    states: 150_000..=600_000,
};

const TWO_LOSSES_AND_EARLY_TIMER: Search = Search {
    opening: Opening::Passive,
    budget: Budget { losses: 2, early: 1, ..CALM },
    more: &[Rule::ClosedRcvRst, Rule::ListenRcvRst, Rule::AckMovesWindow, Rule::FastRetransmit],
    states: 100_000..=400_000,
};

const TWO_LOSSES_AND_COPY: Search = Search {
    opening: Opening::Passive,
    budget: Budget { losses: 2, copies: 1, ..CALM },
    more: &[Rule::KeepaliveAnswered, Rule::OutsideWindowRst, Rule::AckMovesWindow, Rule::FastRetransmit],
    states: 120_000..=500_000,
};

const TWO_LOSSES_COPY_AND_OVERTAKING: Search = Search {
    opening: Opening::Passive,
    budget: Budget { losses: 2, copies: 1, overtakings: 1, early: 0 },
    more: &[
        Rule::ClosedRcvRst,
        Rule::ListenRcvRst,
        Rule::KeepaliveAnswered,
        Rule::OutsideWindowRst,
        Rule::SynChallenged,
        Rule::FastRetransmit,
        Rule::AckMovesWindow,
    ],
    states: 600_000..=2_400_000,
};

const SIMULTANEOUS_LOSS: Search = Search {
    opening: Opening::Simultaneous,
    budget: Budget { losses: 1, ..CALM },
    more: &[],
    states: 3_000..=12_000,
};

const SIMULTANEOUS_LOSS_AND_COPY: Search = Search {
    opening: Opening::Simultaneous,
    budget: Budget { losses: 1, copies: 1, ..CALM },
    more: &[
        Rule::ClosedRcvAck,
        Rule::KeepaliveAnswered,
        Rule::OutsideWindowRst,
        Rule::SynReceivedRcvSynAgain,
        Rule::SynAckAgain,
        Rule::RstEndsClosing,
        Rule::SynChallenged,
        Rule::FastRetransmit,
    ],
    states: 60_000..=300_000,
};

const SEARCHES: [&Search; 8] = [
    &LOSS_AND_COPY,
    &LOSS_AND_OVERTAKING,
    &LOSS_COPY_AND_OVERTAKING,
    &TWO_LOSSES_AND_EARLY_TIMER,
    &TWO_LOSSES_AND_COPY,
    &TWO_LOSSES_COPY_AND_OVERTAKING,
    &SIMULTANEOUS_LOSS,
    &SIMULTANEOUS_LOSS_AND_COPY,
];

/// Every rule is either reached by a search, or there is a reason why it is not.
#[test]
fn every_rule_is_reached_or_has_a_reason() {
    let reached: BTreeSet<_> =
        SEARCHES.iter().flat_map(|search| reach::expected(search.opening, search.more)).collect();
    for &rule in Rule::ALL {
        let reason = reach::out_of_reach(rule);
        assert_eq!(reached.contains(&rule), reason.is_none(), "{rule}: {reason:?}");
    }
}

#[test]
fn every_run_with_a_loss_and_a_copy() {
    check(&LOSS_AND_COPY);
}

#[test]
fn every_run_with_a_loss_and_a_reordering() {
    check(&LOSS_AND_OVERTAKING);
}

#[test]
fn every_run_of_a_simultaneous_open_with_a_loss() {
    check(&SIMULTANEOUS_LOSS);
}

#[test]
fn every_run_with_a_loss_a_copy_and_a_reordering() {
    check(&LOSS_COPY_AND_OVERTAKING);
}

#[test]
fn every_run_with_two_losses_and_an_early_timer() {
    check(&TWO_LOSSES_AND_EARLY_TIMER);
}

#[test]
fn every_run_with_two_losses_and_a_copy() {
    check(&TWO_LOSSES_AND_COPY);
}

#[test]
fn every_run_of_a_simultaneous_open_with_a_loss_and_a_copy() {
    check(&SIMULTANEOUS_LOSS_AND_COPY);
}

#[test]
#[ignore = "takes half a minute or more"]
fn every_run_with_two_losses_a_copy_and_a_reordering() {
    check(&TWO_LOSSES_COPY_AND_OVERTAKING);
}
