//! What a program hears of trouble on the way (RFC 9293 §3.9.1.8, §3.9.2.2).

use super::*;
use crate::tcp::IcmpKind;

const ROUTER: std::net::Ipv4Addr = std::net::Ipv4Addr::new(203, 0, 113, 1);

/// A host whose SYN is in flight, and the packet that carries it.
fn opening() -> (Bench, SocketId, Bytes) {
    let mut host = Bench::new();
    let socket = host.socket();
    let to = Endpoint::new(HostId::Client.addr(), 7);
    let outcome = host.0.call(NOW, SocketCall::Connect { socket, to });
    (host, socket, outcome.transitions[0].packets[0].clone())
}

#[test]
fn must_47_a_program_learns_of_a_soft_error_when_its_connection_is_given_up() {
    let reports = [
        (None, Errno::ETIMEDOUT),
        (Some(IcmpKind::NetUnreachable), Errno::ENETUNREACH),
        (Some(IcmpKind::TimeExceeded), Errno::EHOSTUNREACH),
    ];
    for (report, errno) in reports {
        let (mut host, socket, syn) = opening();
        if let Some(kind) = report {
            let icmp = wire::encode_icmp(ROUTER, kind, &syn).unwrap();
            assert_eq!(host.0.receive(NOW, &icmp).discarded, None);
        }
        assert_eq!(host.recv(socket), Err(Errno::EAGAIN), "it may pass: the open goes on");
        while let Some((at, socket, kind)) = host.0.next_timer() {
            host.0.fire(at, socket, kind);
        }
        assert_eq!(host.recv(socket), Err(errno));
    }
}

#[test]
fn must_54_a_report_about_another_connection_changes_nothing() {
    let (mut host, socket, syn) = opening();
    let theirs = Segment { source: WEB, ..wire::decode(&syn).unwrap() };
    let icmp = wire::encode_icmp(ROUTER, IcmpKind::PortUnreachable, &wire::encode(&theirs)).unwrap();
    assert_eq!(host.0.receive(NOW, &icmp).discarded, Some(WireError::Misaddressed));
    assert_eq!(host.state(socket), Some(State::SynSent));
}
