//! The trace: made once for each moment, and what it makes of unusual ends.

use course::experiments;
use lab::{Session, Trace};
use tcp::{Control, State};

use crate::kit::{HANDSHAKE, run_to_the_end, session, take};

const SEND_AT_5_S: &[&str] =
    &[r#"{"type":"play","us":4600000}"#, r#"{"type":"send","host":"client","text":"a"}"#];

/// A handshake from 100 to 400 ms, and an exchange of data from 5000 ms on.
fn talk() -> Session {
    run_to_the_end(&take(&run_to_the_end(&session(HANDSHAKE)), SEND_AT_5_S))
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
    assert_eq!(*back.trace(), Trace::of(back.records(), back.world().link()));
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
