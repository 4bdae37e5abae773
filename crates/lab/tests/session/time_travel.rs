//! Steps, seeks and branches.

use lab::net::What;
use lab::trace::Fate;
use lab::{Action, Session};
use tcp::time::{Duration, Instant};
use tcp::{Control, State};

use crate::kit::{BARE, HANDSHAKE, run_to_the_end, session, states, take};

fn in_flight(session: &Session, control: Control) -> u32 {
    let trace = session.trace();
    let mut flying = trace.packets.iter().filter(|packet| packet.fate.ended_at().is_none());
    flying.find(|packet| packet.segment.control == control).expect("such a segment flies").id.0
}

#[test]
fn the_script_plays_a_handshake() {
    let session = run_to_the_end(&session(HANDSHAKE));
    assert_eq!(states(&session), [State::Established; 2]);
    assert_eq!(session.now(), Instant::from_millis(400));
    let trace = session.trace();
    let sent: Vec<_> = trace.packets.iter().map(|packet| packet.segment.control.to_string()).collect();
    assert_eq!(sent, ["SYN", "SYN,ACK", "ACK"]);
    assert!(trace.packets.iter().all(|packet| matches!(packet.fate, Fate::Arrived(_))));
}

#[test]
fn a_dropped_syn_ack_is_repaired_by_retransmission() {
    let mut session = session(HANDSHAKE);
    while session.trace().packets.len() < 2 {
        session = take(&session, &[r#"{"type":"step"}"#]);
    }
    let id = in_flight(&session, Control::SYN | Control::ACK);
    let session = take(&session, &[&format!(r#"{{"type":"drop","segment":{id}}}"#)]);
    let session = run_to_the_end(&session);
    assert_eq!(states(&session), [State::Established; 2]);
    let trace = session.trace();
    assert_eq!(trace.packets.iter().filter(|packet| packet.retransmission).count(), 2);
}

#[test]
fn every_place_in_time_is_the_same_by_seek_by_step_and_by_going_back() {
    let end = run_to_the_end(&take(
        &session(BARE),
        &[
            r#"{"type":"play","us":50000}"#,
            r#"{"type":"connect","host":"client"}"#,
            r#"{"type":"play","us":500000}"#,
            r#"{"type":"send","host":"client","text":"hello"}"#,
            r#"{"type":"play","us":250000}"#,
            r#"{"type":"close","host":"client"}"#,
        ],
    ));
    let start = take(&end, &[r#"{"type":"seek","tick":0}"#]);
    let mut forward = start.clone();
    let mut prints = vec![forward.fingerprint()];
    for _ in 0..end.ticks() {
        forward = take(&forward, &[r#"{"type":"step"}"#]);
        prints.push(forward.fingerprint());
    }
    assert_eq!(forward.fingerprint(), end.fingerprint());
    let mut back = end.clone();
    for tick in (0..=end.ticks()).rev() {
        let sought = end.apply(&Action::Seek { tick: Some(tick as u32), at_us: None }).expect("a tick");
        assert_eq!((sought.fingerprint(), back.fingerprint()), (prints[tick], prints[tick]), "tick {tick}");
        assert_eq!(sought.records().len(), back.records().len());
        back = take(&back, &[r#"{"type":"back"}"#]);
    }
    assert_eq!(end.branches().count(), 1, "looking about changes no history");
}

#[test]
fn acting_in_the_past_keeps_the_old_future() {
    let end = run_to_the_end(&session(HANDSHAKE));
    let mut past = take(&end, &[r#"{"type":"seek","at_us":250000}"#]);
    assert_eq!(past.now(), Instant::from_millis(250));
    let id = in_flight(&past, Control::SYN | Control::ACK);
    past = take(&past, &[&format!(r#"{{"type":"drop","segment":{id}}}"#)]);
    assert_eq!((past.branch(), past.branches().count()), (1, 2));
    let other = run_to_the_end(&past);
    assert!(other.now() > Instant::from_millis(1_000));
    let returned = take(&other, &[r#"{"type":"switch_branch","branch":0}"#]);
    assert_eq!(returned.fingerprint(), end.fingerprint());
    assert_eq!(returned.branches().count(), 2);
}

#[test]
fn play_stops_between_events_and_an_action_happens_there() {
    let session = take(&session(HANDSHAKE), &[r#"{"type":"play","us":123456}"#, r#"{"type":"cut_cable"}"#]);
    let last = session.records().last().expect("records");
    assert_eq!(last.at, Instant::from_micros(123_456));
}

#[test]
fn an_action_at_the_instant_of_an_event_is_recorded_there_and_before_it() {
    // The SYN arrives at 200 ms, when the script crashes the server: nobody hears it.
    let scripted =
        HANDSHAKE.replace("}}]", r#"}}, {"at_us": 200000, "action": {"type": "crash", "host": "server"}}]"#);
    let end = run_to_the_end(&session(&scripted));
    let times: Vec<_> = end.records().iter().map(|record| record.at).collect();
    assert!(times.is_sorted(), "{times:?}");
    let crash = end.records().iter().find(|record| record.what == What::Crashed).expect("the crash");
    assert_eq!(crash.at, Instant::from_millis(200));
    let syn = end.trace().packets[0].clone();
    assert_eq!(syn.fate, Fate::Unheard { at: Instant::from_millis(200) });
}

#[test]
fn an_action_that_cannot_be_taken_names_the_field_and_changes_nothing() {
    let session = run_to_the_end(&session(HANDSHAKE));
    for (text, field) in [
        (r#"{"type":"drop","segment":99}"#, "segment"),
        (r#"{"type":"seek","tick":999}"#, "tick"),
        (r#"{"type":"switch_branch","branch":7}"#, "branch"),
        (r#"{"type":"answer","choice":"x"}"#, "choice"),
        (r#"{"type":"mend_cable"}"#, "type"),
        (r#"{"type":"setsockopt","host":"client","option":"SO_TELEPATHY","value":1}"#, "option"),
        (r#"{"type":"setsockopt","host":"client","option":"TCP_KEEPCNT","value":256}"#, "value"),
        (r#"{"type":"setsockopt","host":"client","option":"TCP_NODELAY"}"#, "value"),
        (r#"{"type":"accept","host":"client","socket":99}"#, ""),
    ] {
        let action = Action::from_json(text).expect("it is an action");
        match session.apply(&action) {
            Err(why) => assert_eq!(why.field, field, "{text}"),
            // A call on a bad descriptor is made, and returns EBADF.
            Ok(after) => assert_eq!((field, after.ticks()), ("", session.ticks() + 1)),
        }
    }
    for (text, field) in [
        (r#"{"type":"fly"}"#, "type"),
        (r#"{"type":7}"#, "type"),
        (r#"{"host":"client"}"#, "type"),
        (r#"["step"]"#, "type"),
        ("nonsense", "type"),
        (r#"{"type":"drop"}"#, "segment"),
        (r#"{"type":"drop","segment":null}"#, "segment"),
        (r#"{"type":"drop","segment":-1}"#, "segment"),
        (r#"{"type":"drop","segment":1.5}"#, "segment"),
        (r#"{"type":"drop","segment":1,"why":2}"#, "why"),
        (r#"{"type":"unreachable","segment":1,"kind":"sunspots"}"#, "kind"),
        (r#"{"type":"step","segment":1}"#, "segment"),
        (r#"{"type":"send","host":"nobody"}"#, "host"),
        (r#"{"type":"send","host":"segment"}"#, "host"),
        (r#"{"type":"send","host":"client","text":{}}"#, "text"),
        (r#"{"type":"bind","host":"client","port":70000}"#, "port"),
        (r#"{"type":"connect","host":"client","to":{"addr":"here","port":1}}"#, "to.addr"),
        (r#"{"type":"connect","host":"client","to":{"port":1}}"#, "to.addr"),
        (r#"{"type":"add_rule","rule":{"verdict":"drop"}}"#, "rule.from"),
        (r#"{"type":"set_config","host":"client","config":{"host":1}}"#, "config.host"),
        (r#"{"type":"shutdown","host":"client","how":"up"}"#, "how"),
        (r#"{"type":"run_program","host":"client","program":"worm"}"#, "program"),
    ] {
        assert_eq!(Action::from_json(text).expect_err(text).field, field, "{text}");
    }
}

#[test]
fn a_long_run_can_be_sought_anywhere() {
    let mut session = take(&session(BARE), &[r#"{"type":"connect","host":"client"}"#]);
    for _ in 0..200 {
        session = take(
            &session,
            &[
                r#"{"type":"send","host":"client","bytes":2000}"#,
                r#"{"type":"play","us":1000000}"#,
                r#"{"type":"recv","host":"client"}"#,
            ],
        );
    }
    assert!(session.ticks() > 1_000);
    let middle = take(&session, &[r#"{"type":"seek","tick":777}"#]);
    let again = take(&take(&session, &[r#"{"type":"seek","tick":0}"#]), &[r#"{"type":"seek","tick":777}"#]);
    assert_eq!(middle.fingerprint(), again.fingerprint());
    assert_eq!(session.now().since(Instant::ZERO), Duration::from_secs(200));
}
