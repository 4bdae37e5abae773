//! How a program learns of ICMP errors (RFC 9293 §3.9.1.8, §3.9.2.2).

use super::*;
use tcp::IcmpKind;

/// The report of a router about `packet`.
fn report(kind: IcmpKind, packet: &[u8]) -> Bytes {
    wire::encode_icmp(Ipv4Addr::new(203, 0, 113, 1), kind, packet).expect("it is TCP")
}

/// A host whose SYN is in flight, and the packet with the SYN.
fn opening() -> (Bench, SocketId, Bytes) {
    let mut host = Bench::new();
    let socket = host.socket();
    let to = Endpoint::new(HostId::Client.addr(), 7);
    let outcome = host.0.call(NOW, SocketCall::Connect { socket, to });
    (host, socket, outcome.packets().next().unwrap())
}

#[test]
fn must_47_a_program_learns_of_a_soft_error_at_the_end() {
    let reports = [
        (None, Errno::ETIMEDOUT),
        (Some(IcmpKind::NetUnreachable), Errno::ENETUNREACH),
        (Some(IcmpKind::TimeExceeded), Errno::EHOSTUNREACH),
    ];
    for (reported, errno) in reports {
        let (mut host, socket, syn) = opening();
        if let Some(kind) = reported {
            assert_eq!(host.0.receive(NOW, report(kind, &syn)).discarded, None);
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
    let icmp = report(IcmpKind::PortUnreachable, &wire::encode(&theirs));
    assert_eq!(host.0.receive(NOW, icmp).discarded, Some(WireError::Misaddressed));
    assert_eq!(host.state(socket), Some(State::SynSent));
}

#[test]
fn must_54_a_report_acts_only_on_the_connection_it_quotes() {
    let (mut host, quoted, syn) = opening();
    let other = host.socket();
    assert_eq!(host.connect(other, 7), Err(Errno::EINPROGRESS));
    host.0.receive(NOW, report(IcmpKind::PortUnreachable, &syn));
    assert_eq!((host.state(quoted), host.state(other)), (Some(State::Closed), Some(State::SynSent)));
}

#[test]
fn shld_26_connect_reports_a_hard_error() {
    let (mut host, socket, syn) = opening();
    host.0.receive(NOW, report(IcmpKind::PortUnreachable, &syn));
    assert_eq!(host.state(socket), Some(State::Closed));
    assert_eq!(host.send(socket), Err(Errno::ECONNREFUSED));
}

#[test]
fn must_47_a_soft_error_is_visible_during_the_connection() {
    let (mut host, socket, syn) = opening();
    host.0.receive(NOW, report(IcmpKind::HostUnreachable, &syn));
    assert_eq!(host.state(socket), Some(State::SynSent));
    let tcb = host.0.socket(socket).and_then(Socket::tcb).expect("it opens");
    assert_eq!(tcb.soft_error, Some(IcmpKind::HostUnreachable));
}
