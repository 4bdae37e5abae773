//! What a call would do now, and why it would do nothing.

use lab::calls::{Idle, Outlook};
use lab::host::{Errno, SocketId};
use lab::{Action, Session};

use crate::kit::{BARE, run_to_the_end, session, take};

fn outlook(session: &Session, call: &str) -> Outlook {
    let action = Action::from_json(&format!(r#"{{"type":{call}}}"#)).expect(call);
    session.outlook(&action).expect("a socket call")
}

#[track_caller]
fn check(session: &Session, expected: &[(&str, Option<Idle>)]) {
    for (call, idle) in expected {
        assert_eq!(outlook(session, call).idle, *idle, "{call}");
    }
}

const CONNECT: &str = r#""connect","host":"client""#;
const SEND: &str = r#""send","host":"client""#;
const RECV: &str = r#""recv","host":"client""#;
const CLOSE: &str = r#""close","host":"client""#;
const ACCEPT: &str = r#""accept","host":"server""#;
const SHUTDOWN: &str = r#""shutdown","host":"client","how":"WR""#;

#[test]
fn each_stage_of_a_connection_has_its_calls() {
    let fresh = session(&BARE.replace(r#""program": "echo""#, r#""program": "none""#));
    check(
        &fresh,
        &[
            (CONNECT, None),
            (SEND, Some(Idle::NoSocket)),
            (CLOSE, Some(Idle::NoSocket)),
            (ACCEPT, Some(Idle::NoSocket)),
            (r#""listen","host":"server""#, None),
        ],
    );
    let opening =
        take(&fresh, &[r#"{"type":"listen","host":"server"}"#, r#"{"type":"connect","host":"client"}"#]);
    check(
        &opening,
        &[
            (r#""connect","host":"client","socket":3"#, Some(Idle::StillConnecting)),
            (RECV, Some(Idle::NothingToRead)),
            (ACCEPT, Some(Idle::NothingToAccept)),
            (r#""send","host":"server""#, Some(Idle::NotConnected)),
            (r#""accept","host":"client""#, Some(Idle::NotListening)),
        ],
    );
    let open = take(&opening, &[r#"{"type":"play","us":500000}"#]);
    check(
        &open,
        &[
            (SEND, None),
            (ACCEPT, None),
            (SHUTDOWN, None),
            (r#""connect","host":"client","socket":3"#, Some(Idle::AlreadyConnected)),
            (r#""listen","host":"client","socket":3"#, Some(Idle::AlreadyConnected)),
            (r#""listen","host":"server","socket":3"#, Some(Idle::AlreadySo)),
        ],
    );
    let keepalive = r#""setsockopt","host":"client","option":"SO_KEEPALIVE","value":1"#;
    check(&open, &[(keepalive, None)]);
    let kept = take(&open, &[&format!(r#"{{"type":{keepalive}}}"#)]);
    check(&kept, &[(keepalive, Some(Idle::AlreadySo))]);
    assert_eq!(outlook(&open, SEND).socket, Some(SocketId(3)));
    let half = take(&open, &[r#"{"type":"shutdown","host":"client","how":"WR"}"#]);
    check(&half, &[(SEND, Some(Idle::AlreadyClosed)), (SHUTDOWN, Some(Idle::AlreadySo)), (CLOSE, None)]);
    let down = take(&half, &[r#"{"type":"crash","host":"client"}"#]);
    check(&down, &[(CONNECT, Some(Idle::HostDown)), (CLOSE, Some(Idle::HostDown))]);
}

#[test]
fn how_a_connection_ended_is_worth_a_call() {
    let refused = session(&BARE.replace(r#""program": "echo""#, r#""program": "none""#));
    let refused = run_to_the_end(&take(&refused, &[r#"{"type":"connect","host":"client"}"#]));
    let outlook = outlook(&refused, SEND);
    assert_eq!((outlook.result, outlook.idle), (Some(Err(Errno::ECONNREFUSED)), None));
}

#[test]
fn looking_ahead_changes_nothing_and_other_actions_are_no_calls() {
    let session = session(BARE);
    let before = session.fingerprint();
    let _ = outlook(&session, CONNECT);
    assert_eq!(session.fingerprint(), before);
    assert_eq!(session.outlook(&Action::Step), None);
    assert_eq!(session.outlook(&Action::CutCable), None);
}
