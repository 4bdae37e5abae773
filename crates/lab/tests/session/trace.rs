//! The trace: windows of it, silences in it, and what it makes of unusual ends.

use course::experiments;
use lab::{Session, Trace};
use tcp::time::{Duration, Instant};
use tcp::{Control, State};

use crate::kit::{HANDSHAKE, run_to_the_end, session, take};

const SEND_AT_5_S: &[&str] =
    &[r#"{"type":"play","us":4600000}"#, r#"{"type":"send","host":"client","text":"a"}"#];

/// A handshake from 100 to 400 ms, and an exchange of data from 5000 ms on.
fn talk() -> Session {
    run_to_the_end(&take(&run_to_the_end(&session(HANDSHAKE)), SEND_AT_5_S))
}

fn ms(span: (Instant, Instant)) -> (u64, u64) {
    (span.0.as_micros() / 1_000, span.1.as_micros() / 1_000)
}

#[test]
fn silences_lie_between_what_happens() {
    let session = talk();
    let (trace, now) = (session.trace(), session.now());
    let silences = |longer_than| -> Vec<_> {
        trace.silences(now, Duration::from_millis(longer_than)).into_iter().map(ms).collect()
    };
    assert_eq!(silences(300), [(400, 5_000)]);
    assert_eq!(silences(4_600), [], "longer than, not as long as");
    assert_eq!(Trace::default().silences(now, Duration::ZERO), []);
}

#[test]
fn a_packet_on_its_way_breaks_a_silence_and_a_held_one_does_not() {
    let hold = [
        r#"{"type":"play","us":100000}"#,
        r#"{"type":"hold","segment":1}"#,
        r#"{"type":"play","us":900000}"#,
    ];
    let held = take(&session(HANDSHAKE), &hold);
    let quiet = |session: &Session| -> Vec<_> {
        let silences = session.trace().silences(session.now(), Duration::from_millis(300));
        silences.into_iter().map(ms).collect()
    };
    assert_eq!(quiet(&held), [(100, 1_000)]);
    let delay = [hold[0], r#"{"type":"delay","segment":1,"us":5000000}"#, hold[2]];
    assert_eq!(quiet(&take(&session(HANDSHAKE), &delay)), []);
}

#[test]
fn a_window_has_what_overlaps_it() {
    let session = talk();
    let trace = session.trace();
    assert_eq!(trace.between(Instant::ZERO, session.now()), *trace);
    let window = trace.between(Instant::from_millis(150), Instant::from_millis(250));
    let sent: Vec<_> = window.packets.iter().map(|packet| packet.segment.control).collect();
    assert_eq!(sent, [Control::SYN, Control::SYN | Control::ACK]);
    let states: Vec<_> = window.bands.iter().map(|band| band.state).collect();
    assert_eq!(states, [State::Listen, State::SynSent, State::SynReceived]);
    assert!(trace.between(Instant::from_millis(1_000), Instant::from_millis(2_000)).packets.is_empty());
}

#[test]
fn a_child_that_goes_back_to_its_listener_leaves_no_band() {
    // The client is gone when the SYN,ACK arrives; its RST ends the child.
    let session = take(
        &session(HANDSHAKE),
        &[
            r#"{"type":"play","us":250000}"#,
            r#"{"type":"crash","host":"client"}"#,
            r#"{"type":"restart","host":"client"}"#,
            r#"{"type":"play","us":1000000}"#,
        ],
    );
    let trace = session.trace();
    let open: Vec<_> = trace.bands.iter().filter(|band| band.to.is_none()).map(|band| band.state).collect();
    assert_eq!(open, [State::Listen]);
    assert!(trace.bands.iter().any(|band| band.state == State::SynReceived));
}

#[test]
fn a_trace_is_made_once_for_each_moment() {
    let session = talk();
    assert!(std::rc::Rc::ptr_eq(&session.trace(), &session.clone().trace()));
    let back = take(&session, &[r#"{"type":"back"}"#]);
    assert_eq!(*back.trace(), Trace::of_session(&back));
    assert_ne!(back.trace(), session.trace());
}

#[test]
fn a_new_connection_with_the_numbers_of_an_old_one_repeats_nothing() {
    let scenario = experiments::scenario("no-time-wait").expect("it is built in");
    let session = take(
        &Session::new(scenario),
        &[
            r#"{"type":"play","us":9000000}"#,
            r#"{"type":"skip_question"}"#,
            r#"{"type":"play","us":9000000}"#,
        ],
    );
    let trace = session.trace();
    let syns: Vec<_> = trace.packets.iter().filter(|packet| packet.segment.has(Control::SYN)).collect();
    assert_eq!(syns.len(), 4, "two handshakes");
    assert_eq!(syns[1].segment, syns[3].segment, "the initial numbers are fixed");
    assert!(syns.iter().all(|packet| !packet.retransmission));
}
