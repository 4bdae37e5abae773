//! What each ICMP message does, by type and code (RFC 792, RFC 1122 §3.2.2, RFC 1812 §5.2.7).

use bytes::{Bytes, BytesMut};
use lab::host::{Errno, SocketCall, SocketId};
use tcp::wire::encode_icmp;
use tcp::{IcmpKind, State};

use crate::bench::Bench;

/// What happens to a connection that is being opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It ends at once, with this error.
    Ends(Errno),
    /// It keeps trying, and if it times out, it ends with this error.
    GoesOn(Errno),
    /// The message reports nothing.
    Unheard,
}

use Fate::{Ends, GoesOn, Unheard};

/// The type, the first and the last code, and what they do.
const TABLE: [(u8, u8, u8, Fate); 21] = [
    // Echo, redirect, timestamp: no errors.
    (0, 0, 0, Unheard),
    (5, 0, 3, Unheard),
    (8, 0, 0, Unheard),
    (13, 0, 0, Unheard),
    // Destination unreachable: net, host, protocol, port.
    (3, 0, 0, GoesOn(Errno::ENETUNREACH)),
    (3, 1, 1, GoesOn(Errno::EHOSTUNREACH)),
    (3, 2, 2, Ends(Errno::ECONNREFUSED)),
    (3, 3, 3, Ends(Errno::ECONNREFUSED)),
    // Too large, and DF is set. A SYN is small, so the route is bad.
    (3, 4, 4, GoesOn(Errno::EHOSTUNREACH)),
    // Source route failed.
    (3, 5, 5, GoesOn(Errno::EHOSTUNREACH)),
    // Network unknown, host unknown, source host isolated.
    (3, 6, 6, GoesOn(Errno::ENETUNREACH)),
    (3, 7, 8, GoesOn(Errno::EHOSTUNREACH)),
    // Network and host prohibited.
    (3, 9, 10, Ends(Errno::EHOSTUNREACH)),
    // Unreachable for this type of service.
    (3, 11, 12, GoesOn(Errno::EHOSTUNREACH)),
    // Communication prohibited.
    (3, 13, 13, Ends(Errno::EHOSTUNREACH)),
    // Host precedence violation, precedence cutoff, and undefined codes: no hard errors in RFC 9293.
    (3, 14, 255, GoesOn(Errno::EHOSTUNREACH)),
    // Source quench is ignored.
    (4, 0, 0, GoesOn(Errno::ETIMEDOUT)),
    // Time exceeded: on the way, and during reassembly.
    (11, 0, 1, GoesOn(Errno::EHOSTUNREACH)),
    // Parameter problem: at a pointer, a missing option, a bad length.
    (12, 0, 2, GoesOn(Errno::EHOSTUNREACH)),
    // Experimental and unassigned types.
    (41, 0, 0, Unheard),
    (255, 0, 0, Unheard),
];

/// The message of this type and code about `packet`.
fn message(kind: u8, code: u8, packet: &Bytes) -> Bytes {
    const ICMP: usize = 20;
    let router = [203, 0, 113, 1].into();
    let usual = encode_icmp(router, IcmpKind::HostUnreachable, packet).expect("it is TCP");
    let mut message = BytesMut::from(&usual[..]);
    message[ICMP] = kind;
    message[ICMP + 1] = code;
    message[ICMP + 2..ICMP + 4].fill(0);
    let words =
        message[ICMP..].chunks(2).map(|two| u32::from(two[0]) << 8 | u32::from(*two.get(1).unwrap_or(&0)));
    let sum = words.sum::<u32>();
    let sum = (sum & 0xFFFF) + (sum >> 16);
    let sum = !((sum & 0xFFFF) + (sum >> 16)) as u16;
    message[ICMP + 2..ICMP + 4].copy_from_slice(&sum.to_be_bytes());
    message.freeze()
}

fn recv(bench: &mut Bench, socket: SocketId) -> Option<Errno> {
    bench.call(SocketCall::Recv { socket, max_bytes: 10 }).err()
}

fn fate_of(kind: u8, code: u8) -> Fate {
    let mut bench = Bench::new(|_| {});
    let socket = bench.bound(4_000);
    let (_, packets) = bench.connect(socket);
    let outcome = bench.host.receive(bench.now, message(kind, code, &packets[0]));
    if outcome.discarded.is_some() {
        assert_eq!(bench.state(socket), State::SynSent);
        return Unheard;
    }
    assert_eq!(outcome.packets().count(), 0, "a report is not answered");
    if bench.state(socket) == State::Closed {
        return Ends(recv(&mut bench, socket).expect("it failed"));
    }
    assert_eq!(recv(&mut bench, socket), Some(Errno::EAGAIN), "it may pass");
    while bench.state(socket) == State::SynSent {
        bench.expire();
    }
    GoesOn(recv(&mut bench, socket).expect("it failed"))
}

#[test]
fn each_icmp_message_while_connecting_has_its_errno() {
    for (kind, first, last, fate) in TABLE {
        for code in first..=last {
            assert_eq!(fate_of(kind, code), fate, "type {kind}, code {code}");
        }
    }
}

/// None of them ends an open connection, because they are easily forged (RFC 5927).
#[test]
fn no_icmp_message_ends_an_open_connection() {
    for (kind, first, last, _) in TABLE {
        for code in first..=last {
            let mut bench = Bench::new(|_| {});
            let socket = bench.connected(4_000);
            let data = Bytes::from_static(b"in flight");
            let sent = bench.outcome(SocketCall::Send { socket, data }).packets().next();
            let message = message(kind, code, &sent.expect("it leaves at once"));
            bench.host.receive(bench.now, message);
            assert_eq!(bench.state(socket), State::Established, "type {kind}, code {code}");
            assert_eq!(recv(&mut bench, socket), Some(Errno::EAGAIN), "type {kind}, code {code}");
        }
    }
}
