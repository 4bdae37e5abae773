//! SYN cookies: a listener with a full backlog answers without keeping state (RFC 4987 §3.6).

use super::*;

/// A host with cookies whose backlog of one is full.
fn flooded() -> (Bench, SocketId) {
    let mut host = Bench::new();
    host.0.settings_mut().config.syn_cookies = true;
    let listener = host.listener(1);
    host.syn(5_000);
    (host, listener)
}

#[test]
fn a_full_backlog_answers_with_a_cookie_and_keeps_nothing() {
    let (mut host, _) = flooded();
    let sockets = host.0.sockets().count();
    let answer = &host.arrive(5_001, Control::SYN, 100, 0)[0];
    assert_eq!((answer.control, answer.ack), (Control::SYN | Control::ACK, SeqNumber(101)));
    assert_eq!(host.0.sockets().count(), sockets);
}

#[test]
fn returning_the_cookie_opens_the_connection() {
    let (mut host, listener) = flooded();
    let ack = host.syn(5_001);
    assert_eq!(host.arrive(5_001, Control::ACK, 101, ack), []);
    let Ok(Value::Descriptor(child)) = host.accept(listener) else { panic!("nobody to accept") };
    assert_eq!(host.state(child), Some(State::Established));
    let tcb = host.0.socket(child).and_then(Socket::tcb).expect("it is connected").clone();
    assert_eq!((tcb.rcv.nxt, tcb.snd.una, tcb.snd.nxt), (SeqNumber(101), SeqNumber(ack), SeqNumber(ack)));
    assert_eq!(tcb.send_mss, 536, "the SYN named none");
    assert_eq!(host.send(child), Ok(Value::Count(1)));
}

#[test]
fn no_cookies_while_the_accept_queue_is_full() {
    let (mut host, _) = flooded();
    let ack = host.syn(5_001);
    assert_eq!(host.arrive(5_001, Control::ACK, 101, ack), [], "the accept queue has room for one");
    assert_eq!(host.arrive(5_002, Control::SYN, 100, 0), [], "and for no second");

    // The accept queue filled up while this cookie was on its way.
    let (mut host, listener) = flooded();
    let [first, second] = [5_001, 5_002].map(|port| host.syn(port));
    assert_eq!(host.arrive(5_001, Control::ACK, 101, first), []);
    assert_eq!(host.arrive(5_002, Control::ACK, 101, second), [], "no RST: it may come again");
    assert!(host.accept(listener).is_ok());
    assert_eq!(host.arrive(5_002, Control::ACK, 101, second), []);
    assert!(host.accept(listener).is_ok(), "it came again, and there was room");
}

#[test]
fn foreign_old_and_wrong_cookies_draw_a_reset() {
    let (mut host, _) = flooded();
    let ack = host.syn(5_001);
    for (port, seq, ack) in [(5_002, 101, ack), (5_001, 102, ack), (5_001, 101, ack.wrapping_add(1))] {
        assert_eq!(host.arrive(port, Control::ACK, seq, ack)[0].control, Control::RST, "{port} {seq}");
    }
    let late = Instant::from_micros(200_000_000);
    let segment = Segment {
        source: Endpoint::new(HostId::Client.addr(), 5_001),
        destination: WEB,
        seq: SeqNumber(101),
        ack: SeqNumber(ack),
        control: Control::ACK,
        window: 1_000,
        urgent: 0,
        ttl: 64,
        options: Options::default(),
        text: Bytes::new(),
    };
    let outcome = host.0.receive(late, wire::encode(&segment));
    let answer = wire::decode(&outcome.packets().next().unwrap()).unwrap();
    assert_eq!(answer.control, Control::RST, "two minutes later");
}

#[test]
fn a_cookie_encodes_the_mss_in_three_bits() {
    for (named, kept) in [(1_460, 1_460), (1_400, 1_360), (9_000, 1_460), (600, 536), (65, 64), (10, 64)] {
        let (mut host, listener) = flooded();
        let syn = Segment {
            source: Endpoint::new(HostId::Client.addr(), 5_001),
            destination: WEB,
            seq: SeqNumber(100),
            ack: SeqNumber(0),
            control: Control::SYN,
            window: 1_000,
            urgent: 0,
            ttl: 64,
            options: Options { mss: Some(named), ..Options::default() },
            text: Bytes::new(),
        };
        let outcome = host.0.receive(NOW, wire::encode(&syn));
        let cookie = wire::decode(&outcome.packets().next().unwrap()).unwrap().seq;
        host.arrive(5_001, Control::ACK, 101, cookie.add(1).0);
        let Ok(Value::Descriptor(child)) = host.accept(listener) else { panic!("nobody to accept") };
        assert_eq!(host.0.socket(child).and_then(Socket::tcb).expect("connected").send_mss, kept, "{named}");
    }
}
