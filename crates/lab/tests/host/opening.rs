//! Which SYNs are answered, and how.

use std::net::Ipv4Addr;

use lab::host::{Errno, Socket, SocketCall, Value};
use tcp::isn::initial_sequence_number;
use tcp::wire::{self, WireError};
use tcp::{Control, Endpoint, Options, Segment, State, TimerKind};

use crate::bench::{Bench, HOST, PEER, PEER_ISS, read, segment, syn};

/// Broadcast and multicast addresses, each with ordinary addresses next to it.
const NOT_UNICAST: [[u8; 4]; 4] = [[224, 0, 0, 0], [239, 255, 255, 255], [255; 4], [224, 0, 0, 1]];
const FOREIGN: [[u8; 4]; 3] = [[223, 255, 255, 255], [203, 0, 113, 9], [1, 1, 1, 1]];

#[test]
fn must_57_a_syn_from_broadcast_or_multicast_is_ignored() {
    let from = |address: [u8; 4]| {
        let source = Endpoint::new(Ipv4Addr::from(address), 5_000);
        let mut bench = Bench::new(|_| {});
        bench.listener(5);
        let outcome = bench.host.receive(bench.now, wire::encode(&Segment { source, ..syn() }));
        let answers: Vec<_> = outcome.packets().map(|packet| read(&packet)).collect();
        (outcome.discarded, answers.iter().map(|answer| (answer.control, answer.destination)).next(), source)
    };
    for address in NOT_UNICAST {
        let (discarded, answer, _) = from(address);
        assert_eq!((discarded, answer), (Some(WireError::Misaddressed), None), "{address:?}");
    }
    for address in FOREIGN {
        let (discarded, answer, source) = from(address);
        let syn_ack = (Control::SYN | Control::ACK, source);
        assert_eq!((discarded, answer), (None, Some(syn_ack)), "{address:?}");
    }
}

/// A host has one address and ignores packets to any other, so it does not have to recognise a broadcast. This test
/// shows that the SYN is ignored because of its address, and that not even an RST is sent.
#[test]
fn must_57_a_syn_to_broadcast_or_multicast_is_ignored() {
    for port in [80, 81] {
        let to = |addr: Ipv4Addr| {
            let mut bench = Bench::new(|_| {});
            bench.listener(5);
            let answers = bench.arrive(&Segment { destination: Endpoint::new(addr, port), ..syn() });
            (answers.len(), bench.host.sockets().count())
        };
        for address in NOT_UNICAST.into_iter().chain(FOREIGN) {
            assert_eq!(to(Ipv4Addr::from(address)), (0, 1), "{address:?}, port {port}");
        }
        let sockets = if port == 80 { 2 } else { 1 };
        assert_eq!(to(HOST), (1, sockets), "its own address, port {port}");
    }
}

#[test]
fn must_43_bind_names_the_port_and_the_host_has_one_address() {
    let mut bench = Bench::new(|_| {});
    let socket = bench.bound(4_321);
    let (_, packets) = bench.connect(socket);
    assert_eq!(read(&packets[0]).source, Endpoint::new(HOST, 4_321));
}

/// A SYN with every option.
fn offering() -> Segment {
    let options =
        Options { mss: Some(1_000), window_scale: Some(5), sack_permitted: true, ..Options::default() };
    Segment { options, ..syn() }
}

#[test]
fn a_backlog_with_room_sends_no_cookies() {
    let mut bench = Bench::new(|config| {
        (config.syn_cookies, config.window_scale, config.sack) = (true, Some(2), true);
    });
    bench.listener(1);
    // The first handshake fails, and there is room again.
    for round in 0..2 {
        let answer = &bench.arrive(&offering())[0];
        assert_eq!((answer.control, answer.ack.0), (Control::SYN | Control::ACK, PEER_ISS + 1));
        // A cookie would be in the sequence number, and the only option would be the MSS.
        let (local, remote) = (answer.source, answer.destination);
        assert_eq!(answer.seq, initial_sequence_number(bench.host.settings(), local, remote, bench.now));
        assert_eq!((answer.options.window_scale, answer.options.sack_permitted), (Some(2), true), "{round}");
        let states: Vec<_> = bench.host.sockets().map(Socket::tcp_state).collect();
        assert_eq!(states, [State::Listen, State::SynReceived], "it is remembered");
        // The only place is taken, so the next SYN gets a cookie.
        let other = Segment { source: Endpoint::new(PEER, 5_001), ..offering() };
        let cookie = &bench.arrive(&other)[0].options;
        assert_eq!((cookie.window_scale, cookie.sack_permitted), (None, false));
        assert_eq!(bench.host.sockets().count(), 2, "and is not remembered");
        assert!(bench.arrive(&segment(Control::RST, PEER_ISS + 1, answer.seq)).is_empty());
        assert_eq!(bench.host.sockets().count(), 1);
    }
}

#[test]
fn connect_to_the_same_end_fails_in_time_wait() {
    for reopens in [false, true] {
        let mut bench = Bench::new(|config| config.reopen_from_time_wait = reopens);
        let first = bench.connected(4_000);
        let old = bench.next(first, Control::ACK).ack;
        assert_eq!(bench.call(SocketCall::Close { socket: first }), Ok(Value::Zero));
        assert_eq!(bench.arrive(&bench.next(first, Control::FIN | Control::ACK)).len(), 1);
        assert_eq!(bench.state(first), State::TimeWait);
        let second = bench.bound(4_000);
        let refused = bench.connect(second);
        assert_eq!(refused, (Err(Errno::EADDRNOTAVAIL), Vec::new()), "only a SYN from there may end it");
        assert_eq!(bench.state(first), State::TimeWait);
        // The port is free for a connection to another end.
        let third = bench.bound(4_000);
        let to = Endpoint::new(PEER, 8);
        assert_eq!(bench.call(SocketCall::Connect { socket: third, to }), Err(Errno::EINPROGRESS));
        assert_eq!(bench.call(SocketCall::Close { socket: third }), Ok(Value::Zero));
        assert_eq!(bench.expire(), Some(TimerKind::TimeWait));
        let (result, packets) = bench.connect(second);
        assert_eq!(result, Err(Errno::EINPROGRESS));
        assert!(read(&packets[0]).seq.is_after(old), "with numbers beyond the old ones");
    }
}
