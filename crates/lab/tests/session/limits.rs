//! A session can be made large, but not without end; and it is quick while it is large.

use std::time::Instant as WallClock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lab::net::hash::stable_hash;
use lab::scenario::{Reason, Scenario, limits};
use lab::session::{LATEST, MAX_BRANCHES, MAX_JOURNAL_BYTES, MAX_TICKS};
use lab::session_link::LinkError;
use lab::{Action, ActionFault, Session};

use crate::kit::{BARE, session, take};

fn fault(session: &Session, action: &str) -> ActionFault {
    let action = Action::from_json(action).expect("an action");
    session.apply(&action).expect_err("it is too much").reason
}

#[test]
fn a_journal_is_never_longer_than_a_link_can_be() {
    let send =
        |length: usize| format!(r#"{{"type":"send","host":"client","text":"{}"}}"#, "x".repeat(length));
    let half = MAX_JOURNAL_BYTES / 2 - 200;
    let session = take(&session(BARE), &[r#"{"type":"connect","host":"client"}"#, &send(half)]);
    assert_eq!(fault(&session, &send(1_000_001)), ActionFault::TooLong);
    let full = take(&session, &[&send(half)]);
    assert_eq!(fault(&full, &send(1_000)), ActionFault::TooLong);
    let built_in = |_: &str| Some(session.scenario().clone());
    for is_built_in in [true, false] {
        let opened = Session::from_link(&full.to_link(is_built_in), built_in).expect("it opens");
        assert_eq!(opened.fingerprint(), full.fingerprint());
    }
}

#[test]
fn there_is_an_end_to_branches() {
    let mut session = take(&session(BARE), &[r#"{"type":"connect","host":"client"}"#]);
    for _ in 1..MAX_BRANCHES {
        session = take(&session, &[r#"{"type":"seek","tick":0}"#, r#"{"type":"crash","host":"client"}"#]);
    }
    assert_eq!(session.branches().count(), MAX_BRANCHES);
    let past = take(&session, &[r#"{"type":"seek","tick":0}"#]);
    assert_eq!(fault(&past, r#"{"type":"crash","host":"client"}"#), ActionFault::TooManyBranches);
    take(&past, &[r#"{"type":"step"}"#]);
}

#[test]
fn time_passes_to_the_end_of_time() {
    let session = take(
        &session(BARE),
        &[
            r#"{"type":"set_config","host":"client","config":{"msl_us":1125899906842624,"rto_min_us":1125899906842624,"rto_max_us":1125899906842624}}"#,
            r#"{"type":"connect","host":"client"}"#,
            r#"{"type":"play","us":1125899906842624}"#,
            r#"{"type":"play","us":1125899906842624}"#,
            r#"{"type":"play","us":1125899906842624}"#,
            r#"{"type":"connect","host":"client"}"#,
            r#"{"type":"play","us":1125899906842624}"#,
            r#"{"type":"connect","host":"client"}"#,
        ],
    );
    assert_eq!(session.now(), LATEST);
    assert_eq!(fault(&session, r#"{"type":"play","us":1}"#), ActionFault::TooGreat { limit: 0 });
    assert!(session.records().iter().map(|record| record.at).is_sorted());
    // What comes after the end of time is planned, shown, and never reached.
    let planned = session.next_at().expect("a timer runs");
    assert!(LATEST < planned && planned.as_micros() < 1 << 53, "{planned}");
    assert_eq!(fault(&session, r#"{"type":"step"}"#), ActionFault::TooLong);
}

#[test]
fn a_length_of_time_that_no_clock_could_show_is_refused() {
    for us in [1_u64 << 53, u64::MAX, (1 << 50) + 1] {
        let action = format!(r#"{{"type":"play","us":{us}}}"#);
        let error = Action::from_json(&action).expect_err("too long");
        assert_eq!(error.field, "us");
    }
}

#[test]
fn there_is_an_end_to_a_run() {
    let session = long_run(MAX_TICKS / 2, 60_000);
    let half = session.ticks();
    // What two branches have in common counts once.
    let mut session = take(&session, &[&format!(r#"{{"type":"seek","tick":{}}}"#, half / 2)]);
    let error = loop {
        if let Err(error) = a_second_of_traffic(60_000).iter().try_for_each(|action| session.take(action)) {
            break error;
        }
    };
    assert_eq!(error.reason, ActionFault::TooLong);
    assert_eq!(session.ticks(), half / 2 + MAX_TICKS - half);
    assert_eq!(take(&session, &[r#"{"type":"back"}"#]).tick(), session.ticks() - 1);
}

#[test]
fn a_setting_beyond_its_limit_is_refused_where_it_enters() {
    for (field, value, limit) in [
        ("send_buffer_bytes", u32::MAX, 1 << 20),
        ("receive_buffer_bytes", (1 << 20) + 1, 1 << 20),
        ("window_scale", 15, 14),
    ] {
        let config = format!(r#"{{"{field}":{value}}}"#);
        let set = format!(r#"{{"type":"set_config","host":"client","config":{config}}}"#);
        let action = Action::from_json(&set).expect("an action");
        let error = session(BARE).apply(&action).expect_err("it is too much");
        assert_eq!((error.field, error.reason), (format!("config.{field}"), ActionFault::TooGreat { limit }));
        let hosts = format!(r#""hosts":{{"client":{{"settings":{{"config":{config}}}}},"#);
        let script = format!(r#""script":[{{"at_us":0,"action":{set}}}],"hosts":{{"#);
        for (file, place) in [(hosts, "hosts.client.settings.config"), (script, "script[0].action.config")] {
            let error = Scenario::from_json(&BARE.replace(r#""hosts": {"#, &file)).expect_err("too much");
            assert_eq!((error.place, error.reason), (format!("{place}.{field}"), Reason::TooGreat { limit }));
        }
    }
}

#[test]
fn play_says_when_it_stops_before_its_end() {
    // A segment that is acknowledged at the same instant, for ever.
    let actions = [
        r#"{"type":"play","us":1}"#,
        r#"{"type":"set_config","host":"server","config":{"challenge_limit":null}}"#,
        r#"{"type":"set_latency","from":"client","us":0}"#,
        r#"{"type":"set_latency","from":"server","us":0}"#,
        r#"{"type":"set_config","host":"client","config":{"keepalive":true,"keepalive_idle_us":1,"keepalive_interval_us":1}}"#,
        r#"{"type":"connect","host":"client"}"#,
    ];
    let restless = take(&session(BARE), &actions);
    assert!(!restless.has_stopped_early());
    let play = r#"{"type":"play","us":1000000}"#;
    let stopped = take(&restless, &[play]);
    assert!(stopped.has_stopped_early() && stopped.ticks() >= 20_000, "{} ticks", stopped.ticks());
    assert!(stopped.now() < restless.now() + tcp::time::Duration::from_secs(1));
    let further = take(&stopped, &[play]);
    assert!(further.has_stopped_early() && further.now() > stopped.now());
    assert!(!take(&further, &[r#"{"type":"play","us":1}"#]).has_stopped_early());
}

#[test]
fn no_setting_floods_the_link() {
    let set_mtu = |host| format!(r#"{{"type":"set_config","host":"{host}","config":{{"mtu":0}}}}"#);
    let session = take(
        &session(BARE),
        &[
            &set_mtu("client"),
            &set_mtu("server"),
            r#"{"type":"connect","host":"client"}"#,
            r#"{"type":"play","us":500000}"#,
            r#"{"type":"send","host":"client","bytes":1000000}"#,
        ],
    );
    let packets = session.world().link().in_flight().len();
    assert!((1..=65_535 / 28 + 1).contains(&packets), "{packets} packets at once");
}

/// A run of about `ticks` ticks: a client that sends `bytes` a second to a server that echoes.
fn a_second_of_traffic(bytes: u32) -> [Action; 3] {
    let second = [
        format!(r#"{{"type":"send","host":"client","bytes":{bytes}}}"#),
        r#"{"type":"play","us":1000000}"#.to_owned(),
        r#"{"type":"recv","host":"client","max":100000}"#.to_owned(),
    ];
    second.map(|action| Action::from_json(&action).expect("an action"))
}

fn long_run(ticks: usize, bytes: u32) -> Session {
    let mut session = take(&session(BARE), &[r#"{"type":"connect","host":"client"}"#]);
    let second = a_second_of_traffic(bytes);
    while session.ticks() < ticks {
        for action in &second {
            session.take(action).expect("it can be taken");
        }
    }
    session
}

/// Prints what design.md sets budgets for; a debug build on a busy machine proves nothing, so only the ratio to the
/// whole run is asserted.
#[test]
#[expect(clippy::disallowed_methods, reason = "it is real time that is measured")]
fn seeking_costs_a_small_part_of_the_run() {
    for bytes in [200, 60_000] {
        let started = WallClock::now();
        let session = long_run(10_000, bytes);
        let whole = started.elapsed();
        let places = (0..100).map(|i| i * 9_973 % session.ticks());
        let mut seeks: Vec<_> = places
            .map(|tick| {
                let started = WallClock::now();
                let there =
                    session.apply(&Action::Seek { tick: Some(tick as u32), at_us: None }).expect("a tick");
                assert_eq!(there.tick(), tick);
                started.elapsed()
            })
            .collect();
        // A busy machine may interrupt one or two of them, but not half.
        seeks.sort();
        let (typical, longest) = (seeks[seeks.len() / 2], seeks[seeks.len() - 1]);
        let started = WallClock::now();
        let packets = session.trace().packets.len();
        let traced = started.elapsed();
        println!(
            "{} ticks in {whole:?}; the longest seek {longest:?}, 1/{}; {packets} packets traced in {traced:?}",
            session.ticks(),
            whole.as_nanos() / longest.as_nanos().max(1),
        );
        assert!(typical < whole, "seeking is as slow as running everything again");
    }
}

/// What a link carries is held to the same limits as a file.
#[test]
fn a_scenario_is_never_larger_than_a_file_may_be() {
    let steps = r#"{"text":{"zh-Hans":"步","en":"s"}},"#.repeat(3_000);
    let large = BARE.trim_end().trim_end_matches('}').to_owned()
        + &format!(r#","steps":[{}]}}"#, steps.trim_end_matches(','));
    let file = Scenario::from_json(&large).expect_err("it is too large");
    assert_eq!(file.reason, Reason::TooLong { limit: limits::FILE_BYTES });
    let body = format!(r#"{{"lab":{large},"run":[],"tick":0,"now":0,"state":0}}"#);
    let link = format!("1.{}.{:08x}", URL_SAFE_NO_PAD.encode(&body), stable_hash(body.as_bytes()) as u32);
    assert_eq!(Session::from_link(&link, |_| None).err(), Some(LinkError::Scenario(file)));
}
