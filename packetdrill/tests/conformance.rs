//! FreeBSD's scripts, if they are installed: which pass, which do not and why; and no mutant of one passes.

mod kit;

use std::path::PathBuf;

use packetdrill::suite::{self, Outcome, Settings};
use packetdrill::{Definition, Departures};

/// The scripts; None, with a message, if they are not installed.
fn scripts() -> Option<Vec<PathBuf>> {
    let folder = kit::root().join("../shared/conformance");
    if !folder.is_dir() {
        eprintln!("skipped: there are no scripts in ../shared/conformance");
        return None;
    }
    Some(suite::scripts(&[folder]).expect("the folder can be read"))
}

fn settings() -> Settings {
    Settings {
        definitions: vec![Definition { name: "STANDARD".to_owned(), value: None }],
        departures: Departures::read(&kit::root().join("tests/packetdrill/departures.toml")).expect("reads"),
        ..Settings::default()
    }
}

#[test]
fn freebsds_scripts_pass_or_are_listed_departures() {
    let Some(scripts) = scripts() else { return };
    let settings = settings();
    let mut wrong = Vec::new();
    for path in &scripts {
        let outcome = suite::judge(path, &settings);
        if !matches!(outcome, Outcome::Pass(_) | Outcome::Departure(..)) {
            wrong.push(packetdrill::report::line(path, &outcome));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), scripts.len(), wrong.join("\n"));
}

#[test]
fn no_mutant_of_them_passes() {
    let Some(scripts) = scripts() else { return };
    kit::check_mutants(&scripts, &settings());
}
