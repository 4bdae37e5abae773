//! Wireshark's opinion of the experiments: each is run as its script has it, captured, and read by tshark.
//!
//! A capture has two interfaces, one a host; each is given to tshark alone, for a packet seen at both ends would look
//! like a retransmission. Without tshark the test says so and passes.

use std::io::Write;
use std::process::{Command, Stdio};

use tcp_state_lab::course::experiments::{self, EXPERIMENTS};
use tcp_state_lab::export::pcapng::capture;
use tcp_state_lab::host::HostId;
use tcp_state_lab::lab::{Action, QuestionState, Session};

/// What tshark may note of a packet.
const NOTES: [&str; 14] = [
    "retransmission",
    "fast_retransmission",
    "spurious_retransmission",
    "rto",
    "out_of_order",
    "lost_segment",
    "ack_lost_segment",
    "duplicate_ack",
    "zero_window",
    "zero_window_probe",
    "window_update",
    "keep_alive",
    "keep_alive_ack",
    "reused_ports",
];

/// What each experiment deserves: `host: flags note`, as often as it is noted.
const DESERVED: &[(&str, &[&str])] = &[
    ("handshake", &[]),
    // The SYN,ACK is lost: the client repeats its SYN, and the server its answer.
    ("lost-syn-ack", &["client: S retransmission", "server: S retransmission", "server: AS retransmission"]),
    // The first SYN is late. When it arrives the connection is over: its answer opens the same ports again, with other
    // numbers than the last connection had.
    (
        "why-not-two",
        &[
            "client: S retransmission",
            "client: AS lost_segment",
            "client: AS reused_ports",
            "server: S retransmission",
            "server: AS lost_segment",
            "server: AS reused_ports",
        ],
    ),
    ("four-way-close", &[]),
    ("half-close", &[]),
    ("fin-and-ack-in-one", &[]),
    ("simultaneous-close", &[]),
    // The last ACK is lost: the server repeats its FIN, and the client its ACK.
    ("lost-last-ack", &["client: AF retransmission", "client: A duplicate_ack", "server: AF retransmission"]),
    // The broken rules let the second connection use the ports and the very numbers of the first: whatever it sends
    // looks sent before. Only the text that is truly late is called spurious.
    (
        "no-time-wait",
        &[
            "client: AP retransmission",
            "client: AF retransmission",
            "client: S retransmission",
            "client: AS retransmission",
            "client: AP retransmission",
            "client: A keep_alive",
            "client: A keep_alive",
            "server: AF retransmission",
            "server: S retransmission",
            "server: AS retransmission",
            "server: AP retransmission",
            "server: A keep_alive",
            "server: AP retransmission",
            "server: AP spurious_retransmission",
            "server: A keep_alive",
        ],
    ),
    ("half-open", &[]),
];

/// What the learner is asked to do in an experiment.
fn deed(id: &str) -> Option<&'static str> {
    let lost_syn_ack =
        r#"{"type":"add_rule","rule":{"from":"server","matches":{"syn":true,"ack":true},"verdict":"drop"}}"#;
    (id == "lost-syn-ack").then_some(lost_syn_ack)
}

/// The experiment, run until nothing more happens.
fn run(id: &str) -> Session {
    let mut session = Session::new(experiments::scenario(id).expect("it is built in"));
    if let Some(deed) = deed(id) {
        session.take(&Action::from_json(deed).expect("the action is valid")).expect("it can be done");
    }
    while session.next_at().is_some() {
        let is_asked = session.question() == QuestionState::Open;
        let action = if is_asked { Action::SkipQuestion } else { Action::Step };
        session.take(&action).expect("it can go on");
    }
    session
}

/// The capture of one host: the blocks of its packets, and all that are not packets.
fn of_host(file: &[u8], host: HostId) -> Vec<u8> {
    const ENHANCED_PACKET: u32 = 6;
    let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().expect("four bytes"));
    let mut part = Vec::new();
    let mut at = 0;
    while at < file.len() {
        let end = at + word(at + 4) as usize;
        if word(at) != ENHANCED_PACKET || word(at + 8) as usize == host.index() {
            part.extend_from_slice(&file[at..end]);
        }
        at = end;
    }
    part
}

/// One line a packet: the flags, whether both checksums are good, whether anything is malformed, the notes.
fn read(file: &[u8]) -> Vec<Vec<String>> {
    let mut tshark = Command::new("tshark");
    tshark.args(["-r", "-", "-T", "fields", "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"]);
    for field in ["tcp.flags.str", "ip.checksum.status", "tcp.checksum.status", "_ws.malformed"] {
        tshark.args(["-e", field]);
    }
    for note in NOTES {
        tshark.args(["-e", &format!("tcp.analysis.{note}")]);
    }
    let started = tshark.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.expect("tshark starts");
    child.stdin.take().expect("it is piped").write_all(file).expect("tshark reads");
    let output = child.wait_with_output().expect("tshark ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("tshark writes text");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// `···A···F` as `FA`.
fn letters(flags: &str) -> String {
    flags.chars().filter(char::is_ascii_uppercase).collect()
}

/// What tshark notes of a capture; nothing in it may be malformed or have a wrong sum.
fn notes(id: &str, host: HostId, file: &[u8]) -> Vec<String> {
    let mut notes = Vec::new();
    for (number, packet) in (1..).zip(read(file)) {
        let [flags, ip_sum, tcp_sum, malformed, noted @ ..] = packet.as_slice() else {
            panic!("{id}: tshark wrote {packet:?}")
        };
        assert_eq!(
            [ip_sum.as_str(), tcp_sum],
            ["1", "1"],
            "{id}, {host}: packet {number} has a wrong checksum"
        );
        assert_eq!(malformed, "", "{id}, {host}: packet {number} is malformed");
        for (note, is_noted) in NOTES.iter().zip(noted) {
            // tshark tells the time-out of a retransmission beside the retransmission itself.
            if !is_noted.is_empty() && *note != "rto" {
                notes.push(format!("{host}: {} {note}", letters(flags)));
            }
        }
    }
    notes
}

#[test]
fn wireshark_notes_what_each_experiment_deserves_and_nothing_else() {
    let has_tshark =
        Command::new("tshark").arg("--version").output().is_ok_and(|output| output.status.success());
    if !has_tshark {
        return eprintln!("skipped: there is no tshark");
    }
    let mut found = Vec::new();
    for experiment in EXPERIMENTS.iter().filter(|experiment| experiment.id != "free") {
        let file = capture(&run(experiment.id));
        let notes: Vec<_> = HostId::ALL
            .into_iter()
            .flat_map(|host| notes(experiment.id, host, &of_host(&file, host)))
            .collect();
        found.push((experiment.id, notes));
    }
    let found: Vec<_> =
        found.iter().map(|(id, notes)| (*id, notes.iter().map(String::as_str).collect::<Vec<_>>())).collect();
    let deserved: Vec<_> = DESERVED.iter().map(|(id, notes)| (*id, notes.to_vec())).collect();
    assert_eq!(found, deserved);
}
