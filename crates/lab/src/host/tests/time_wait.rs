//! A new SYN may end a connection in TIME-WAIT and open a new one (RFC 9293 §3.6.1, MAY-2).

use super::*;

/// A listener, and a connection from port 5000 in TIME-WAIT. Returns the number that its peer would use next.
fn in_time_wait(reopen: bool) -> (Bench, u32) {
    let mut settings = Settings::default();
    settings.config.reopen_from_time_wait = reopen;
    let mut host = Bench(Host::new(HostId::Server, settings, Program::None));
    let listener = host.listener(5);
    let next = host.open(5_000);
    let Ok(Value::Descriptor(socket)) = host.accept(listener) else { panic!("a connection") };
    host.call(SocketCall::Close { socket }).expect("close() never fails");
    host.arrive(5_000, Control::FIN | Control::ACK, 101, next + 1);
    assert_eq!(host.state(socket), Some(State::TimeWait));
    (host, next + 1)
}

#[test]
fn may_2_a_syn_with_a_higher_number_reopens_from_time_wait() {
    let (mut host, last) = in_time_wait(true);
    let answer = host.arrive(5_000, Control::SYN, 102, 0);
    assert_eq!(answer[0].control, Control::SYN | Control::ACK);
    assert!(answer[0].seq.is_after(SeqNumber(last)), "the new numbers begin beyond the old ones");
    let states: Vec<_> = host.0.sockets().map(Socket::tcp_state).collect();
    assert_eq!(states, [State::Listen, State::SynReceived]);
}

#[test]
fn an_old_syn_does_not_reopen_from_time_wait() {
    let (mut host, last) = in_time_wait(true);
    let answer = host.arrive(5_000, Control::SYN, 100, 0);
    assert_eq!((answer[0].control, answer[0].seq), (Control::ACK, SeqNumber(last)));
}

#[test]
fn without_the_setting_every_syn_in_time_wait_is_challenged() {
    let (mut host, last) = in_time_wait(false);
    let answer = host.arrive(5_000, Control::SYN, 5_000, 0);
    assert_eq!((answer[0].control, answer[0].seq), (Control::ACK, SeqNumber(last)));
}

#[test]
fn without_a_listener_time_wait_does_not_give_way() {
    let (mut host, last) = in_time_wait(true);
    host.call(SocketCall::Close { socket: SocketId::FIRST }).expect("close() never fails");
    let answer = host.arrive(5_000, Control::SYN, 5_000, 0);
    assert_eq!((answer[0].control, answer[0].seq), (Control::ACK, SeqNumber(last)));
}
