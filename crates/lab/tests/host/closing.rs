//! A reset and a close at the same time.

use lab::host::{Errno, SocketCall, SocketId, SocketOption, Value};
use tcp::{Control, Segment, State};

use crate::bench::{Bench, read};

/// Calls close(), with SO_LINGER if it aborts. Returns the segments sent.
fn close(bench: &mut Bench, socket: SocketId, aborts: bool) -> Vec<Segment> {
    if aborts {
        let option = SocketOption::Linger(Some(0));
        assert_eq!(bench.call(SocketCall::SetOption { socket, option }), Ok(Value::Zero));
    }
    let outcome = bench.outcome(SocketCall::Close { socket });
    assert_eq!(outcome.result, Some(Ok(Value::Zero)), "close() never fails");
    outcome.packets().map(|packet| read(&packet)).collect()
}

#[test]
fn a_reset_that_races_with_close_is_handled_silently() {
    for aborts in [false, true] {
        // The RST was sent before our FIN or RST arrived.
        let mut bench = Bench::new(|_| {});
        let socket = bench.connected(4_000);
        let reset = bench.next(socket, Control::RST | Control::ACK);
        let closes = if aborts { Control::RST } else { Control::FIN };
        assert!(close(&mut bench, socket, aborts)[0].has(closes));
        assert_eq!(bench.arrive(&reset), [], "an RST is never answered");
        assert_eq!(bench.host.sockets().count(), 0);
        assert_eq!(bench.expire(), None, "nothing of it is left");

        // It arrives just before the call.
        let mut bench = Bench::new(|_| {});
        let socket = bench.connected(4_000);
        assert_eq!(bench.arrive(&bench.next(socket, Control::RST)), []);
        assert_eq!(bench.state(socket), State::Closed);
        assert_eq!(close(&mut bench, socket, aborts), [], "there is nobody to tell");
        assert_eq!(bench.host.sockets().count(), 0);
    }
}

/// Between shutdown() and close() the program still holds the socket, so it is told.
#[test]
fn a_reset_between_shutdown_and_close_is_told_once() {
    let mut bench = Bench::new(|_| {});
    let socket = bench.connected(4_000);
    let reset = bench.next(socket, Control::RST | Control::ACK);
    let how = lab::host::How::Write;
    assert_eq!(bench.call(SocketCall::Shutdown { socket, how }), Ok(Value::Zero));
    assert_eq!(bench.arrive(&reset), []);
    assert_eq!(bench.call(SocketCall::Recv { socket, max_bytes: 10 }), Err(Errno::ECONNRESET));
    let after = bench.call(SocketCall::Recv { socket, max_bytes: 10 });
    assert!(matches!(&after, Ok(Value::Data(data)) if data.is_empty()), "{after:?}");
    assert_eq!(close(&mut bench, socket, false), []);
}

/// Both ends close with unread data: both send an RST, and neither answers the other's.
#[test]
fn crossing_resets_are_not_answered() {
    let mut bench = Bench::new(|_| {});
    let socket = bench.connected(4_000);
    let text = Segment { text: b"unread".as_slice().into(), ..bench.next(socket, Control::ACK) };
    assert_eq!(bench.arrive(&text).len(), 1);
    let theirs = bench.next(socket, Control::RST | Control::ACK);
    let ours = close(&mut bench, socket, false);
    assert!(ours.len() == 1 && ours[0].has(Control::RST), "{ours:?}");
    assert_eq!(bench.arrive(&theirs), []);
    assert_eq!(bench.host.sockets().count(), 0);
}
