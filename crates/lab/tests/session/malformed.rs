//! Whatever comes in from outside: an error or a session, never a panic.

use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lab::net::hash::stable_hash;
use lab::session_link::{LinkError, LinkNotice};
use lab::{Action, Scenario, Session};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::kit::{HANDSHAKE, run_to_the_end, session};

const NAMES: &[&str] = &[
    "type", "host", "socket", "segment", "us", "tick", "at_us", "to", "rule", "config", "text", "bytes",
    "from", "how", "verdict", "matches", "nth", "addr", "port", "lab", "run", "now", "state", "answer",
    "skipped", "on", "branch", "index",
];
const WORDS: &[&str] = &[
    "step",
    "seek",
    "drop",
    "connect",
    "send",
    "client",
    "server",
    "add_rule",
    "remove_rule",
    "set_config",
    "set_what_if",
    "play",
    "corrupt",
    "listen",
    "close",
    "shutdown",
    "RDWR",
    "test",
    "load",
    "192.0.2.1",
    "",
    "\u{0}",
    "世",
];

/// JSON that is made of our own words, and so gets further than any other.
fn plausible() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0u64..70_000).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0.0f64..9e18).prop_map(Value::from),
        prop::sample::select(WORDS).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        let name = prop::sample::select(NAMES).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// An action that has a known type and some of the fields that actions have.
fn nearly_an_action() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(NAMES).prop_map(str::to_owned);
    let fields = prop::collection::btree_map(name, plausible(), 0..4);
    (prop::sample::select(WORDS), fields).prop_map(|(word, mut fields)| {
        fields.insert("type".to_owned(), Value::from(word));
        Value::Object(fields.into_iter().collect())
    })
}

fn built_in(id: &str) -> Option<Rc<Scenario>> {
    (id == "test").then(|| Rc::new(Scenario::from_json(HANDSHAKE).expect("valid")))
}

/// A link with a body of our choice and the right checksum.
fn link_of(body: &Value) -> String {
    let body = body.to_string().into_bytes();
    format!("1.{}.{:08x}", URL_SAFE_NO_PAD.encode(&body), stable_hash(&body[..]) as u32)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_an_action_or_an_error(text in ".{0,80}") {
        let _ = Action::from_json(&text);
    }

    #[test]
    fn what_is_nearly_an_action_is_taken_or_refused(value in nearly_an_action()) {
        match Action::from_json(&value.to_string()) {
            Ok(action) => {
                let session = session(HANDSHAKE);
                let fingerprint = session.fingerprint();
                if let Err(why) = session.apply(&action) {
                    prop_assert!(!why.field.is_empty() && !why.to_string().is_empty());
                }
                prop_assert_eq!(session.fingerprint(), fingerprint);
            }
            Err(why) => {
                // The place begins with a field that is there, or with one that should be.
                let head = why.field.split(['.', '[']).next().expect("a first part");
                let is_there = value.get(head).is_some();
                prop_assert!(is_there || why.to_string().contains("must be given"), "{} {}", value, why);
            }
        }
    }

    #[test]
    fn any_text_is_a_link_or_an_error(text in "(1\\.)?[A-Za-z0-9_.-]{0,60}") {
        let _ = Session::from_link(&text, built_in);
    }

    #[test]
    fn any_body_is_a_session_or_an_error(lab in plausible(), run in prop::collection::vec(plausible(), 0..4), tick in 0u32..20, now: u64, state: u64) {
        let _ = Session::from_link(&link_of(&json!({"lab": lab, "run": run, "tick": tick, "now": now, "state": state})), built_in);
        let at_known = json!({"lab": "test", "run": run, "tick": tick, "now": now, "state": state});
        let _ = Session::from_link(&link_of(&at_known), built_in);
    }

    #[test]
    fn any_journal_is_replayed_or_refused(run in prop::collection::vec(
        prop_oneof![
            (0u32..12).prop_map(Value::from),
            (0u64..900_000, nearly_an_action()).prop_map(|(at, action)| json!([at, action])),
        ], 0..6), tick in 0u32..12) {
        let body = json!({"lab": "test", "run": run, "tick": tick, "now": 0, "state": 0});
        if let Err(why) = Session::from_link(&link_of(&body), built_in) {
            prop_assert!(!why.to_string().is_empty());
        }
    }
}

#[test]
fn a_body_that_is_wrong_in_one_place_is_told_for_that() {
    let end = run_to_the_end(&session(HANDSHAKE));
    let open = |change: &dyn Fn(&mut Value)| {
        let link = end.to_link(true);
        let body = URL_SAFE_NO_PAD.decode(link.split('.').nth(1).expect("a body")).expect("base64");
        let mut body = serde_json::from_slice(&body).expect("JSON");
        change(&mut body);
        let session = Session::from_link(&link_of(&body), built_in)?;
        assert_eq!(session.tick(), session.ticks(), "it is shown as far as it leads");
        Ok((session.ticks(), session.link_notice()))
    };
    let all = end.ticks();
    assert_eq!(open(&|_| ()), Ok((all, None)));
    assert_eq!(open(&|body| body["state"] = 1.into()), Ok((all, Some(LinkNotice::Differs))));
    let cut_short = |ticks| Ok((ticks, Some(LinkNotice::CutShort)));
    assert_eq!(open(&|body| body["tick"] = 99.into()), cut_short(all));
    assert_eq!(open(&|body| body["run"] = json!([99])), cut_short(all));
    assert_eq!(open(&|body| body["run"] = json!([4_000_000])), cut_short(all));
    assert_eq!(open(&|body| body["run"] = json!([[0, {"type": "step"}]])), cut_short(0));
    // After the script's connect() at 100 ms: an action from before it, and one from after the next event.
    let cut = |at: u64| json!([4, [at, {"type": "cut_cable"}]]);
    assert_eq!(open(&|body| body["run"] = cut(0)), cut_short(4));
    assert_eq!(open(&|body| body["run"] = cut(9_000_000)), cut_short(4));
    assert_eq!(
        open(&|body| body["lab"] = "other".into()),
        Err(LinkError::NoSuchScenario("other".to_owned()))
    );
    assert!(matches!(open(&|body| body["lab"] = json!({})), Err(LinkError::Scenario(_))));
    assert_eq!(open(&|body| body["more"] = 1.into()), Err(LinkError::CannotReplay));
}

/// Comparing each field with every other one took 46 seconds for this many.
#[test]
fn an_object_of_very_many_fields_is_refused_at_once() {
    let fields: Vec<_> = (0..150_000).map(|i| format!("\"{i}\":0")).collect();
    let object = format!("{{{}}}", fields.join(","));
    let bodies = [
        object.clone(),
        format!(r#"{{"lab":{object},"run":[],"tick":0,"now":0,"state":0}}"#),
        format!(r#"{{"lab":"test","run":[[0,{object}]],"tick":0,"now":0,"state":0}}"#),
    ];
    for body in bodies {
        let link = format!("1.{}.{:08x}", URL_SAFE_NO_PAD.encode(&body), stable_hash(body.as_bytes()) as u32);
        assert!(Session::from_link(&link, built_in).is_err());
    }
    assert!(Action::from_json(&object).is_err());
}
