//! Links lead to the very same moment, and broken ones say what is wrong.

use std::rc::Rc;

use lab::host::SocketOption;
use lab::net::{Record, Verdict, What};
use lab::session_link::LinkError;
use lab::{Scenario, Session, Snapshot};
use tcp::{IcmpKind, Rule};

use crate::kit::{HANDSHAKE, run_to_the_end, session, take};

/// Until the client's SYN is on its way.
const PLAY: &str = r#"{"type":"play","us":150000}"#;

fn built_in(id: &str) -> Option<Rc<Scenario>> {
    (id == "test").then(|| Rc::new(Scenario::from_json(HANDSHAKE).expect("valid")))
}

#[test]
fn a_link_leads_to_the_same_moment() {
    let end = run_to_the_end(&session(HANDSHAKE));
    let past = take(
        &end,
        &[
            r#"{"type":"seek","at_us":150000}"#,
            r#"{"type":"duplicate","segment":1}"#,
            r#"{"type":"play","us":1234567}"#,
            r#"{"type":"send","host":"client","text":"你好"}"#,
            r#"{"type":"back"}"#,
        ],
    );
    for session in [&end, &past] {
        for is_built_in in [true, false] {
            let link = session.to_link(is_built_in);
            let opened = Session::from_link(&link, built_in).expect("the link opens");
            assert_eq!(opened.fingerprint(), session.fingerprint());
            let mut expected = Snapshot::of(session);
            let mut found = Snapshot::of(&opened);
            // Only the branch one is on travels.
            expected.branches.clear();
            found.branches.clear();
            (expected.branch, found.branch) = (0, 0);
            assert_eq!(found, expected);
        }
    }
}

#[test]
fn a_link_keeps_what_a_router_reports() {
    for &kind in IcmpKind::ALL {
        let name = serde_json::to_value(kind).expect("a name");
        let by_hand = format!(r#"{{"type":"unreachable","segment":1,"kind":{name}}}"#);
        let rule = format!(
            r#"{{"type":"add_rule","rule":{{"from":"client","matches":{{}},"verdict":{{"unreachable":{name}}}}}}}"#
        );
        let by_hand = take(&session(HANDSHAKE), &[PLAY, &by_hand]);
        let by_rule = take(&session(HANDSHAKE), &[&rule, PLAY]);
        for session in [by_hand, by_rule] {
            assert_eq!(reported(&session), [kind]);
            let opened = Session::from_link(&session.to_link(true), built_in).expect("the link opens");
            assert_eq!(opened.fingerprint(), session.fingerprint());
            assert_eq!(opened.records(), session.records());
        }
    }
}

#[test]
fn a_router_reports_an_unreachable_host_unless_told_otherwise() {
    let by_hand = [PLAY, r#"{"type":"unreachable","segment":1}"#];
    let rule = r#"{"type":"add_rule","rule":{"from":"client","matches":{},"verdict":"unreachable"}}"#;
    for actions in [by_hand, [rule, PLAY]] {
        assert_eq!(reported(&take(&session(HANDSHAKE), &actions)), [IcmpKind::HostUnreachable]);
    }
}

fn setsockopt(name: &str, value: &str) -> String {
    format!(r#"{{"type":"setsockopt","host":"client","option":"{name}","value":{value}}}"#)
}

#[test]
fn a_link_keeps_socket_options() {
    for (name, _) in SocketOption::NAMES {
        let set = take(&session(HANDSHAKE), &[PLAY, &setsockopt(name, "2"), PLAY]);
        assert_ne!(set.fingerprint(), take(&session(HANDSHAKE), &[PLAY, PLAY]).fingerprint(), "{name}");
        let opened = Session::from_link(&set.to_link(true), built_in).expect("the link opens");
        assert_eq!((opened.fingerprint(), opened.records()), (set.fingerprint(), set.records()));
    }
}

#[test]
fn the_actions_of_single_options_do_what_setsockopt_does() {
    for (single, name, value) in [
        (r#"{"type":"set_linger","host":"client","seconds":5}"#, "SO_LINGER", "5"),
        (r#"{"type":"set_linger","host":"client","seconds":null}"#, "SO_LINGER", "null"),
        (r#"{"type":"set_reuseaddr","host":"client","on":true}"#, "SO_REUSEADDR", "1"),
    ] {
        let [single, any] =
            [single, &setsockopt(name, value)].map(|set| take(&session(HANDSHAKE), &[PLAY, set]));
        assert_eq!((single.fingerprint(), single.records()), (any.fingerprint(), any.records()), "{name}");
    }
}

#[test]
fn keepalive_is_switched_on_for_one_connection() {
    let set = [setsockopt("TCP_KEEPIDLE", "3"), setsockopt("SO_KEEPALIVE", "1")];
    let idle = take(&session(HANDSHAKE), &[PLAY, &set[0], &set[1], r#"{"type":"play","us":10000000}"#]);
    let probes = |record: &Rc<Record>| match &record.what {
        What::Transition { transition, .. } => transition.rule() == Rule::ProbeKeepalive,
        _ => false,
    };
    assert_eq!(idle.records().iter().filter(|record| probes(record)).count(), 3);
}

#[test]
fn a_report_is_remembered_until_something_gets_through() {
    let told = take(&session(HANDSHAKE), &[PLAY, r#"{"type":"unreachable","segment":1}"#]);
    let soft_error = |session: &Session| Snapshot::of(session).hosts[0].sockets[0].soft_error;
    assert_eq!(soft_error(&told), Some(IcmpKind::HostUnreachable));
    let answered = take(&told, &[r#"{"type":"play","us":2000000}"#]);
    assert_eq!(soft_error(&answered), None);
}

/// What a router has reported so far.
fn reported(session: &Session) -> Vec<IcmpKind> {
    let kinds = session.records().iter().filter_map(|record| match record.what {
        What::Verdict { verdict: Verdict::Unreachable(kind), .. } => Some(kind),
        _ => None,
    });
    kinds.collect()
}

#[test]
fn broken_links_say_what_is_wrong() {
    let link = run_to_the_end(&session(HANDSHAKE)).to_link(true);
    let open = |text: &str| Session::from_link(text, built_in).map(|_| ()).expect_err(text);
    assert_eq!(open(""), LinkError::Damaged);
    assert_eq!(open("2.abc.0"), LinkError::WrongVersion);
    assert_eq!(open(&link[..link.len() - 1]), LinkError::Damaged);
    let mut changed = link.clone().into_bytes();
    changed[9] = if changed[9] == b'A' { b'B' } else { b'A' };
    assert_eq!(open(&String::from_utf8(changed).expect("ASCII")), LinkError::Damaged);
    let unknown = Session::from_link(&link, |_| None).map(|_| ()).expect_err("no such scenario");
    assert_eq!(unknown, LinkError::NoSuchScenario("test".to_owned()));
    assert_eq!(open(&"1.".repeat(2_000_000)), LinkError::TooLong);
}
