//! Captures: the blocks are well formed, and what is in them is what passed the hosts.

use course::experiments;
use lab::pcapng::capture;
use lab::{Action, Session};
use tcp::wire::{self, WireError};

/// A packet of a capture: the interface (0 is the client), the microsecond, the bytes.
type Captured = (u32, u64, Vec<u8>);

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

/// Takes a file apart by draft-ietf-opsawg-pcapng, sections 3 and 4; it must be free of errors.
fn read(file: &[u8]) -> (Vec<String>, Vec<Captured>) {
    let (mut interfaces, mut packets) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < file.len() {
        let (kind, length) = (u32_at(file, at), u32_at(file, at + 4) as usize);
        assert_eq!(length % 4, 0, "blocks end on a boundary of 32 bits");
        assert_eq!(u32_at(file, at + length - 4) as usize, length, "the length stands at both ends");
        let body = &file[at + 8..at + length - 4];
        match kind {
            0x0A0D_0D0A => {
                assert_eq!(at, 0, "one section");
                assert_eq!(
                    (u32_at(body, 0), u32_at(body, 4)),
                    (0x1A2B_3C4D, 1),
                    "order of bytes, version 1.0"
                );
                assert_eq!(body[8..], [0xFF; 8], "a section of unknown length");
            }
            1 => {
                assert_eq!((u32_at(body, 0), u32_at(body, 4)), (101, 0), "raw IP, no limit");
                interfaces.push(interface_name(&body[8..]));
            }
            6 => {
                let time = u64::from(u32_at(body, 4)) << 32 | u64::from(u32_at(body, 8));
                let (kept, original) = (u32_at(body, 12) as usize, u32_at(body, 16) as usize);
                assert_eq!(kept, original);
                assert!(body[20 + kept..].iter().all(|pad| *pad == 0) && body.len() - 20 - kept < 4);
                assert!((u32_at(body, 0) as usize) < interfaces.len(), "an interface that was described");
                packets.push((u32_at(body, 0), time, body[20..20 + kept].to_vec()));
            }
            other => panic!("block of type {other:#x}"),
        }
        at += length;
    }
    (interfaces, packets)
}

fn interface_name(mut options: &[u8]) -> String {
    let mut name = String::new();
    let mut microseconds = false;
    loop {
        let (code, length) = (u32_at(options, 0) & 0xFFFF, (u32_at(options, 0) >> 16) as usize);
        let value = &options[4..4 + length];
        match code {
            0 => break,
            2 => value.iter().for_each(|letter| name.push(char::from(*letter))),
            9 => microseconds = value == [6],
            other => panic!("option {other}"),
        }
        options = &options[4 + length.next_multiple_of(4)..];
    }
    assert!(microseconds);
    name
}

/// The client connects to a listener; what else happens is given.
fn run(actions: &[&str]) -> Session {
    let mut session = Session::new(experiments::scenario("free").expect("it is built in"));
    for action in [r#"{"type":"listen","host":"server"}"#, r#"{"type":"connect","host":"client"}"#]
        .iter()
        .chain(actions)
    {
        session.take(&Action::from_json(action).expect(action)).expect(action);
    }
    session
}

fn summary(session: &Session) -> Vec<(u32, u64, String)> {
    let (interfaces, packets) = read(&capture(session));
    assert_eq!(interfaces, ["client", "server"]);
    packets
        .into_iter()
        .map(|(interface, time, bytes)| {
            let what = match wire::decode(&bytes.into()) {
                Ok(segment) => segment.control.to_string(),
                Err(WireError::BadTcpChecksum { .. }) => "bad checksum".to_owned(),
                Err(other) => panic!("{other:?}"),
            };
            (interface, time / 1_000, what)
        })
        .collect()
}

#[track_caller]
fn check(session: &Session, expected: &[(u32, u64, &str)]) {
    let expected: Vec<_> = expected.iter().map(|&(i, at, what)| (i, at, what.to_owned())).collect();
    assert_eq!(summary(session), expected);
}

const TO_500_MS: &str = r#"{"type":"play","us":500000}"#;

#[test]
fn a_handshake_is_seen_from_both_ends() {
    check(
        &run(&[TO_500_MS]),
        &[
            (0, 0, "SYN"),
            (1, 100, "SYN"),
            (1, 100, "SYN,ACK"),
            (0, 200, "SYN,ACK"),
            (0, 200, "ACK"),
            (1, 300, "ACK"),
        ],
    );
}

#[test]
fn a_lost_packet_is_seen_once_a_copy_twice_and_a_damaged_one_with_its_wrong_checksum() {
    check(&run(&[r#"{"type":"drop","segment":1}"#, TO_500_MS]), &[(0, 0, "SYN")]);
    check(
        &run(&[r#"{"type":"corrupt","segment":1}"#, TO_500_MS]),
        &[(0, 0, "SYN"), (1, 100, "bad checksum")],
    );
    let copied =
        run(&[r#"{"type":"corrupt","segment":1}"#, r#"{"type":"duplicate","segment":1}"#, TO_500_MS]);
    check(&copied, &[(0, 0, "SYN"), (1, 100, "bad checksum"), (1, 100, "bad checksum")]);
    check(&run(&[r#"{"type":"crash","host":"server"}"#, TO_500_MS]), &[(0, 0, "SYN")]);
}

#[test]
fn what_a_standing_rule_damages_is_captured_as_it_died() {
    for byte in ["null", "3", "30", "60000"] {
        let rule = format!(
            r#"{{"type":"add_rule","rule":{{"from":"server","matches":{{"syn":true}},"verdict":{{"corrupt":{{"byte":{byte}}}}}}}}}"#
        );
        let session = run(&[&rule, r#"{"type":"play","us":250000}"#]);
        let (_, packets) = read(&capture(&session));
        assert_eq!(packets.len(), 4, "SYN twice, SYN,ACK twice");
        let (sent, arrived) = (&packets[2].2, &packets[3].2);
        let changed = sent.iter().zip(arrived).filter(|(a, b)| a != b).count();
        assert_eq!((sent.len() == arrived.len(), changed), (true, 1));
        assert!(wire::decode(&arrived.clone().into()).is_err());
    }
}

#[test]
fn the_capture_ends_at_the_cursor() {
    let end = run(&[TO_500_MS]);
    let before = end.apply(&Action::Seek { tick: Some(0), at_us: None }).expect("the beginning");
    assert_eq!(summary(&before), []);
    let every = (0..=end.ticks()).map(|tick| {
        let there = end.apply(&Action::Seek { tick: Some(tick as u32), at_us: None }).expect("a tick");
        capture(&there)
    });
    let whole = capture(&end);
    every.for_each(|part| assert!(whole.starts_with(&part)));
}
