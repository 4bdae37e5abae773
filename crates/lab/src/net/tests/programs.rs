//! The programs that hosts can run.

use expect_test::expect;

use super::*;

#[test]
fn a_server_makes_one_call_at_a_time() {
    let mut play = Play::with_server(Program::Sink);
    let socket = play.connect();
    play.run_for(200);
    play.send(Client, socket, b"hello").unwrap();
    play.close(Client, socket);
    play.settle();
    expect![[r##"
        0      server 3 socket() = 3
        0      server 3 bind(3, 80) = 0
        0      server 3 open-passive: CLOSED -> LISTEN, sends []
        0      client 3 socket() = 3
        0      client 3 open-active: CLOSED -> SYN-SENT, sends ["#1 SYN"]
        100    server 4 listen-rcv-syn: LISTEN -> SYN-RECEIVED, sends ["#2 SYN,ACK"]
        200    client 3 syn-sent-rcv-syn-ack: SYN-SENT -> ESTABLISHED, sends ["#3 ACK"]
        200    client 3 send-accepted: ESTABLISHED, sends ["#4 PSH,ACK"]
        200    client 3 close-established: ESTABLISHED -> FIN-WAIT-1, sends ["#5 FIN,ACK"]
        300    server 4 syn-received-rcv-ack: SYN-RECEIVED -> ESTABLISHED, sends []
        300    server 4 text-in-order: ESTABLISHED, sends ["#6 ACK"]
        300    server 4 established-rcv-fin: ESTABLISHED -> CLOSE-WAIT, sends ["#7 ACK"]
        300    server 3 accept(3) = 4
        300    server 4 receive-delivers: CLOSE-WAIT, sends []
        300    server 4 receive-end-of-file: CLOSE-WAIT, sends []
        300    server 4 close-close-wait: CLOSE-WAIT -> LAST-ACK, sends ["#8 FIN,ACK"]
        400    client 3 ack-advances: FIN-WAIT-1, sends []
        400    client 3 fin-wait-1-rcv-ack-of-fin: FIN-WAIT-1 -> FIN-WAIT-2, sends []
        400    client 3 fin-wait-2-rcv-fin: FIN-WAIT-2 -> TIME-WAIT, sends ["#9 ACK"]
        500    server 4 last-ack-rcv-ack-of-fin: LAST-ACK -> CLOSED, sends []
        240400 client 3 time-wait-expires: TIME-WAIT -> CLOSED, sends []
    "##]]
    .assert_eq(&play.story());
}

#[test]
fn c41_a_program_that_never_closes_stays_in_close_wait() {
    let mut play = Play::with_server(Program::NeverCloses);
    play.connect();
    play.run_for(300);
    play.close(Client, S3);
    play.settle();
    // The client waits in FIN-WAIT-2 for ever too: there is no next event.
    assert_eq!(play.sockets(Server), "3 LISTEN, 4 CLOSE-WAIT");
    assert_eq!(play.sockets(Client), "3 FIN-WAIT-2");
}

#[test]
fn a_server_whose_port_is_taken_exits() {
    let mut play = Play::connected();
    play.close(Server, S4);
    play.run_for(300);
    play.close(Client, S3);
    play.run_for(300);
    play.close(Server, S3);
    let first = play.log.len();
    play.apply(Input::RunProgram { host: Server, program: Program::Echo });
    play.run_for(0);
    expect![[r#"
        900    server - Setting(Program(Echo))
        900    server 5 socket() = 5
        900    server 5 bind(5, 80) = EADDRINUSE
    "#]]
    .assert_eq(&play.story_from(first));
}

#[test]
fn a_program_that_ends_closes_its_descriptors() {
    let mut play = Play::with_server(Program::Echo);
    play.connect();
    play.run_for(300);
    let first = play.log.len();
    play.apply(Input::RunProgram { host: Server, program: Program::None });
    expect![[r##"
        300    server 3 close-listen: LISTEN -> CLOSED, sends []
        300    server 4 close-established: ESTABLISHED -> FIN-WAIT-1, sends ["#4 FIN,ACK"]
        300    server - Setting(Program(None))
    "##]]
    .assert_eq(&play.story_from(first));
    assert_eq!(play.sockets(Server), "4 FIN-WAIT-1");
}

#[test]
fn a_program_starts_anew_after_a_crash() {
    let mut play = Play::with_server(Program::Echo);
    play.apply(Input::Crash(Server));
    play.run_for(100);
    assert_eq!(play.sockets(Server), "");
    play.apply(Input::Restart(Server));
    play.run_for(0);
    assert_eq!(play.sockets(Server), "4 LISTEN");
}

#[test]
fn must_58_segments_at_one_instant_get_one_ack() {
    let acknowledged = |together| {
        let mut play = Play::connected();
        let config = Config { aggregate_acks: together, ..Config::default() };
        play.apply(Input::SetConfig { host: Server, config });
        let before = play.world.link().packets_sent();
        let data = Bytes::from(vec![7; 3 * 1_460]);
        assert_eq!(play.call(Client, SocketCall::Send { socket: S3, data }), Ok(Value::Count(3 * 1_460)));
        let segments = play.world.link().packets_sent() - before;
        play.run_for(200);
        let answers = play.world.link().packets_sent() - before - segments;
        assert_eq!(
            play.world.host(Client).socket(S3).map(|socket| socket.tcb().unwrap().in_flight()),
            Some(0)
        );
        (segments, answers)
    };
    assert_eq!([acknowledged(false), acknowledged(true)], [(3, 3), (3, 1)]);
}

#[test]
fn much_data_is_echoed_unchanged() {
    let mut play = Play::with_server(Program::Echo);
    play.connect();
    play.run_for(300);
    let data: Bytes = (0..200_000u32).map(|i| (i % 251) as u8).collect();
    let (mut sent, mut back) = (0, Vec::new());
    for _ in 0..1_000 {
        let call = SocketCall::Send { socket: S3, data: data.slice(sent..) };
        match play.call(Client, call) {
            Ok(Value::Count(count)) => sent += count as usize,
            other => assert_eq!(other, Err(Errno::EAGAIN)),
        }
        play.run_for(50);
        while let Ok(Value::Data(read)) = play.call(Client, SocketCall::Recv { socket: S3, max_bytes: 9_999 })
        {
            back.extend_from_slice(&read);
        }
        if back.len() == data.len() {
            break;
        }
    }
    assert_eq!(sent, data.len());
    assert!(back == data, "what came back is not what went");
}
