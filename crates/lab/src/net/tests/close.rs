//! Opening, sending and closing over a perfect link.

use expect_test::expect;

use super::*;

#[test]
fn three_segments_open_a_connection() {
    let mut play = Play::new(Setup::default());
    play.listen(5);
    play.connect();
    play.run_for(1_000);
    assert_eq!(play.accept(), Ok(Value::Descriptor(S4)));
    expect![[r##"
        0      server 3 socket() = 3
        0      server 3 bind(3, 80) = 0
        0      server 3 open-passive: CLOSED -> LISTEN, sends []
        0      client 3 socket() = 3
        0      client 3 open-active: CLOSED -> SYN-SENT, sends ["#1 SYN"]
        100    server 4 listen-rcv-syn: LISTEN -> SYN-RECEIVED, sends ["#2 SYN,ACK"]
        200    client 3 syn-sent-rcv-syn-ack: SYN-SENT -> ESTABLISHED, sends ["#3 ACK"]
        300    server 4 syn-received-rcv-ack: SYN-RECEIVED -> ESTABLISHED, sends []
        1000   server 3 accept(3) = 4
    "##]]
    .assert_eq(&play.story());
    assert_eq!(play.sockets(Client), "3 ESTABLISHED");
    assert_eq!(play.sockets(Server), "3 LISTEN, 4 ESTABLISHED");
    assert_eq!(play.world.next_event(), None, "an idle connection waits for nothing");
}

#[test]
fn data_is_echoed_and_the_client_closes() {
    let mut play = Play::with_server(Program::Echo);
    play.connect();
    play.run_for(300);
    let first = play.log.len();
    assert_eq!(play.send(Client, S3, b"hello"), Ok(Value::Count(5)));
    play.run_for(300);
    assert_eq!(play.recv(Client, S3), Ok(Value::Data(Bytes::from_static(b"hello"))));
    assert_eq!(play.recv(Client, S3), Err(Errno::EAGAIN));
    play.close(Client, S3);
    play.settle();
    expect![[r##"
        300    client 3 send-accepted: ESTABLISHED, sends ["#4 PSH,ACK"]
        400    server 4 text-in-order: ESTABLISHED, sends ["#5 ACK"]
        400    server 4 receive-delivers: ESTABLISHED, sends []
        400    server 4 send-accepted: ESTABLISHED, sends ["#6 PSH,ACK"]
        500    client 3 ack-advances: ESTABLISHED, sends []
        500    client 3 text-in-order: ESTABLISHED, sends ["#7 ACK"]
        600    server 4 ack-advances: ESTABLISHED, sends []
        600    client 3 receive-delivers: ESTABLISHED, sends []
        600    client 3 receive-waits: ESTABLISHED, sends []
        600    client 3 close-established: ESTABLISHED -> FIN-WAIT-1, sends ["#8 FIN,ACK"]
        700    server 4 established-rcv-fin: ESTABLISHED -> CLOSE-WAIT, sends ["#9 ACK"]
        700    server 4 receive-end-of-file: CLOSE-WAIT, sends []
        700    server 4 close-close-wait: CLOSE-WAIT -> LAST-ACK, sends ["#10 FIN,ACK"]
        800    client 3 fin-wait-1-rcv-ack-of-fin: FIN-WAIT-1 -> FIN-WAIT-2, sends []
        800    client 3 fin-wait-2-rcv-fin: FIN-WAIT-2 -> TIME-WAIT, sends ["#11 ACK"]
        900    server 4 last-ack-rcv-ack-of-fin: LAST-ACK -> CLOSED, sends []
        240800 client 3 time-wait-expires: TIME-WAIT -> CLOSED, sends []
    "##]]
    .assert_eq(&play.story_from(first));
    assert_eq!(play.sockets(Client), "");
    assert_eq!(play.sockets(Server), "3 LISTEN");
}

#[test]
fn the_server_may_close_first() {
    let mut play = Play::connected();
    let first = play.log.len();
    play.close(Server, S4);
    play.run_for(300);
    assert_eq!(play.sockets(Server), "3 LISTEN, 4 FIN-WAIT-2");
    assert_eq!(play.recv(Client, S3), Ok(Value::Data(Bytes::new())), "end of file");
    play.close(Client, S3);
    play.settle();
    expect![[r##"
        300    server 4 close-established: ESTABLISHED -> FIN-WAIT-1, sends ["#4 FIN,ACK"]
        400    client 3 established-rcv-fin: ESTABLISHED -> CLOSE-WAIT, sends ["#5 ACK"]
        500    server 4 fin-wait-1-rcv-ack-of-fin: FIN-WAIT-1 -> FIN-WAIT-2, sends []
        600    client 3 receive-end-of-file: CLOSE-WAIT, sends []
        600    client 3 close-close-wait: CLOSE-WAIT -> LAST-ACK, sends ["#6 FIN,ACK"]
        700    server 4 fin-wait-2-rcv-fin: FIN-WAIT-2 -> TIME-WAIT, sends ["#7 ACK"]
        800    client 3 last-ack-rcv-ack-of-fin: LAST-ACK -> CLOSED, sends []
        240700 server 4 time-wait-expires: TIME-WAIT -> CLOSED, sends []
    "##]]
    .assert_eq(&play.story_from(first));
}

#[test]
fn both_may_close_at_once() {
    let mut play = Play::connected();
    let first = play.log.len();
    play.close(Client, S3);
    play.close(Server, S4);
    play.run_for(100);
    assert_eq!(play.sockets(Client), "3 CLOSING");
    assert_eq!(play.sockets(Server), "3 LISTEN, 4 CLOSING");
    play.settle();
    expect![[r##"
        300    client 3 close-established: ESTABLISHED -> FIN-WAIT-1, sends ["#4 FIN,ACK"]
        300    server 4 close-established: ESTABLISHED -> FIN-WAIT-1, sends ["#5 FIN,ACK"]
        400    server 4 fin-wait-1-rcv-fin: FIN-WAIT-1 -> CLOSING, sends ["#6 ACK"]
        400    client 3 fin-wait-1-rcv-fin: FIN-WAIT-1 -> CLOSING, sends ["#7 ACK"]
        500    client 3 closing-rcv-ack-of-fin: CLOSING -> TIME-WAIT, sends []
        500    server 4 closing-rcv-ack-of-fin: CLOSING -> TIME-WAIT, sends []
        240500 client 3 time-wait-expires: TIME-WAIT -> CLOSED, sends []
        240500 server 4 time-wait-expires: TIME-WAIT -> CLOSED, sends []
    "##]]
    .assert_eq(&play.story_from(first));
}

#[test]
fn must_10_both_may_open_at_once() {
    let mut play = Play::new(Setup::default());
    for host in HostId::ALL {
        assert_eq!(play.call(host, SocketCall::Socket), Ok(Value::Descriptor(S3)));
        assert_eq!(play.call(host, SocketCall::Bind { socket: S3, port: 7 }), Ok(Value::Zero));
        let to = Endpoint::new(host.other().addr(), 7);
        assert_eq!(play.call(host, SocketCall::Connect { socket: S3, to }), Err(Errno::EINPROGRESS));
    }
    play.run_for(100);
    assert_eq!(
        (play.sockets(Client), play.sockets(Server)),
        ("3 SYN-RECEIVED".into(), "3 SYN-RECEIVED".into())
    );
    play.run_for(1_000);
    assert_eq!(
        (play.sockets(Client), play.sockets(Server)),
        ("3 ESTABLISHED".into(), "3 ESTABLISHED".into())
    );
}

#[test]
fn one_direction_may_close() {
    let mut play = Play::connected();
    assert_eq!(play.call(Client, SocketCall::Shutdown { socket: S3, how: How::Write }), Ok(Value::Zero));
    assert_eq!(play.send(Client, S3, b"more"), Err(Errno::EPIPE));
    play.run_for(300);
    assert_eq!(play.state(Server, S4), Some(State::CloseWait));
    assert_eq!(play.send(Server, S4, b"late"), Ok(Value::Count(4)));
    play.run_for(300);
    assert_eq!(play.recv(Client, S3), Ok(Value::Data(Bytes::from_static(b"late"))));
    play.close(Server, S4);
    play.settle();
    // The connection is over, but the descriptor is still open and reports how it ended.
    assert_eq!(play.sockets(Client), "3 CLOSED");
    assert_eq!(play.recv(Client, S3), Ok(Value::Data(Bytes::new())));
    assert_eq!(play.send(Client, S3, b"more"), Err(Errno::EPIPE));
    play.close(Client, S3);
    assert_eq!(play.sockets(Client), "");
}

#[test]
fn so_linger_zero_sends_a_reset() {
    let mut play = Play::connected();
    assert_eq!(
        play.call(Client, SocketCall::SetOption { socket: S3, option: SocketOption::Linger(Some(0)) }),
        Ok(Value::Zero)
    );
    play.close(Client, S3);
    assert_eq!(play.sockets(Client), "");
    play.run_for(100);
    // The error is reported once; after that the socket looks closed.
    assert_eq!(play.recv(Server, S4), Err(Errno::ECONNRESET));
    assert_eq!(play.recv(Server, S4), Ok(Value::Data(Bytes::new())));
    assert_eq!(play.send(Server, S4, b"x"), Err(Errno::EPIPE));
}

#[test]
fn must_12_an_application_can_tell_an_orderly_end_from_a_reset() {
    let mut orderly = Play::connected();
    orderly.close(Server, S4);
    orderly.run_for(300);
    assert_eq!(orderly.recv(Client, S3), Ok(Value::Data(Bytes::new())), "end of file");

    let mut broken = Play::connected();
    let abort = SocketOption::Linger(Some(0));
    broken.call(Server, SocketCall::SetOption { socket: S4, option: abort }).unwrap();
    broken.close(Server, S4);
    broken.run_for(300);
    assert_eq!(broken.recv(Client, S3), Err(Errno::ECONNRESET));
}

#[test]
fn c43_a_port_in_time_wait_cannot_be_bound_c44_except_with_so_reuseaddr() {
    let mut play = Play::connected();
    play.close(Server, S4);
    play.run_for(300);
    play.close(Client, S3);
    play.run_for(300);
    play.close(Server, S3);
    assert_eq!(play.sockets(Server), "4 TIME-WAIT");
    let s5 = SocketId(5);
    let bind = SocketCall::Bind { socket: s5, port: 80 };
    assert_eq!(play.call(Server, SocketCall::Socket), Ok(Value::Descriptor(s5)));
    assert_eq!(play.call(Server, bind.clone()), Err(Errno::EADDRINUSE));
    assert_eq!(
        play.call(Server, SocketCall::SetOption { socket: s5, option: SocketOption::ReuseAddr(true) }),
        Ok(Value::Zero)
    );
    assert_eq!(play.call(Server, bind), Ok(Value::Zero));
    assert_eq!(play.call(Server, SocketCall::Listen { socket: s5, backlog: 1 }), Ok(Value::Zero));
    play.connect();
    play.run_for(300);
    assert_eq!(play.sockets(Server), "4 TIME-WAIT, 5 LISTEN, 6 ESTABLISHED");
}

#[test]
fn after_two_msl_the_port_is_free() {
    let mut play = Play::connected();
    play.close(Server, S4);
    play.run_for(300);
    play.close(Client, S3);
    play.run_for(300);
    play.close(Server, S3);
    let expiry = play.world.next_event().unwrap();
    assert!(matches!(expiry, Upcoming::Timer { host: Server, socket: S4, .. }));
    play.settle();
    assert_eq!(play.world.now(), expiry.at());
    assert_eq!(play.call(Server, SocketCall::Socket), Ok(Value::Descriptor(SocketId(5))));
    assert_eq!(play.call(Server, SocketCall::Bind { socket: SocketId(5), port: 80 }), Ok(Value::Zero));
}

#[test]
fn closing_a_listener_resets_its_backlog() {
    let mut play = Play::new(Setup::default());
    play.listen(5);
    play.connect();
    play.run_for(250);
    play.connect();
    play.run_for(150);
    assert_eq!(play.sockets(Server), "3 LISTEN, 4 ESTABLISHED, 5 SYN-RECEIVED");
    let first = play.log.len();
    play.close(Server, S3);
    expect![[r##"
        400    server 3 close-listen: LISTEN -> CLOSED, sends []
        400    server 4 abort-sends-reset: ESTABLISHED -> CLOSED, sends ["#6 RST,ACK"]
        400    server 5 abort-sends-reset: SYN-RECEIVED -> CLOSED, sends ["#7 RST,ACK"]
    "##]]
    .assert_eq(&play.story_from(first));
    play.run_for(300);
    assert_eq!(play.sockets(Server), "");
    assert_eq!(play.recv(Client, S3), Err(Errno::ECONNRESET));
    assert_eq!(play.recv(Client, S4), Err(Errno::ECONNRESET));
}

#[test]
fn c55_connect_without_a_listener_is_refused() {
    let mut play = Play::new(Setup::default());
    let socket = play.connect();
    play.run_for(1_000);
    expect![[r##"
        0      client 3 socket() = 3
        0      client 3 open-active: CLOSED -> SYN-SENT, sends ["#1 SYN"]
        100    server - closed-rcv-without-ack: CLOSED, sends ["#2 RST,ACK"]
        200    client 3 syn-sent-rcv-rst: SYN-SENT -> CLOSED, sends []
    "##]]
    .assert_eq(&play.story());
    assert_eq!(play.call(Client, SocketCall::Connect { socket, to: WEB }), Err(Errno::ECONNREFUSED));
    assert_eq!(play.call(Client, SocketCall::Connect { socket, to: WEB }), Err(Errno::EINVAL));
}

#[test]
fn a_listener_may_turn_active() {
    let mut play = Play::new(Setup::default());
    play.listen(5);
    assert_eq!(play.call(Client, SocketCall::Socket), Ok(Value::Descriptor(S3)));
    assert_eq!(play.call(Client, SocketCall::Listen { socket: S3, backlog: 1 }), Ok(Value::Zero));
    assert_eq!(play.state(Client, S3), Some(State::Listen));
    assert_eq!(play.call(Client, SocketCall::Connect { socket: S3, to: WEB }), Err(Errno::EINPROGRESS));
    assert_eq!(play.state(Client, S3), Some(State::SynSent));
    play.run_for(300);
    assert_eq!(play.state(Client, S3), Some(State::Established));
}

#[test]
fn data_received_before_an_orderly_end_can_still_be_read() {
    let mut play = Play::connected();
    play.send(Server, S4, b"last words").unwrap();
    play.close(Server, S4);
    play.run_for(300);
    assert_eq!(play.call(Client, SocketCall::Shutdown { socket: S3, how: How::Write }), Ok(Value::Zero));
    play.settle();
    assert_eq!(play.sockets(Client), "3 CLOSED");
    assert_eq!(play.recv(Client, S3), Ok(Value::Data(Bytes::from_static(b"last words"))));
    assert_eq!(play.recv(Client, S3), Ok(Value::Data(Bytes::new())));
}
