//! Windows beyond 16 bits: what a learner sees who turns on window scale and makes the buffers larger.

use lab::{Session, Snapshot};

use crate::kit::{BARE, session, take};

/// What the settings of the page offer at most.
const LARGEST_BUFFER: u32 = 1 << 20;

/// A client that has sent a million octets to the echo server, which are still on their way: large buffers at both
/// ends, and `more` in the settings. A few octets went before, for the window of a SYN is never scaled (RFC 7323 §2.2).
fn transfer(more: &str) -> Session {
    let config = |host| {
        format!(
            r#"{{"type":"set_config","host":"{host}","config":{{{more}"send_buffer_bytes":{LARGEST_BUFFER},"receive_buffer_bytes":{LARGEST_BUFFER}}}}}"#
        )
    };
    take(
        &session(BARE),
        &[
            &config("client"),
            &config("server"),
            r#"{"type":"connect","host":"client"}"#,
            r#"{"type":"play","us":300000}"#,
            r#"{"type":"send","host":"client","bytes":10}"#,
            r#"{"type":"play","us":1000000}"#,
            r#"{"type":"send","host":"client","bytes":1000000}"#,
            r#"{"type":"play","us":50000}"#,
        ],
    )
}

fn variable(session: &Session, host: usize, name: &'static str) -> u32 {
    let snapshot = Snapshot::of(session);
    let socket = snapshot.hosts[host].sockets.last().expect("a connection");
    *socket.tcb.get(&name).expect(name)
}

#[test]
fn window_scale_lets_windows_grow_beyond_sixteen_bits() {
    let session = transfer(r#""congestion_control":false,"window_scale":7,"#);
    assert!(variable(&session, 0, "RCV.WND") > 1_000_000);
    assert!(variable(&session, 0, "SND.WND") > 1_000_000);
    assert_eq!(Snapshot::of(&session).hosts[0].sockets[0].unacked_bytes, 1_000_000);
    let echoed = take(&session, &[r#"{"type":"play","us":5000000}"#]);
    assert_eq!(Snapshot::of(&echoed).hosts[0].sockets[0].readable_bytes, 1_000_010);
    // A record for each segment and each acknowledgement, and no more: 685 of them each way.
    assert!(echoed.ticks() < 4_000, "{} ticks", echoed.ticks());
}

#[test]
fn without_window_scale_a_large_buffer_makes_no_larger_window() {
    let session = transfer(r#""congestion_control":false,"#);
    assert!(variable(&session, 0, "RCV.WND") <= 65_535);
    assert!(variable(&session, 0, "SND.WND") <= 65_535);
    assert!(Snapshot::of(&session).hosts[0].sockets[0].unacked_bytes <= 65_535);
}
