//! `www/tcp-lab.d.ts` says what really crosses to JavaScript: every action, field and name in it, and nothing else.

use std::collections::BTreeSet;
use std::rc::Rc;

use course::{Lang, Notation, experiments, explain};
use lab::host::SocketOption;
use lab::view::RecordView;
use lab::{Action, Scenario, Session, Snapshot};
use serde::Serialize;
use serde_json::Value;
use tcp::{Config, IcmpKind, State, TimerKind, WhatIf};

const DECLARATIONS: &str = include_str!("../www/tcp-lab.d.ts");

/// The fields of `interface name`, without those of nested objects.
fn interface(name: &str) -> BTreeSet<String> {
    let head = format!("interface {name} {{\n");
    let start = DECLARATIONS.find(&head).unwrap_or_else(|| panic!("{name} is declared")) + head.len();
    let body = &DECLARATIONS[start..start + DECLARATIONS[start..].find("\n}").expect("it ends")];
    let fields = body.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names =
        fields.filter_map(|line| line.trim().split_once(':').map(|(name, _)| name.trim_end_matches('?')));
    names
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().expect("an object").keys().cloned().collect()
}

/// What crosses, as JavaScript reads it.
fn crosses(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("plain data")
}

/// The `type` of every action that is declared.
fn declared_actions() -> BTreeSet<String> {
    let start = DECLARATIONS.find("export type CallAction").expect("the first kind of actions");
    let end = DECLARATIONS.find("export type Action =").expect("all kinds together");
    let lines = DECLARATIONS[start..end].lines().filter(|line| line.contains("{ type: \""));
    lines.filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

#[test]
fn every_action_is_declared_and_no_other() {
    // serde names them all when it finds another.
    let names = serde_json::from_str::<Action>(r#"{"type":""}"#).expect_err("no action").to_string();
    assert_eq!(declared_actions(), names.split('`').skip(3).step_by(2).map(str::to_owned).collect());
}

#[test]
fn snapshots_and_records_have_the_declared_fields() {
    let scenario = experiments::scenario("lost-syn-ack").expect("it is built in");
    let mut session = Session::new(scenario);
    // A moment with a segment in flight and a timer of the client running.
    let mut snapshot = Value::Null;
    while snapshot["in_flight"][0].is_null() || snapshot["hosts"][0]["sockets"][0]["timers"][0].is_null() {
        session = session.apply(&Action::Step).expect("a step");
        snapshot = crosses(&Snapshot::of(&session));
    }
    assert_eq!(keys(&snapshot), interface("Snapshot"));
    assert_eq!(keys(&snapshot["hosts"][0]), interface("HostView"));
    let socket = &snapshot["hosts"][0]["sockets"][0];
    assert_eq!(keys(socket), interface("SocketView"));
    assert_eq!(keys(&socket["timers"][0]), interface("TimerView"));
    assert_eq!(keys(&snapshot["in_flight"][0]), interface("SegmentView"));
    assert_eq!(keys(&snapshot["link"]), interface("LinkView"));
    assert_eq!(keys(&snapshot["branches"][0]), interface("BranchView"));

    let records: Vec<_> = session.records().iter().map(|record| RecordView::of(record)).collect();
    let records = crosses(&records);
    let with =
        |field: &str| records.as_array().expect("a list").iter().find(|record| !record[field].is_null());
    let transition = with("transition").expect("a transition");
    assert_eq!(keys(transition), interface("RecordView"));
    assert_eq!(keys(&transition["transition"]), interface("TransitionView"));
    assert_eq!(keys(&with("call").expect("a call")["call"]), interface("CallView"));

    let last = session.records().len() - 1;
    let explanation = crosses(&explain(session.records(), last, Notation::Symbolic, Lang::En));
    assert_eq!(keys(&explanation), interface("Explanation"));
}

#[test]
fn settings_have_the_declared_fields() {
    assert_eq!(keys(&serde_json::to_value(Config::default()).expect("plain data")), interface("Config"));
    assert_eq!(keys(&serde_json::to_value(WhatIf::default()).expect("plain data")), interface("WhatIf"));
}

#[test]
fn states_and_timers_have_the_declared_names() {
    for state in State::ALL {
        assert!(DECLARATIONS.contains(&format!("| \"{state}\"")), "{state}");
        assert_eq!(serde_json::to_value(state).expect("a name"), state.name());
    }
    for kind in TimerKind::ALL {
        assert!(DECLARATIONS.contains(&format!("\"{}\"", kind.name())), "{}", kind.name());
    }
}

#[test]
fn socket_options_have_the_declared_names() {
    for (name, _) in SocketOption::NAMES {
        assert!(DECLARATIONS.contains(&format!("| \"{name}\"")), "{name}");
    }
}

#[test]
fn reports_of_routers_have_the_declared_names() {
    for kind in IcmpKind::ALL {
        let name = serde_json::to_value(kind).expect("a name");
        assert!(DECLARATIONS.contains(&format!("| {name}")), "{name}");
        assert_eq!(DECLARATIONS.contains(&format!("| {name} // hard")), kind.is_hard(), "{name}");
    }
}

#[test]
fn the_example_of_a_rule_is_read() {
    let text = r#"{"type":"add_rule","rule":{"from":"server","matches":{"fin":true},"nth":1,"verdict":{"corrupt":{}}}}"#;
    let action = Action::from_json(text).expect("it is declared so");
    let free: Rc<Scenario> = experiments::scenario("free").expect("built in");
    assert!(Session::new(free).apply(&action).is_ok());
}
