//! Takes any text for the link of a session, for a scenario and for an action.

use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use course::experiments;
use lab::net::hash::stable_hash;
use lab::{Action, Scenario, Session};

/// The first byte tells what to take the rest for.
pub fn check(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let Ok(text) = core::str::from_utf8(rest) else { return };
    match kind % 4 {
        0 => open(text),
        // Without a correct checksum hardly any text would be read.
        1 => open(&signed(text)),
        2 => {
            if let Ok(scenario) = Scenario::from_json(text) {
                play(Session::new(Rc::new(scenario)));
            }
        }
        _ => act(text),
    }
}

/// A link with this body, and the checksum that it must have.
pub fn signed(body: &str) -> String {
    let sum = stable_hash(body.as_bytes()) as u32;
    format!("1.{}.{sum:08x}", URL_SAFE_NO_PAD.encode(body))
}

/// The body of a link made by this program.
pub fn body_of(link: &str) -> String {
    let body = link.split('.').nth(1).expect("a link has three parts");
    let body = URL_SAFE_NO_PAD.decode(body).expect("a link of ours is whole");
    String::from_utf8(body).expect("a link of ours is text")
}

/// If a link opens, the session's own link must lead to the same moment.
fn open(link: &str) {
    let Ok(session) = Session::from_link(link, experiments::scenario) else { return };
    let again = session.to_link(experiments::is_built_in(session.scenario()));
    let reopened = Session::from_link(&again, experiments::scenario).expect("a link of ours opens");
    assert_eq!(reopened.fingerprint(), session.fingerprint());
    assert_eq!((reopened.tick(), reopened.now()), (session.tick(), session.now()));
}

fn play(mut session: Session) {
    for _ in 0..50 {
        if session.take(&Action::Step).is_err() {
            break;
        }
    }
    open(&session.to_link(experiments::is_built_in(session.scenario())));
}

/// One action for each line, in the free lab.
fn act(text: &str) {
    let mut session = Session::new(experiments::scenario("free").expect("it is built in"));
    for line in text.lines().take(60) {
        let Ok(action) = Action::from_json(line) else { continue };
        // What cannot be done is refused, and that is all right.
        let _ = session.take(&action);
    }
    open(&session.to_link(experiments::is_built_in(session.scenario())));
}
