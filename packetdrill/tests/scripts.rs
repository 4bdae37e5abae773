//! The project's own scripts: each passes to the letter, and no mutant of one passes.

mod kit;

use std::path::PathBuf;

use packetdrill::script::{Action, Body, flag};
use packetdrill::suite::{self, Outcome, Settings};
use packetdrill::{Mode, report};
use serde::Deserialize;

/// The folder of each state below `matrix`, and the name of the state in sockstat.
const STATES: [(&str, &str); 7] = [
    ("syn-received", "SYN_RCVD"),
    ("established", "ESTABLISHED"),
    ("close-wait", "CLOSE_WAIT"),
    ("fin-wait-1", "FIN_WAIT_1"),
    ("fin-wait-2", "FIN_WAIT_2"),
    ("closing", "CLOSING"),
    ("last-ack", "LAST_ACK"),
];

/// Kinds of segments that no public script sends in these states. The public suites have scripts for RST,ACK in
/// SYN-RECEIVED and for SYN in the other states.
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
fn our_scripts_pass_to_the_letter() {
    let settings = Settings { mode: Mode::Strict, ..Settings::default() };
    let scripts = scripts();
    assert!(scripts.len() >= 154, "{} scripts", scripts.len());
    let outcomes = scripts.iter().map(|path| (path, suite::judge(path, &settings)));
    let wrong: Vec<_> = outcomes
        .filter(|(_, outcome)| !matches!(outcome, Outcome::Pass(_)))
        .map(|(path, outcome)| report::line(path, &outcome))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_script_says_what_it_shows_and_its_clause() {
    for path in scripts() {
        let source = std::fs::read_to_string(&path).expect("the script can be read");
        let head: Vec<_> = source.lines().take_while(|line| line.starts_with("// ")).collect();
        let names_a_source = ["// RFC ", "// POSIX "].iter().any(|start| source.starts_with(start));
        assert!(names_a_source && head.concat().contains(": "), "{}: {head:?}", path.display());
    }
}

/// Each cell of states and segments has a script that reaches the state, checks it, and sends the segment.
#[test]
fn every_cell_of_states_and_segments_has_a_script() {
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

/// The result of a script on Linux.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnLinux {
    script: String,
    linux: Verdict,
    /// Where it differs.
    line: Option<usize>,
    because: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    /// Linux does what the script says.
    Same,
    /// Linux does what the script says, except for the choices of rules N1, N2 and N5.
    Loose,
    Differs,
    NotRun,
}

/// `linux.toml` has each script once, in order; and for each that differs, a reason and a line that is not empty.
#[test]
fn the_result_on_linux_is_listed_for_each_script() {
    #[derive(Deserialize)]
    struct Table {
        script: Vec<OnLinux>,
    }
    let text = std::fs::read_to_string(folder().join("linux.toml")).expect("the table can be read");
    let table: Table = toml::from_str(&text).expect("the table reads");
    let known: Vec<_> = scripts()
        .iter()
        .map(|path| path.strip_prefix(folder()).expect("below the folder").display().to_string())
        .collect();
    let listed: Vec<_> = table.script.iter().map(|entry| entry.script.clone()).collect();
    assert_eq!(listed, known);
    for OnLinux { script, linux, line, because } in table.script {
        let needs_reason = matches!(linux, Verdict::Differs | Verdict::NotRun);
        assert_eq!(because.is_some_and(|text| !text.is_empty()), needs_reason, "{script}: a reason");
        assert_eq!(line.is_some(), linux == Verdict::Differs, "{script}: a line");
        let source = std::fs::read_to_string(folder().join(&script)).expect("the script can be read");
        let is_event =
            |line: usize| source.lines().nth(line - 1).is_some_and(|text| text.starts_with(['+', '0']));
        assert!(line.is_none_or(is_event), "{script}: an event in line {line:?}");
    }
}

/// The corpus of the fuzz target, read as the target reads it; and every prefix of each text, because most wrong texts
/// are incomplete.
#[test]
fn any_text_is_parsed_or_refused_with_a_place() {
    let folder = kit::root().join("fuzz/corpus/script");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the target has a corpus") {
        let path = entry.expect("the folder is readable").path();
        let bytes = std::fs::read(&path).expect("the file is readable");
        let Ok(text) = str::from_utf8(&bytes) else { continue };
        for (end, _) in text.char_indices().step_by(7) {
            kit::any_text::check(&text[..end]);
        }
        kit::any_text::check(text);
        count += 1;
    }
    assert!(count > 8, "{count} texts");
}

#[test]
fn no_mutant_of_them_passes() {
    kit::check_mutants(&scripts(), &Settings { mode: Mode::Strict, ..Settings::default() });
}
