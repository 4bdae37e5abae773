//! What a session says of its scenario's predicates is what they say of its records.

use std::rc::Rc;

use lab::host::HostId;
use lab::predicate::{MAX_DEPTH, Predicate};
use lab::scenario::{Reason, Step, limits};
use lab::{Action, Scenario, Session};
use tcp::rng::Rng;
use tcp::time::Instant;
use tcp::{Control, DropReason, Rule, Signal, State, TimerKind};

use crate::kit::HANDSHAKE;
use crate::random::action;

/// Some predicate or other, of those that come true in short runs.
fn predicate(rng: &mut Rng, depth: usize) -> Predicate {
    let kind = rng.below(if depth == 0 { 11 } else { 15 });
    if kind >= 11 {
        let mut below = |count| (0..count).map(|_| predicate(rng, depth - 1)).collect::<Vec<_>>();
        return match kind {
            11 => Predicate::All { of: below(3) },
            12 => Predicate::Any { of: below(2) },
            13 => Predicate::Not { of: Box::new(below(1).remove(0)) },
            _ => {
                let [first, then] = [event(rng), event(rng)].map(Box::new);
                Predicate::Before { first, then }
            }
        };
    }
    let host = HostId::ALL[rng.below(2) as usize];
    match kind {
        0 => Predicate::Time { at_us: Instant::from_millis(u64::from(rng.below(5_000))) },
        1 => Predicate::BytesDelivered { host, at_least: rng.below(3_000) },
        2 => Predicate::State { host, state: State::ALL[rng.below(11) as usize] },
        _ => event(rng),
    }
}

fn event(rng: &mut Rng) -> Predicate {
    let host = HostId::ALL[rng.below(2) as usize];
    let nth = rng.below(4);
    let control = [None, Some(Control::SYN), Some(Control::ACK), Some(Control::FIN | Control::ACK)];
    let control = control[rng.below(4) as usize];
    let text = [None, Some(false), Some(true)][rng.below(3) as usize];
    match rng.below(9) {
        0 => Predicate::RuleFired {
            host: Some(host).filter(|_| nth != 0),
            rule: Rule::ALL[rng.below(Rule::ALL.len() as u32) as usize],
            times: nth,
        },
        1 => Predicate::Entered { host, state: State::ALL[rng.below(11) as usize], times: nth },
        2 => Predicate::SegmentSent { host, control, text, nth },
        3 => Predicate::SegmentArrived { host, control, text, nth },
        4 => Predicate::SegmentDropped { host, control, text, nth },
        5 => Predicate::Discarded { host, reason: DropReason::NoConnection },
        6 => Predicate::TimerFired { host, kind: TimerKind::Retransmission, times: nth },
        7 => Predicate::Signalled { host, signal: [Signal::Reset, Signal::Refused][rng.below(2) as usize] },
        _ => Predicate::Crashed { host },
    }
}

#[test]
fn what_is_carried_along_is_what_the_records_say() {
    let mut held = 0;
    for seed in 0..30 {
        let mut rng = Rng::new(seed);
        let mut scenario = Scenario::from_json(HANDSHAKE).expect("it is valid");
        for _ in 0..20 {
            let step = Step { text: scenario.title.clone(), done: Some(predicate(&mut rng, MAX_DEPTH - 1)) };
            scenario.steps.push(step);
        }
        let mut session = Session::new(Rc::new(scenario));
        for _ in 0..200 {
            if let Ok(action) = Action::from_json(&action(&mut rng)) {
                // Many are refused.
                let _ = session.take(&action);
            }
            for done in session.scenario().steps.iter().filter_map(|step| step.done.as_ref()) {
                let plainly = done.holds(session.records(), session.now());
                assert_eq!(session.holds(done), plainly, "seed {seed}: {done:?}");
                // One that is equal, but not of the scenario.
                assert_eq!(session.holds(&done.clone()), plainly);
                held += usize::from(plainly);
            }
        }
    }
    assert!(held > 10_000, "hardly anything came true: {held}");
}

#[test]
fn a_file_has_so_many_predicates_at_most() {
    let file = |count: usize| {
        let leaves = vec![r#"{"type":"crashed","host":"client"}"#; 16].join(",");
        let any = format!(r#"{{"type":"any","of":[{leaves}]}}"#);
        let step = |done: &str| {
            format!(r#"{{"text":{{"zh-Hans":"步","en":"s"}},"done":{{"type":"all","of":[{done}]}}}}"#)
        };
        let steps: Vec<_> = (0..count).map(|_| step(&[any.as_str(); 8].join(","))).collect();
        HANDSHAKE.replace(r#""hosts""#, &format!(r#""steps":[{}],"hosts""#, steps.join(",")))
    };
    assert!(Scenario::from_json(&file(limits::PREDICATES / 128)).is_ok());
    let error = Scenario::from_json(&file(limits::PREDICATES / 128 + 1)).expect_err("too many");
    assert_eq!(error.place, "steps[4].done");
    assert_eq!(error.reason, Reason::TooMany { limit: limits::PREDICATES });
}
