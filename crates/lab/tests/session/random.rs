//! Random actions, sensible and senseless: nothing panics, nothing is lost, every moment is a replay, and every session
//! can be linked.

use std::collections::BTreeSet;
use std::rc::Rc;

use lab::host::{HostId, SocketOption, SocketState};
use lab::pcapng;
use lab::{Action, Scenario, Session, Snapshot, Trace};
use tcp::State;
use tcp::rng::Rng;

use crate::kit::{BARE, session};

/// Some action or other; now and then not even that.
pub(crate) fn action(rng: &mut Rng) -> String {
    let host =
        ["client", "server", "client", "server", "nobody"][rng.below(40).saturating_sub(35) as usize % 5];
    let host = if rng.below(2) == 0 { "client" } else { host };
    let n = rng.below(60);
    let kinds = [
        format!(r#"{{"type":"connect","host":"{host}"}}"#),
        format!(r#"{{"type":"listen","host":"{host}","port":{}}}"#, 79 + n % 3),
        format!(r#"{{"type":"accept","host":"{host}"}}"#),
        format!(r#"{{"type":"send","host":"{host}","bytes":{}}}"#, n * n * 3),
        format!(r#"{{"type":"recv","host":"{host}"}}"#),
        format!(r#"{{"type":"shutdown","host":"{host}","how":"{}"}}"#, ["RD", "WR", "RDWR"][n as usize % 3]),
        format!(r#"{{"type":"close","host":"{host}"}}"#),
        format!(r#"{{"type":"close","host":"{host}","socket":{n}}}"#),
        format!(r#"{{"type":"abort","host":"{host}"}}"#),
        format!(
            r#"{{"type":"setsockopt","host":"{host}","option":"{}","value":{}}}"#,
            SocketOption::NAMES[n as usize % 8].0,
            n % 4
        ),
        format!(r#"{{"type":"setsockopt","host":"{host}","socket":{n},"option":"SO_LINGER"}}"#),
        format!(r#"{{"type":"crash","host":"{host}"}}"#),
        format!(r#"{{"type":"restart","host":"{host}"}}"#),
        format!(r#"{{"type":"drop","segment":{n}}}"#),
        format!(r#"{{"type":"unreachable","segment":{n}}}"#),
        format!(
            r#"{{"type":"unreachable","segment":{n},"kind":"{}"}}"#,
            ["port-unreachable", "net-unreachable", "source-quench"][n as usize % 3]
        ),
        format!(r#"{{"type":"duplicate","segment":{n}}}"#),
        format!(r#"{{"type":"corrupt","segment":{n}}}"#),
        format!(r#"{{"type":"corrupt","segment":{n},"byte":{n}}}"#),
        format!(r#"{{"type":"hold","segment":{n}}}"#),
        format!(r#"{{"type":"release","segment":{n}}}"#),
        format!(r#"{{"type":"swap","segment":{n}}}"#),
        format!(r#"{{"type":"deliver","segment":{n}}}"#),
        format!(r#"{{"type":"delay","segment":{n},"us":{}}}"#, u64::from(n) * 50_000),
        format!(r#"{{"type":"play","us":{}}}"#, u64::from(n) * 20_000),
        r#"{"type":"play","us":18446744073709551615}"#.to_owned(),
        r#"{"type":"step"}"#.to_owned(),
        r#"{"type":"jump"}"#.to_owned(),
        r#"{"type":"back"}"#.to_owned(),
        format!(r#"{{"type":"seek","tick":{n}}}"#),
        format!(r#"{{"type":"switch_branch","branch":{n}}}"#),
        r#"{"type":"cut_cable"}"#.to_owned(),
        r#"{"type":"mend_cable"}"#.to_owned(),
        format!(r#"{{"type":"run_program","host":"{host}","program":"never-closes"}}"#),
        format!(
            r#"{{"type":"set_what_if","host":"{host}","what_if":{{"two_way_open":true,"no_time_wait":true}}}}"#
        ),
        format!(
            r#"{{"type":"set_config","host":"{host}","config":{{"msl_us":{n},"mtu":{n},"rto_min_us":0,"rto_initial_us":{n},"receive_buffer_bytes":{n}}}}}"#
        ),
        format!(r#"{{"type":"set_loss","from":"{host}","per_mille":{}}}"#, n * 20),
        format!(
            r#"{{"type":"add_rule","rule":{{"from":"{host}","matches":{{"fin":true}},"verdict":"drop"}}}}"#
        ),
        format!(r#"{{"type":"remove_rule","index":{}}}"#, n % 2),
        "{".to_owned(),
        format!(r#"{{"type":{n}}}"#),
    ];
    kinds[rng.below(kinds.len() as u32) as usize].clone()
}

#[test]
fn no_sequence_of_actions_does_harm() {
    let mut taken = 0;
    for seed in 0..60 {
        let (session, count) = random_session(seed, 400);
        taken += count;
        check(&session);
    }
    assert!(taken > 10_000, "most random actions are refused: only {taken} were taken");
}

/// A session after `count` random actions, and how many of them it took. Refused ones must leave no trace, and every
/// moment that was reached can be reached again.
fn random_session(seed: u64, count: u32) -> (Session, u32) {
    let mut rng = Rng::new(seed);
    let mut session = session(BARE);
    let mut taken = 0;
    let mut moments = Vec::new();
    for _ in 0..count {
        let Ok(action) = Action::from_json(&action(&mut rng)) else { continue };
        let before = session.clone();
        match session.apply(&action) {
            Ok(after) => {
                taken += 1;
                session = after;
                moments.push((session.branch(), session.tick(), session.fingerprint()));
            }
            Err(_) => {
                assert_eq!(Snapshot::of(&session), Snapshot::of(&before));
                assert_eq!(session.fingerprint(), before.fingerprint());
            }
        }
    }
    for (branch, tick, fingerprint) in moments {
        let there = session.apply(&Action::SwitchBranch { branch: branch as u32 }).expect("a branch");
        assert_eq!(seek(&there, tick).fingerprint(), fingerprint, "branch {branch}, tick {tick}");
    }
    (session, taken)
}

#[test]
fn every_moment_of_every_branch_is_a_replay() {
    for seed in 100..110 {
        let (session, _) = random_session(seed, 120);
        for branch in session.branches() {
            let id = u32::try_from(branch.id).expect("few branches");
            let end = session.apply(&Action::SwitchBranch { branch: id }).expect("a branch");
            let mut replayed = seek(&end, 0);
            for tick in 0..=branch.ticks {
                let sought = seek(&end, tick);
                assert_eq!(sought.fingerprint(), replayed.fingerprint(), "branch {id}, tick {tick}");
                assert_eq!(sought.records(), replayed.records(), "branch {id}, tick {tick}");
                assert!(sought.records().iter().all(|record| record.at <= sought.now()));
                replayed = replayed.apply(&Action::Step).expect("a step");
            }
            assert!(end.records().iter().map(|record| record.at).is_sorted(), "time goes back");
        }
    }
}

fn seek(session: &Session, tick: usize) -> Session {
    session.apply(&Action::Seek { tick: Some(tick as u32), at_us: None }).expect("a tick")
}

fn check(session: &Session) {
    let trace = session.trace();
    assert_eq!(*trace, Trace::of(session.records(), session.world().link()));
    check_against_world(session, &trace);
    assert!(!pcapng::capture(session).is_empty());
    let built_in = |_: &str| Some(Rc::new(Scenario::from_json(BARE).expect("valid")));
    let link = session.to_link(true);
    let opened = Session::from_link(&link, built_in).expect("a session's own link opens");
    assert_eq!(opened.fingerprint(), session.fingerprint());
    assert_eq!((opened.tick(), opened.now()), (session.tick(), session.now()));
    assert_eq!(opened.records(), session.records());
    assert_eq!(opened.to_link(true), link, "the link of the link");
}

/// What was put together from the records must be what the world has.
fn check_against_world(session: &Session, trace: &Trace) {
    let flying: Vec<_> =
        trace.packets.iter().filter(|packet| packet.fate.ended_at().is_none()).map(|p| p.id.0).collect();
    let mut in_flight: Vec<_> =
        Snapshot::of(session).in_flight.iter().map(|segment| segment.segment).collect();
    in_flight.sort_unstable();
    assert_eq!(flying, in_flight, "what is in flight");
    let mut timers = BTreeSet::new();
    let mut states = BTreeSet::new();
    for host in HostId::ALL {
        for socket in session.world().host(host).sockets() {
            let Some(tcb) = socket.tcb() else { continue };
            states.insert((host, socket.id, tcb.state.name()));
            if let SocketState::Connected(tcb) = &socket.state {
                timers
                    .extend(tcb.timers.armed().map(|(kind, deadline)| (host, socket.id, kind, deadline.at)));
            }
        }
    }
    let running = trace.timers.iter().filter(|bar| bar.ended.is_none());
    let running: BTreeSet<_> = running.map(|bar| (bar.host, bar.socket, bar.kind, bar.at)).collect();
    assert_eq!(running, timers, "the running timers");
    // Sockets that are gone altogether end in CLOSED, and stay on the ladder.
    let open = trace.bands.iter().filter(|band| band.to.is_none());
    let open = open.map(|band| (band.host, band.socket, band.state.name()));
    let open: BTreeSet<_> = open.filter(|(.., state)| *state != State::Closed.name()).collect();
    states.retain(|(.., state)| *state != State::Closed.name());
    assert_eq!(open, states, "the states");
}
