//! What must never change: links that exist open for ever, with the same moment, and a run is told as it was.
//!
//! `GOLDEN=add cargo test --test golden` adds what a file lacks. What is in a file is only changed by hand, and the reason
//! stands in the commit.

mod journeys;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use course::{Lang, Notation, experiments, explain};
use lab::view::RecordView;
use lab::{Action, Scenario, Session, Snapshot};
use serde::Serialize;
use serde_json::{Value, json};

use journeys::{JOURNEYS, Journey};

fn data(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("plain data")
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

type Golden = BTreeMap<String, Value>;

fn read(name: &str) -> Golden {
    std::fs::read_to_string(file(name))
        .map_or_else(|_| Golden::new(), |text| serde_json::from_str(&text).expect("the golden file is JSON"))
}

/// What the file has; with `GOLDEN=add` what it lacks is added.
fn golden(name: &str, found: impl FnOnce(&Golden) -> Golden) -> Golden {
    let mut known = read(name);
    if std::env::var("GOLDEN").is_ok_and(|value| value == "add") {
        let found = found(&known);
        known.extend(found);
        let text = serde_json::to_string(&known).expect("plain data") + "\n";
        std::fs::write(file(name), text.replace("\"},\"", "\"},\n\""))
            .expect("the golden file can be written");
    }
    known
}

fn walk(journey: &Journey) -> Session {
    let scenario = if journey.scenario.starts_with('{') {
        Rc::new(Scenario::from_json(journey.scenario).expect("the scenario is valid"))
    } else {
        experiments::scenario(journey.scenario).expect("it is built in")
    };
    journey.actions.iter().fold(Session::new(scenario), |session, text| {
        let action = Action::from_json(text).unwrap_or_else(|why| panic!("{}: {text}: {why}", journey.name));
        session.apply(&action).unwrap_or_else(|why| panic!("{}: {text}: {why}", journey.name))
    })
}

/// A difference is easier to read as the first place at which it is.
#[track_caller]
fn assert_same(name: &str, found: &Value, expected: &Value) {
    if let Some(place) = difference(found, expected) {
        panic!("{name}{place}");
    }
}

fn difference(found: &Value, expected: &Value) -> Option<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let names: std::collections::BTreeSet<_> = found.keys().chain(expected.keys()).collect();
            names.into_iter().find_map(|name| {
                let null = Value::Null;
                let [found, expected] = [found, expected].map(|object| object.get(name).unwrap_or(&null));
                difference(found, expected).map(|place| format!(".{name}{place}"))
            })
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            found.iter().zip(expected).enumerate().find_map(|(place, (found, expected))| {
                difference(found, expected).map(|rest| format!("[{place}]{rest}"))
            })
        }
        _ => (found != expected).then(|| format!("\n   found {found}\nexpected {expected}")),
    }
}

#[test]
fn every_kind_of_action_is_in_a_link() {
    let journeys: String = JOURNEYS.iter().flat_map(|journey| journey.actions).copied().collect();
    // serde names them all when it finds another.
    let names = serde_json::from_value::<Action>(json!({"type": ""})).expect_err("no action").to_string();
    let names = names.split('`').skip(3).step_by(2);
    let kept: Vec<_> = names.filter(|name| !journeys.contains(&format!("\"type\":\"{name}\""))).collect();
    assert_eq!(kept, ["load"], "a session never loads another one");
}

#[test]
fn links_that_exist_open_with_the_same_moment() {
    let links = golden("links.json", |known| {
        JOURNEYS
            .iter()
            .filter(|journey| !known.contains_key(journey.name))
            .map(|journey| {
                let session = walk(journey);
                let link = session.to_link(experiments::is_built_in(session.scenario()));
                let opened = Session::from_link(&link, experiments::scenario).expect("a new link opens");
                (journey.name.to_owned(), json!({ "link": link, "snapshot": data(&Snapshot::of(&opened)) }))
            })
            .collect()
    });
    assert!(links.len() >= 20, "{} links", links.len());
    for (name, kept) in &links {
        let link = kept["link"].as_str().expect("a link");
        let session =
            Session::from_link(link, experiments::scenario).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_same(name, &data(&Snapshot::of(&session)), &kept["snapshot"]);
    }
}

/// Three runs to their end: what has happened, how it is explained in both languages, and how it stands.
#[test]
fn runs_are_told_as_they_were() {
    let told = |id: &str| {
        let mut session = Session::new(experiments::scenario(id).expect("it is built in"));
        session.take(&Action::SkipQuestion).expect("it can be skipped");
        while !session.is_idle() {
            session.take(&Action::Step).expect("there is a next event");
        }
        let records = session.records();
        let explained = |lang: Lang| -> Vec<_> {
            (0..records.len()).map(|id| data(&explain(records, id, Notation::Symbolic, lang))).collect()
        };
        json!({
            "snapshot": data(&Snapshot::of(&session)),
            "transitions": records.iter().map(|record| data(&RecordView::of(record))).collect::<Vec<_>>(),
            "zh-Hans": explained(Lang::ZhHans),
            "en": explained(Lang::En),
        })
    };
    const RUNS: [&str; 3] = ["lost-syn-ack", "four-way-close", "half-open"];
    let kept = golden("runs.json", |known| {
        let missing = RUNS.iter().filter(|id| !known.contains_key(**id));
        missing.map(|id| ((*id).to_owned(), told(id))).collect()
    });
    assert_eq!(kept.len(), RUNS.len());
    for (id, expected) in &kept {
        assert_same(id, &told(id), expected);
    }
}
