//! The project's own scripts: each passes by the letter, and no mutant of one does.

mod kit;

use std::path::PathBuf;

use packetdrill::script::{Action, Body, flag};
use packetdrill::suite::{self, Outcome, Settings};
use packetdrill::{Mode, report};

/// The folder of each state below `matrix`, and what sockstat calls the state.
const STATES: [(&str, &str); 7] = [
    ("syn-received", "SYN_RCVD"),
    ("established", "ESTABLISHED"),
    ("close-wait", "CLOSE_WAIT"),
    ("fin-wait-1", "FIN_WAIT_1"),
    ("fin-wait-2", "FIN_WAIT_2"),
    ("closing", "CLOSING"),
    ("last-ack", "LAST_ACK"),
];

/// Kinds of segments that the public suites send into these states in no script. Of RST,ACK in SYN-RECEIVED and of SYN
/// in the others they have scripts.
const KINDS: [(&str, u8); 7] = [
    ("ack", flag::ACK),
    ("syn", flag::SYN),
    ("fin", flag::FIN),
    ("fin-ack", flag::FIN | flag::ACK),
    ("syn-ack", flag::SYN | flag::ACK),
    ("syn-fin", flag::SYN | flag::FIN),
    ("rst-ack", flag::RST | flag::ACK),
];

fn folder() -> PathBuf {
    kit::root().join("tests/packetdrill")
}

fn scripts() -> Vec<PathBuf> {
    suite::scripts(&[folder()]).expect("the folder can be read")
}

#[test]
fn our_scripts_pass_by_the_letter() {
    let settings = Settings { mode: Mode::Strict, ..Settings::default() };
    let scripts = scripts();
    assert!(scripts.len() >= 110, "{} scripts", scripts.len());
    let outcomes = scripts.iter().map(|path| (path, suite::judge(path, &settings)));
    let wrong: Vec<_> = outcomes
        .filter(|(_, outcome)| !matches!(outcome, Outcome::Pass(_)))
        .map(|(path, outcome)| report::line(path, &outcome))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_says_what_it_shows_and_which_clause_demands_it() {
    for path in scripts() {
        let source = std::fs::read_to_string(&path).expect("the script can be read");
        let head: Vec<_> = source.lines().take_while(|line| line.starts_with("// ")).collect();
        let names_a_source = ["// RFC ", "// POSIX "].iter().any(|start| source.starts_with(start));
        assert!(names_a_source && head.concat().contains(": "), "{}: {head:?}", path.display());
    }
}

/// Each cell of states and segments has a script that reaches the state, sees that it is there, and sends the segment.
#[test]
fn no_cell_of_states_and_segments_is_empty() {
    let mut cells = 0;
    for (state, name) in STATES {
        for (kind, flags) in KINDS {
            let is_known = if state == "syn-received" { kind == "rst-ack" } else { kind == "syn" };
            if is_known {
                continue;
            }
            let path = folder().join("matrix").join(state).join(kind).with_extension("pkt");
            let source =
                std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let script = packetdrill::parse(&source, &[]).expect("reads");
            let is_in_state = format!("grep -c {name} | grep 1");
            let looks =
                |action: &Action| matches!(action, Action::Command(text) if text.ends_with(&is_in_state));
            let first_sent =
                script.events.iter().skip_while(|event| !looks(&event.action)).find_map(|event| {
                    let Action::Inject(packet) = &event.action else { return None };
                    let Body::Tcp(segment) = &packet.body else { return None };
                    Some(segment.flags & !flag::PSH)
                });
            assert_eq!(first_sent, Some(flags), "{}: the segment sent in {name}", path.display());
            cells += 1;
        }
    }
    assert_eq!(cells, 42);
}

#[test]
fn no_mutant_of_them_passes() {
    kit::check_mutants(&scripts(), &Settings { mode: Mode::Strict, ..Settings::default() });
}
