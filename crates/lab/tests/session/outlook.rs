//! What a call would return now.

use lab::host::{Errno, SocketId, Value};
use lab::outlook::outlook;
use lab::{Action, ActionFault, Session};

use crate::kit::{BARE, run_to_the_end, session, take};

/// What a call would come to.
#[derive(Debug, PartialEq)]
enum Outlook {
    Returns(Value),
    Fails(Errno),
    NoSocket,
}

use Outlook::{Fails, NoSocket, Returns};

#[track_caller]
fn check(session: &Session, expected: &[(&str, Outlook)]) {
    for (call, expected) in expected {
        let action = Action::from_json(&format!(r#"{{"type":{call}}}"#)).expect(call);
        let found = match outlook(session.world(), session.now(), &action) {
            Ok(result) => result.expect("a socket call").map_or_else(Fails, Returns),
            Err(error) => {
                assert_eq!(error.reason, ActionFault::NoSocket, "{call}");
                NoSocket
            }
        };
        assert_eq!(found, *expected, "{call}");
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
            (CONNECT, Fails(Errno::EINPROGRESS)),
            (SEND, NoSocket),
            (CLOSE, NoSocket),
            (ACCEPT, NoSocket),
            (r#""listen","host":"server""#, Returns(Value::Zero)),
        ],
    );
    let opening =
        take(&fresh, &[r#"{"type":"listen","host":"server"}"#, r#"{"type":"connect","host":"client"}"#]);
    check(
        &opening,
        &[
            (r#""connect","host":"client","socket":3"#, Fails(Errno::EALREADY)),
            (RECV, Fails(Errno::EAGAIN)),
            (ACCEPT, Fails(Errno::EAGAIN)),
            (r#""send","host":"server""#, Fails(Errno::ENOTCONN)),
            (r#""accept","host":"client""#, Fails(Errno::EINVAL)),
        ],
    );
    let open = take(&opening, &[r#"{"type":"play","us":500000}"#]);
    check(
        &open,
        &[
            (SEND, Returns(Value::Count(5))),
            (ACCEPT, Returns(Value::Descriptor(SocketId(4)))),
            (SHUTDOWN, Returns(Value::Zero)),
            (r#""connect","host":"client","socket":3"#, Fails(Errno::EISCONN)),
            (r#""listen","host":"client","socket":3"#, Fails(Errno::EINVAL)),
            (r#""listen","host":"server","socket":3"#, Returns(Value::Zero)),
        ],
    );
    let half = take(&open, &[r#"{"type":"shutdown","host":"client","how":"WR"}"#]);
    check(&half, &[(SEND, Fails(Errno::EPIPE)), (CLOSE, Returns(Value::Zero))]);
    let down = take(&half, &[r#"{"type":"crash","host":"client"}"#]);
    check(&down, &[(CONNECT, NoSocket), (CLOSE, NoSocket)]);
}

#[test]
fn how_a_connection_ended_is_worth_a_call() {
    let refused = session(&BARE.replace(r#""program": "echo""#, r#""program": "none""#));
    let refused = run_to_the_end(&take(&refused, &[r#"{"type":"connect","host":"client"}"#]));
    check(&refused, &[(SEND, Fails(Errno::ECONNREFUSED))]);
}

#[test]
fn looking_ahead_changes_nothing_and_other_actions_return_nothing() {
    let session = session(BARE);
    let before = session.fingerprint();
    check(&session, &[(CONNECT, Fails(Errno::EINPROGRESS))]);
    assert_eq!(session.fingerprint(), before);
    assert_eq!(outlook(session.world(), session.now(), &Action::CutCable), Ok(None));
}
