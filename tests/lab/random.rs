//! Random actions, sensible and senseless: nothing panics, nothing is lost, and every session can be linked.

use std::rc::Rc;

use tcp_state_lab::lab::{Action, Scenario, Session, Snapshot, Trace};
use tcp_state_lab::rng::Rng;

use crate::kit::{BARE, session};

/// Some action or other; now and then not even that.
fn action(rng: &mut Rng) -> String {
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
        format!(r#"{{"type":"crash","host":"{host}"}}"#),
        format!(r#"{{"type":"restart","host":"{host}"}}"#),
        format!(r#"{{"type":"drop","segment":{n}}}"#),
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
        "{".to_owned(),
        format!(r#"{{"type":{n}}}"#),
    ];
    kinds[rng.below(kinds.len() as u32) as usize].clone()
}

#[test]
fn no_sequence_of_actions_does_harm() {
    for seed in 0..60 {
        let mut rng = Rng::new(seed);
        let mut session = session(BARE);
        for _ in 0..150 {
            let Ok(action) = Action::from_json(&action(&mut rng)) else { continue };
            let before = (session.tick(), session.branch(), session.fingerprint());
            match session.apply(&action) {
                Ok(after) => session = after,
                Err(_) => assert_eq!(before, (session.tick(), session.branch(), session.fingerprint())),
            }
        }
        check(&session);
    }
}

fn check(session: &Session) {
    let snapshot = Snapshot::of(session);
    let trace = Trace::of_session(session);
    let flying = trace.packets.iter().filter(|packet| packet.fate.ended_at().is_none()).count();
    assert_eq!(flying, snapshot.in_flight.len(), "the trace and the world disagree on what is in flight");
    let built_in = |_: &str| Some(Rc::new(Scenario::from_json(BARE).expect("valid")));
    let opened = Session::from_link(&session.to_link(true), built_in).expect("a session's own link opens");
    assert_eq!(opened.fingerprint(), session.fingerprint());
}
