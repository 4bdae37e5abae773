//! A call that waits is a part of the run: it is shown, it can be sought, and a link leads to the middle of it.

use lab::view::RecordView;
use lab::{Session, Snapshot};

use crate::kit::{HANDSHAKE, run_to_the_end, session, take};

/// Connected, with a recv() that may take two seconds.
fn waiting() -> Session {
    take(
        &run_to_the_end(&session(HANDSHAKE)),
        &[
            r#"{"type":"setsockopt","host":"client","option":"SO_RCVTIMEO","value":2}"#,
            r#"{"type":"recv","host":"client"}"#,
        ],
    )
}

/// The last call: what it was, and what JavaScript reads as its result.
fn last_call(session: &Session) -> (String, serde_json::Value, serde_json::Value) {
    let records = session.records();
    let calls = (0..records.len()).rev().find_map(|i| {
        let view = serde_json::to_value(RecordView::of(&records[i])).expect("plain data");
        view["call"].is_object().then(|| view["call"].clone())
    });
    let call = calls.expect("a call was made");
    (call["call"].as_str().expect("text").to_owned(), call["result"].clone(), call["errno"].clone())
}

#[test]
fn the_next_thing_to_happen_is_its_return() {
    let session = waiting();
    let next = serde_json::to_value(Snapshot::of(&session).next).expect("plain data");
    assert_eq!(
        (&next["kind"], &next["host"], &next["socket"]),
        (&"return".into(), &"client".into(), &3.into())
    );
    assert_eq!(next["at_us"], session.now().as_micros() + 2_000_000);
    let (call, result, errno) = last_call(&session);
    assert!(call.starts_with("recv(3"), "{call}");
    assert_eq!((result, errno), (serde_json::Value::Null, serde_json::Value::Null));
    let over = take(&session, &[r#"{"type":"jump"}"#]);
    assert_eq!(over.now().as_micros(), session.now().as_micros() + 2_000_000);
    assert_eq!(last_call(&over).2, "EAGAIN");
    assert!(over.is_idle());
}

#[test]
fn one_can_go_back_into_the_wait_and_on_another_way() {
    let over = take(&waiting(), &[r#"{"type":"jump"}"#]);
    let seek = format!(r#"{{"type":"seek","at_us":{}}}"#, over.now().as_micros() - 1_000_000);
    let answered = take(
        &over,
        &[&seek, r#"{"type":"send","host":"server","text":"hi"}"#, r#"{"type":"play","us":500000}"#],
    );
    let (_, result, _) = last_call(&answered);
    assert_eq!(result, 2);
    let link = answered.to_link(false);
    let opened = Session::from_link(&link, |_| None).expect("the link opens");
    assert_eq!((opened.fingerprint(), opened.records()), (answered.fingerprint(), answered.records()));
}
