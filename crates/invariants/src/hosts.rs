//! Takes any bytes for what a learner does to two hosts: calls, verdicts on segments, settings, time and its reverse.

use course::{Lang, Notation, describe, experiments, explain, plain};
use lab::host::{HostId, How, Program, SocketOption};
use lab::net::{LinkRule, Match, Verdict, What};
use lab::{Action, Session, Snapshot, Trace, pcapng};
use tcp::time::{Duration, Instant};
use tcp::{IcmpKind, WhatIf};

use super::bytes_as::Choices;

/// The longest run. Longer ones would find nothing new.
const MOST_ACTIONS: u32 = 80;
/// So many records are explained, the last ones of a run.
const EXPLAINED: usize = 60;

/// Does one thing after the other in the free lab, and looks at all that can be seen of it.
pub fn check(data: &[u8]) {
    let session = run(data);
    explain_all(&session);
    assert_eq!(*session.trace(), Trace::of(session.records(), session.world().link()));
    let _ = Snapshot::of(&session);
    let link = session.to_link(true);
    let opened = Session::from_link(&link, experiments::scenario).expect("a session's own link opens");
    assert_eq!(opened.fingerprint(), session.fingerprint());
}

/// Does the same, and reads the capture of it block by block.
pub fn check_capture(data: &[u8]) {
    let session = run(data);
    let file = pcapng::capture(&session);
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().expect("four octets"));
    let (mut at, mut kinds) = (0, Vec::new());
    while at < file.len() {
        let length = number(at + 4) as usize;
        assert!(length >= 12 && length.is_multiple_of(4), "a block of {length} octets");
        assert_eq!(number(at + length - 4) as usize, length, "the lengths around a block");
        if number(at) == 6 {
            assert!(number(at + 8) < 2, "a packet of no interface");
            let octets = number(at + 20) as usize;
            assert!(octets + 32 <= length && length < octets + 36, "a packet of {octets} in {length}");
            assert_eq!(file[at + 28] >> 4, 4, "a packet that is not IPv4");
        }
        kinds.push(number(at));
        at += length;
    }
    assert_eq!(at, file.len(), "the last block ends with the file");
    assert_eq!(kinds[..3], [0x0A0D_0D0A, 1, 1], "a section, and an interface for each host");
    assert!(kinds[3..].iter().all(|kind| *kind == 6), "then nothing but packets");
}

fn run(data: &[u8]) -> Session {
    let mut choices = Choices(data);
    let mut session = Session::new(experiments::scenario("free").expect("it is built in"));
    let mut has_options = false;
    for _ in 0..MOST_ACTIONS {
        if choices.is_over() {
            break;
        }
        let known = session.records().len();
        let action = action(&mut choices);
        has_options |= matches!(action, Action::Setsockopt { .. });
        // What cannot be done is refused, and that is all right.
        let _ = session.take(&action);
        for record in session.records().iter().skip(known) {
            // A socket with options of its own has other settings than its host.
            if let What::Transition { transition, .. } = &record.what
                && !has_options
            {
                let host = record.host.expect("a transition happens at a host");
                super::check(transition, session.world().host(host).settings());
            }
        }
    }
    session
}

/// Each record has its explanation in every language, with nothing left open in it.
fn explain_all(session: &Session) {
    let records = session.records();
    for index in records.len().saturating_sub(EXPLAINED)..records.len() {
        for lang in Lang::ALL {
            let notation = Notation::ALL[index % 3];
            let told = explain(records, index, notation, lang);
            let texts = [&told.happened, &told.why, &told.otherwise].map(|spans| plain(spans));
            assert!(!told.title.is_empty() && !texts[0].is_empty() && !texts[1].is_empty(), "{told:?}");
            for text in texts.iter().chain([&told.title, &describe(records, index, notation, lang)]) {
                assert!(!text.contains(['{', '}', '`']) && !text.contains("**"), "{text}");
            }
        }
    }
}

fn action(choices: &mut Choices<'_>) -> Action {
    let host = choices.pick(&HostId::ALL);
    let socket = match choices.byte() {
        number @ 0..16 => Some(u32::from(number)),
        _ => None,
    };
    let number = u32::from(choices.byte());
    let segment = number % 48;
    match choices.byte() % 34 {
        0 => Action::Socket { host },
        1 => Action::Bind { host, socket, port: choices.u16() },
        2 => Action::Listen { host, socket, port: Some(80), backlog: Some(number) },
        3 => Action::Accept { host, socket },
        4 | 5 => Action::Connect { host, socket, to: None },
        6 => Action::Send { host, socket, text: None, bytes: Some(number * number) },
        7 => Action::Recv { host, socket, max: Some(number * number) },
        8 => Action::Shutdown { host, socket, how: choices.pick(&[How::Read, How::Write, How::Both]) },
        9 | 10 => Action::Close { host, socket },
        11 => Action::Abort { host, socket },
        12 => {
            let (option, _) = choices.pick(&SocketOption::NAMES);
            Action::Setsockopt { host, socket, option: option.to_owned(), value: Some(number) }
        }
        13 => Action::SetLinger { host, socket, seconds: choices.bool().then_some(number as u16) },
        14 => Action::Crash { host },
        15 => Action::Restart { host },
        16 => [Action::CutCable, Action::MendCable][usize::from(choices.bool())].clone(),
        17 => Action::RunProgram {
            host,
            program: choices.pick(&[Program::None, Program::Echo, Program::Sink, Program::NeverCloses]),
        },
        18..=21 => Action::Verdict { segment, verdict: verdict(choices) },
        22 => {
            let rule = LinkRule {
                from: host,
                nth: number % 4,
                matches: Match { syn: Some(choices.bool()), ack: None, fin: None, rst: None, text: None },
                verdict: verdict(choices),
            };
            Action::AddRule { rule }
        }
        23 => Action::ClearRules,
        24 => Action::SetLatency { from: host, us: Duration::from_millis(u64::from(number)) },
        25 => Action::SetLoss { from: host, per_mille: number as u16 * 4 },
        26 => Action::SetConfig { host, config: super::story::config(choices.u16(), choices) },
        27 => Action::SetWhatIf {
            host,
            what_if: WhatIf {
                two_way_open: choices.bool(),
                no_time_wait: choices.bool(),
                ..WhatIf::default()
            },
        },
        28 => Action::Back,
        29 => Action::Seek { tick: Some(number), at_us: None },
        30 => Action::Seek { tick: None, at_us: Some(Instant::from_micros(u64::from(number) * 100_000)) },
        31 => Action::Play { us: Duration::from_millis(u64::from(number) * 100) },
        32 => Action::Jump,
        _ => Action::Step,
    }
}

fn verdict(choices: &mut Choices<'_>) -> Verdict {
    let report = choices.pick(IcmpKind::ALL);
    choices.pick(&[
        Verdict::Deliver,
        Verdict::Drop,
        Verdict::Unreachable(report),
        Verdict::Delay(Duration::from_millis(900)),
        Verdict::Hold,
        Verdict::Release,
        Verdict::Duplicate,
        Verdict::Swap,
        Verdict::Corrupt { byte: None },
        Verdict::Corrupt { byte: Some(30) },
    ])
}
