//! Small scenarios and sessions to start from.

use std::rc::Rc;

use lab::host::HostId;
use lab::{Action, Scenario, Session};
use tcp::State;

/// A server that echoes, a client that connects after 100 ms.
pub(crate) const HANDSHAKE: &str = r#"{
    "format": 1, "id": "test", "title": {"zh-Hans": "测试", "en": "Test"}, "goal": {"zh-Hans": "目标", "en": "Goal"},
    "hosts": {"server": {"program": "echo"}},
    "script": [{"at_us": 100000, "action": {"type": "connect", "host": "client"}}]
}"#;

/// A server that echoes and nothing else.
pub(crate) const BARE: &str = r#"{
    "format": 1, "id": "bare", "title": {"zh-Hans": "空", "en": "Bare"}, "goal": {"zh-Hans": "无", "en": "None"},
    "hosts": {"server": {"program": "echo"}}
}"#;

pub(crate) fn session(scenario: &str) -> Session {
    Session::new(Rc::new(Scenario::from_json(scenario).expect("the scenario is valid")))
}

/// Takes actions written as JSON; each must succeed.
#[track_caller]
pub(crate) fn take(session: &Session, actions: &[&str]) -> Session {
    actions.iter().fold(session.clone(), |session, text| {
        let action = Action::from_json(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        session.apply(&action).unwrap_or_else(|why| panic!("{text}: {why}"))
    })
}

pub(crate) fn run_to_the_end(session: &Session) -> Session {
    let mut session = session.clone();
    for _ in 0..10_000 {
        if session.is_idle() {
            return session;
        }
        session = session.apply(&Action::Step).expect("a step can be made");
    }
    panic!("the run has no end");
}

/// The state of the newest connection of each host.
pub(crate) fn states(session: &Session) -> [State; 2] {
    HostId::ALL.map(|host| {
        let mut sockets = session.world().host(host).sockets();
        sockets.rfind(|s| !s.is_listening()).map_or(State::Closed, |s| s.tcp_state())
    })
}
