//! Addresses and ports: which ones an OPEN may name, and which packets are for a host (RFC 9293 §3.9.1.1, §3.9.2.3).

use std::net::Ipv4Addr;

use super::*;

/// The addresses in the first packet of a call.
fn first_packet(outcome: &Outcome) -> (Endpoint, Endpoint) {
    let sent = wire::decode(&outcome.packets().next().unwrap()).unwrap();
    (sent.source, sent.destination)
}

#[test]
fn must_41_a_passive_open_leaves_other_connections_alone() {
    let mut host = Bench::new();
    let [first, second, third] = [host.socket(), host.socket(), host.socket()];
    host.reuse(second);
    assert_eq!((host.bind(first, 80), host.bind(second, 80)), (Ok(Value::Zero), Ok(Value::Zero)));
    assert_eq!(host.listen(first, 5), Ok(Value::Zero));
    host.open(5_000);
    host.syn(5_001);
    let others = |host: &Bench| {
        let new = [second, third];
        host.0.sockets().filter(|socket| !new.contains(&socket.id)).cloned().collect::<Vec<_>>()
    };
    let before = others(&host);
    assert_eq!(before.len(), 3, "a listener and two connections");
    assert_eq!(host.listen(second, 5), Err(Errno::EADDRINUSE), "the port has a listener");
    assert_eq!((host.bind(third, 81), host.listen(third, 5)), (Ok(Value::Zero), Ok(Value::Zero)));
    assert_eq!(others(&host), before);
}

#[test]
fn must_42_a_port_can_be_listened_on_during_an_active_open() {
    for state in [State::SynSent, State::SynReceived] {
        let mut host = Bench::new();
        let active = host.socket();
        host.reuse(active);
        assert_eq!(host.bind(active, 80), Ok(Value::Zero));
        assert_eq!(host.connect(active, 7), Err(Errno::EINPROGRESS));
        if state == State::SynReceived {
            host.arrive(7, Control::SYN, 100, 0);
        }
        assert_eq!(host.state(active), Some(state));
        let listener = host.socket();
        host.reuse(listener);
        assert_eq!((host.bind(listener, 80), host.listen(listener, 5)), (Ok(Value::Zero), Ok(Value::Zero)));
        host.open(5_000);
        assert!(host.accept(listener).is_ok());
        assert_eq!(host.state(active), Some(state), "it goes on undisturbed");
    }
}

#[test]
fn must_44_an_unnamed_local_address_is_that_of_the_host() {
    let mut host = Bench::new();
    let socket = host.socket();
    let to = Endpoint::new(HostId::Client.addr(), 7);
    let outcome = host.0.call(NOW, SocketCall::Connect { socket, to });
    assert_eq!(first_packet(&outcome), (Endpoint::new(HostId::Server.addr(), 40_001), to));
}

#[test]
fn must_46_no_open_to_a_broadcast_or_multicast_address() {
    let mut host = Bench::new();
    let socket = host.socket();
    let addresses = [[255; 4], [224, 0, 0, 1], [0; 4], [127, 0, 0, 1], HostId::Server.addr().octets()];
    for address in addresses {
        let to = Endpoint::new(Ipv4Addr::from(address), 80);
        let outcome = host.0.call(NOW, SocketCall::Connect { socket, to });
        assert_eq!(outcome.result, Some(Err(Errno::ENETUNREACH)), "{to}");
        assert!(outcome.transitions.is_empty(), "nothing is sent to {to}");
    }
    assert_eq!(host.connect(socket, 0), Err(Errno::EADDRNOTAVAIL));
    assert_eq!(host.state(socket), Some(State::Closed));
}

/// A SYN with these addresses is dropped: no connection and no answer, not even an RST.
#[track_caller]
fn check_discarded(source: [u8; 4], destination: [u8; 4]) {
    let mut host = Bench::new();
    host.listener(5);
    let syn = Segment {
        source: Endpoint::new(Ipv4Addr::from(source), 5_000),
        destination: Endpoint::new(Ipv4Addr::from(destination), 80),
        ..segment(5_000, Control::SYN, 1, 0)
    };
    let outcome = host.0.receive(NOW, wire::encode(&syn));
    assert_eq!(outcome.discarded, Some(WireError::Misaddressed));
    assert!(outcome.transitions.is_empty());
}

#[test]
fn must_57_a_syn_to_a_broadcast_or_multicast_address_is_ignored() {
    check_discarded([192, 0, 2, 1], [255; 4]);
    check_discarded([192, 0, 2, 1], [224, 0, 0, 1]);
}

#[test]
fn must_63_a_syn_from_an_impossible_address_is_ignored() {
    for source in [[224, 0, 0, 1], [255; 4], [0; 4]] {
        check_discarded(source, HostId::Server.addr().octets());
    }
}

#[test]
fn a_packet_for_another_host_is_discarded() {
    check_discarded([192, 0, 2, 1], [198, 51, 100, 8]);
}
