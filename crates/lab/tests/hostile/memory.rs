//! What a session keeps grows with its events, and with nothing else.

use lab::net::{By, What};

use crate::kit::{BARE, session, take};
use crate::{HEAP, MIB, within};

/// The largest buffers, and nothing that holds the sender back.
fn large_buffers(host: &str, mtu: u16) -> String {
    format!(
        r#"{{"type":"set_config","host":"{host}","config":{{"send_buffer_bytes":1048576,
        "receive_buffer_bytes":1048576,"window_scale":7,"congestion_control":false,"mtu":{mtu}}}}}"#
    )
}

/// A client that sends the smallest segments into the largest window, connected to a server that runs `program`.
fn flooded(program: &str) -> lab::Session {
    let run = format!(r#"{{"type":"run_program","host":"server","program":"{program}"}}"#);
    let connect = [r#"{"type":"connect","host":"client"}"#, r#"{"type":"play","us":1000000}"#];
    let listen = (program == "none").then_some(r#"{"type":"listen","host":"server"}"#);
    let actions = [
        large_buffers("client", 68),
        large_buffers("server", 1_500),
        run,
        r#"{"type":"play","us":1000}"#.to_owned(),
    ];
    let actions: Vec<_> = actions.iter().map(String::as_str).chain(listen).chain(connect).collect();
    take(&session(BARE), &actions)
}

const SEND: &str = r#"{"type":"send","host":"client","bytes":1000000}"#;
const MINUTE: &str = r#"{"type":"play","us":60000000}"#;

#[test]
fn a_flood_is_lost_where_the_link_is_full() {
    let sent = within(256 * MIB, || take(&flooded("sink"), &[SEND, r#"{"type":"play","us":500000}"#]));
    let is_lost = |what: &What| matches!(what, What::Verdict { by: By::FullLink, .. });
    assert!(sent.records().iter().any(|record| is_lost(&record.what)));
}

#[test]
fn small_segments_and_large_buffers() {
    let sent = within(128 * MIB, || take(&flooded("sink"), &[SEND, MINUTE]));
    assert!(sent.ticks() > 5_000, "{} ticks", sent.ticks());
}

#[test]
fn what_nobody_reads() {
    let sent = within(128 * MIB, || take(&flooded("none"), &[SEND, MINUTE]));
    assert!(sent.ticks() > 4_000, "{} ticks", sent.ticks());
}

#[test]
fn what_nobody_acknowledges() {
    let cut = take(&flooded("none"), &[r#"{"type":"cut_cable"}"#]);
    let sends = vec![r#"{"type":"send","host":"client","bytes":1}"#; 10_000];
    let sent = within(128 * MIB, || take(&cut, &sends));
    assert_eq!(sent.ticks() - cut.ticks(), 10_000);
}

/// Budgets are set in octets that are estimated; so they must be about those that are allocated.
#[test]
fn the_estimate_is_about_right() {
    for actions in [vec![SEND, MINUTE], vec![r#"{"type":"send","host":"client","bytes":1}"#; 3_000]] {
        let empty = flooded("none");
        let before = HEAP.allocated();
        let sent = within(128 * MIB, || take(&empty, &actions));
        let (found, estimate) = (HEAP.allocated() - before, sent.octets() - empty.octets());
        assert!(found / 4 * 3 < estimate && estimate < found / 2 * 3, "{found} octets, estimated {estimate}");
    }
}
