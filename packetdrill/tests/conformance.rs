//! FreeBSD's scripts, where they are there: which pass, which do not and why, and that no mutant of one passes.

mod kit;

use std::path::{Path, PathBuf};

use packetdrill::suite::{self, Outcome, Settings};
use packetdrill::{Definition, Departures};

/// Scripts that ask for something the stack does not have yet, by the end of their paths. One that passes must go.
const AWAITED: [(&str, &str); 4] = [
    ("rcv-syn-fin-with-data-listen-dropping-enabled-ipv4.pkt", "a switch that drops SYN,FIN"),
    ("rcv-syn-fin-without-data-listen-dropping-enabled-ipv4.pkt", "a switch that drops SYN,FIN"),
    ("rcv-syn-fin-with-data-syn-sent-dropping-enabled-ipv4.pkt", "a switch that drops SYN,FIN"),
    ("rcv-syn-fin-without-data-syn-sent-dropping-enabled-ipv4.pkt", "a switch that drops SYN,FIN"),
];

/// The scripts; None, said aloud, where they are not there.
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

fn is_awaited(path: &Path) -> bool {
    AWAITED.iter().any(|(name, _)| path.ends_with(name))
}

#[test]
fn freebsds_scripts_pass_or_their_departure_is_listed() {
    let Some(scripts) = scripts() else { return };
    let settings = settings();
    let mut wrong = Vec::new();
    for path in &scripts {
        let outcome = suite::judge(path, &settings);
        let is_right = match &outcome {
            Outcome::Pass(_) | Outcome::Departure(..) => !is_awaited(path),
            Outcome::Fail(_) | Outcome::Skip(_) => is_awaited(path),
        };
        if !is_right {
            wrong.push(packetdrill::report::line(path, &outcome));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), scripts.len(), wrong.join("\n"));
}

#[test]
fn no_mutant_of_them_passes() {
    let Some(scripts) = scripts() else { return };
    let passing: Vec<_> = scripts.into_iter().filter(|path| !is_awaited(path)).collect();
    kit::check_mutants(&passing, &settings());
}
