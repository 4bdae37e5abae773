//! Wireshark's opinion of the experiments: each is run as its script has it, captured, and read by tshark.
//!
//! A capture has two interfaces, one a host; each is given to tshark alone, for a packet seen at both ends would look
//! like a retransmission. Without tshark the test says so and passes.

use std::io::Write;
use std::process::{Command, Stdio};
use std::rc::Rc;

use course::experiments;
use lab::host::HostId;
use lab::pcapng::capture;
use lab::{Action, QuestionState, Scenario, Session};

/// The expert notes that the runs deserve: how grave tshark takes them, its words, ours.
const NOTES: &[(Severity, &str, &str)] = &[
    (Severity::Chat, "Connection establish request (SYN): server port 80", "opens"),
    (Severity::Chat, "Connection establish acknowledge (SYN+ACK): server port 80", "accepts"),
    (Severity::Chat, "Connection finish (FIN)", "finishes"),
    (Severity::Warning, "Connection reset (RST)", "resets"),
    (Severity::Note, "This frame initiates the connection closing", "first"),
    (Severity::Note, "This frame undergoes the connection closing", "second"),
    (Severity::Note, "This frame is a (suspected) retransmission", "again"),
    (Severity::Note, "This frame is a (suspected) fast retransmission", "fast"),
    (Severity::Note, "This frame is a (suspected) spurious retransmission", "needlessly"),
    (Severity::Note, "Duplicate ACK (#1)", "duplicate"),
    (Severity::Note, "Duplicate ACK (#2)", "duplicate-2"),
    (Severity::Note, "Duplicate ACK (#3)", "duplicate-3"),
    (Severity::Note, "TCP keep-alive segment", "keep-alive"),
    (Severity::Warning, "Previous segment(s) not captured (common at capture start)", "gap"),
    (
        Severity::Note,
        "A new tcp session is started with the same ports as an earlier session in this trace",
        "same-ports",
    ),
    (Severity::Warning, "TCP window specified by the receiver is now completely full", "fills-window"),
    (Severity::Warning, "TCP Zero Window segment", "shut"),
    (Severity::Note, "TCP Zero Window Probe", "probe"),
    (Severity::Note, "ACK to a TCP Zero Window Probe", "answers-probe"),
    (Severity::Chat, "TCP window update", "opens-window"),
];

/// How grave, by tshark's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Severity {
    Chat = 0x20_0000,
    Note = 0x40_0000,
    Warning = 0x60_0000,
}

/// The group that all notes about the order of segments belong to.
const SEQUENCE: &str = "33554432";

/// Each run as tshark reads it at the client and at the server: every packet by its flags, with its expert notes.
const DESERVED: &[(&str, [&str; 2])] = &[
    ("handshake", ["S(opens) AS(accepts) A", "S(opens) AS(accepts) A"]),
    // The SYN,ACK is lost: the client repeats its SYN, and the server its answer.
    (
        "lost-syn-ack",
        ["S(opens) S(opens again) AS(accepts) A", "S(opens) AS(accepts) S(opens again) AS(accepts again) A"],
    ),
    // The first SYN is late. When it arrives the connection is over: its answer opens the same ports again, with other
    // numbers than the last connection had.
    (
        "why-not-two",
        [
            "S(opens) S(opens again) AS(accepts) AP A AF(finishes first) A AF(finishes second) A \
             AS(accepts same-ports gap)",
            "S(opens) AS(accepts) AP A AF(finishes first) A AF(finishes second) A S(opens again) \
             AS(accepts same-ports gap)",
        ],
    ),
    (
        "four-way-close",
        [
            "S(opens) AS(accepts) A AF(finishes first) A AF(finishes second) A",
            "S(opens) AS(accepts) A AF(finishes first) A AF(finishes second) A",
        ],
    ),
    (
        "half-close",
        [
            "S(opens) AS(accepts) A AF(finishes first) A AP A AP A AF(finishes second) A",
            "S(opens) AS(accepts) A AF(finishes first) A AP A AP A AF(finishes second) A",
        ],
    ),
    // The server's own acknowledgement of the FIN is lost.
    (
        "fin-and-ack-in-one",
        [
            "S(opens) AS(accepts) A AF(finishes first) AF(finishes second) A",
            "S(opens) AS(accepts) A AF(finishes first) A AF(finishes second) A",
        ],
    ),
    (
        "simultaneous-close",
        [
            "S(opens) AS(accepts) A AF(finishes first) AF(finishes second) A A",
            "S(opens) AS(accepts) A AF(finishes first) AF(finishes second) A A",
        ],
    ),
    // The last ACK is lost: the server repeats its FIN, and the client its ACK.
    (
        "lost-last-ack",
        [
            "S(opens) AS(accepts) A AF(finishes first) A AF(finishes second) A AF(finishes second \
             again) A(duplicate)",
            "S(opens) AS(accepts) A AF(finishes first) A AF(finishes second) AF(finishes second again) A",
        ],
    ),
    // The broken rules let the second connection use the ports and the very numbers of the first: whatever it sends
    // looks sent before. Only the text that is truly late is called needless.
    (
        "no-time-wait",
        [
            "S(opens) AS(accepts) A AP AP(again) A AF(finishes first) A AF(finishes second) A \
             AF(finishes second again) R(resets) S(opens again) AS(accepts again) A AP(again) \
             A(keep-alive) A(keep-alive)",
            "S(opens) AS(accepts) A AP A AF(finishes first) A AF(finishes second) AF(finishes second \
             again) R(resets) S(opens again) AS(accepts again) A AP(again) A(keep-alive) \
             AP(needlessly again) A(keep-alive)",
        ],
    ),
    ("half-open", ["S(opens) AS(accepts) A AP R(resets)", "S(opens) AS(accepts) A AP R(resets)"]),
    (
        "shut-window",
        [
            "S(opens) AS(accepts) A A(fills-window) A(shut) A(probe) A(shut answers-probe) \
             A(opens-window) A AP A A AR(resets)",
            "S(opens) AS(accepts) A A(fills-window) A(shut) A(probe) A(shut answers-probe) \
             A(opens-window) A A AP A AR(resets)",
        ],
    ),
    // The first of four segments is lost.
    (
        "hole",
        [
            "S(opens) AS(accepts) A A A A AP A(duplicate) A(duplicate-2) A(duplicate-3) A(fast again) \
             A AR(resets)",
            "S(opens) AS(accepts) A A(gap) A(duplicate) A A(duplicate-2) AP A(duplicate-3) A(again) A \
             AR(resets)",
        ],
    ),
];

/// What the learner is asked to do in an experiment.
fn deed(id: &str) -> Option<&'static str> {
    let lost_syn_ack =
        r#"{"type":"add_rule","rule":{"from":"server","matches":{"syn":true,"ack":true},"verdict":"drop"}}"#;
    (id == "lost-syn-ack").then_some(lost_syn_ack)
}

/// What no experiment shows: a window that is shut, probed and opened; a hole that duplicate acknowledgements tell of.
const OTHERS: [(&str, &str); 2] = [
    (
        "shut-window",
        r#"{"format": 1, "id": "shut-window", "title": {"zh-Hans": "-", "en": "-"}, "goal": {"zh-Hans": "-", "en": "-"},
            "hosts": {"client": {}, "server": {"settings": {"config": {"receive_buffer_bytes": 1000}}}},
            "script": [
                {"at_us": 0, "action": {"type": "listen", "host": "server"}},
                {"at_us": 0, "action": {"type": "connect", "host": "client"}},
                {"at_us": 500000, "action": {"type": "accept", "host": "server"}},
                {"at_us": 1000000, "action": {"type": "send", "host": "client", "bytes": 1500}},
                {"at_us": 4000000, "action": {"type": "recv", "host": "server"}},
                {"at_us": 9000000, "action": {"type": "abort", "host": "client"}}
            ]}"#,
    ),
    (
        "hole",
        r#"{"format": 1, "id": "hole", "title": {"zh-Hans": "-", "en": "-"}, "goal": {"zh-Hans": "-", "en": "-"},
            "hosts": {"client": {"settings": {"config": {"initial_segments": 10}}}, "server": {}},
            "link": {"rules": [{"from": "client", "matches": {"text": true}, "nth": 1, "verdict": "drop"}]},
            "script": [
                {"at_us": 0, "action": {"type": "listen", "host": "server"}},
                {"at_us": 0, "action": {"type": "connect", "host": "client"}},
                {"at_us": 500000, "action": {"type": "accept", "host": "server"}},
                {"at_us": 1000000, "action": {"type": "send", "host": "client", "bytes": 5840}},
                {"at_us": 9000000, "action": {"type": "abort", "host": "client"}}
            ]}"#,
    ),
];

/// The experiments, and the others, each run until nothing more happens.
fn runs() -> Vec<Session> {
    let built_in = experiments::all().into_iter().filter(|experiment| experiment.id != "free");
    let built_in = built_in.map(|experiment| {
        let deed = deed(&experiment.id);
        run(Session::new(experiment), deed)
    });
    let others = OTHERS.iter().map(|(id, text)| {
        let scenario = Scenario::from_json(text).unwrap_or_else(|error| panic!("{id}: {error}"));
        run(Session::new(Rc::new(scenario)), None)
    });
    built_in.chain(others).collect()
}

fn run(mut session: Session, deed: Option<&str>) -> Session {
    if let Some(deed) = deed {
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

/// What tshark says of a packet.
struct Read {
    flags: String,
    ip_sum: String,
    tcp_sum: String,
    malformed: String,
    /// Each expert note: its severity, its group, its words.
    expert: Vec<[String; 3]>,
}

/// Between the expert notes of one packet: nothing that stands in one.
const BETWEEN: char = '|';

fn read(file: &[u8]) -> Vec<Read> {
    let mut tshark = Command::new("tshark");
    tshark.args(["-r", "-", "-T", "fields", "-E", &format!("aggregator={BETWEEN}")]);
    tshark.args(["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"]);
    let of_packet = ["tcp.flags.str", "ip.checksum.status", "tcp.checksum.status", "_ws.malformed"];
    let of_experts = ["_ws.expert.severity", "_ws.expert.group", "_ws.expert.message"];
    for field in of_packet.iter().chain(&of_experts) {
        tshark.args(["-e", field]);
    }
    let started = tshark.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.expect("tshark starts");
    child.stdin.take().expect("it is piped").write_all(file).expect("tshark reads");
    let output = child.wait_with_output().expect("tshark ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("tshark writes text");
    text.lines().map(line).collect()
}

fn line(line: &str) -> Read {
    let fields: Vec<_> = line.split('\t').map(str::to_owned).collect();
    let [flags, ip_sum, tcp_sum, malformed, severities, groups, messages] = fields.as_slice() else {
        panic!("tshark wrote {line:?}")
    };
    let parts = |field: &str| field.split(BETWEEN).map(str::to_owned).collect::<Vec<_>>();
    let (severities, groups, messages) = (parts(severities), parts(groups), parts(messages));
    assert!(severities.len() == groups.len() && groups.len() == messages.len(), "tshark wrote {line:?}");
    let experts = severities.into_iter().zip(groups).zip(messages);
    let expert = experts.map(|((severity, group), message)| [severity, group, message]);
    Read {
        flags: flags.clone(),
        ip_sum: ip_sum.clone(),
        tcp_sum: tcp_sum.clone(),
        malformed: malformed.clone(),
        expert: expert.filter(|[severity, ..]| !severity.is_empty()).collect(),
    }
}

/// `···A···F` as `FA`.
fn letters(flags: &str) -> String {
    flags.chars().filter(char::is_ascii_uppercase).collect()
}

/// The packets of a capture, `flags(notes)`; nothing in it may be malformed or have a wrong sum.
fn packets(id: &str, host: HostId, file: &[u8]) -> String {
    let mut packets = Vec::new();
    for (number, packet) in (1..).zip(read(file)) {
        let place = format!("{id}, {host}: packet {number}");
        assert_eq!([packet.ip_sum.as_str(), &packet.tcp_sum], ["1", "1"], "{place} has a wrong checksum");
        assert_eq!(packet.malformed, "", "{place} is malformed");
        let notes: Vec<_> = packet.expert.iter().map(|note| word_for(&place, note)).collect();
        let notes = if notes.is_empty() { String::new() } else { format!("({})", notes.join(" ")) };
        packets.push(letters(&packet.flags) + &notes);
    }
    packets.join(" ")
}

fn word_for(place: &str, [severity, group, message]: &[String; 3]) -> &'static str {
    let known = NOTES.iter().find(|(_, words, _)| words == message);
    let (grave, _, word) = known.unwrap_or_else(|| panic!("{place}: {message}"));
    assert_eq!(*severity, (*grave as u32).to_string(), "{place}: {message} is not a {grave:?}");
    assert_eq!(group, SEQUENCE, "{place}: {message}");
    word
}

#[test]
fn wireshark_notes_what_each_experiment_deserves_and_nothing_else() {
    let has_tshark =
        Command::new("tshark").arg("--version").output().is_ok_and(|output| output.status.success());
    if !has_tshark {
        return eprintln!("skipped: there is no tshark");
    }
    let mut found = Vec::new();
    let runs = runs();
    for session in &runs {
        let (id, file) = (session.scenario().id.as_str(), capture(session));
        found.push((id, HostId::ALL.map(|host| packets(id, host, &of_host(&file, host)))));
    }
    let deserved: Vec<_> = DESERVED.iter().map(|(id, hosts)| (*id, hosts.map(str::to_owned))).collect();
    assert_eq!(found, deserved);
}
