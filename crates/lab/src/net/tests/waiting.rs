//! Calls that wait: SO_RCVTIMEO and SO_LINGER with a time.

use super::*;

/// The results returned on `socket` of `host` since record `first`, with their times in milliseconds.
fn returned(play: &Play, first: usize, host: HostId, socket: SocketId) -> Vec<(u64, CallResult)> {
    let results = play.log[first..].iter().filter(|record| record.host == Some(host)).filter_map(|record| {
        let (call, result) = record.call()?;
        (call.socket() == Some(socket)).then(|| (record.at.as_micros() / 1_000, result.clone()))
    });
    results.collect()
}

fn set(play: &mut Play, host: HostId, socket: SocketId, option: SocketOption) {
    assert_eq!(play.call(host, SocketCall::SetOption { socket, option }), Ok(Value::Zero));
}

const fn for_seconds(seconds: u64) -> SocketOption {
    SocketOption::ReceiveTimeout(Some(Duration::from_secs(seconds)))
}

fn waits(play: &Play, seconds: u64) -> CallResult {
    Ok(Value::Waits { until: play.world.now() + Duration::from_secs(seconds) })
}

/// A connected client that has just called recv() with a time-out of two seconds.
fn reading() -> (Play, usize, u64) {
    let mut play = Play::connected();
    set(&mut play, Client, S3, for_seconds(2));
    assert_eq!(play.recv(Client, S3), waits(&play, 2));
    let (first, now) = (play.log.len(), play.world.now().as_micros() / 1_000);
    (play, first, now)
}

#[test]
fn recv_returns_as_soon_as_data_arrives() {
    let (mut play, first, now) = reading();
    play.run_for(500);
    play.send(Server, S4, b"hello").unwrap();
    play.run_for(5_000);
    let data = Ok(Value::Data(Bytes::from_static(b"hello")));
    assert_eq!(returned(&play, first, Client, S3), [(now + 600, data)]);
    assert!(play.world.host(Client).waiting().is_empty());
}

#[test]
fn recv_times_out_and_the_connection_goes_on() {
    let (mut play, first, now) = reading();
    play.run_for(10_000);
    assert_eq!(returned(&play, first, Client, S3), [(now + 2_000, Err(Errno::EAGAIN))]);
    assert!(play.log[first..].iter().all(|record| record.sent.is_empty()), "nothing is sent");
    assert_eq!(play.state(Client, S3), Some(State::Established));
    assert_eq!(play.world.next_event(), None);
}

#[test]
fn recv_returns_on_end_of_file_reset_and_close() {
    let (mut play, first, now) = reading();
    play.close(Server, S4);
    play.run_for(1_000);
    assert_eq!(returned(&play, first, Client, S3), [(now + 100, Ok(Value::Data(Bytes::new())))]);

    let (mut play, first, now) = reading();
    set(&mut play, Server, S4, SocketOption::Linger(Some(0)));
    play.close(Server, S4);
    play.run_for(1_000);
    assert_eq!(returned(&play, first, Client, S3), [(now + 100, Err(Errno::ECONNRESET))]);

    let (mut play, first, now) = reading();
    play.close(Client, S3);
    play.run_for(0);
    assert_eq!(returned(&play, first, Client, S3), [(now, Ok(Value::Zero)), (now, Err(Errno::EBADF))]);
}

#[test]
fn a_second_recv_on_a_waiting_socket_fails() {
    let (mut play, _, _) = reading();
    assert_eq!(play.recv(Client, S3), Err(Errno::EALREADY));
    assert_eq!(play.send(Client, S3, b"but others go on"), Ok(Value::Count(16)));
    assert_eq!(play.world.host(Client).waiting().len(), 1);
}

#[test]
fn accept_waits_for_a_connection() {
    let mut play = Play::new(Setup::default());
    play.listen(5);
    set(&mut play, Server, S3, for_seconds(3));
    assert_eq!(play.accept(), waits(&play, 3));
    let first = play.log.len();
    play.connect();
    play.run_for(10_000);
    assert_eq!(returned(&play, first, Server, S3), [(300, Ok(Value::Descriptor(S4)))]);
    assert_eq!(play.accept(), waits(&play, 3));
    let first = play.log.len();
    play.run_for(10_000);
    assert_eq!(returned(&play, first, Server, S3), [(13_000, Err(Errno::EAGAIN))]);
}

#[test]
fn without_so_rcvtimeo_nothing_waits() {
    let mut play = Play::connected();
    set(&mut play, Client, S3, for_seconds(2));
    set(&mut play, Client, S3, SocketOption::ReceiveTimeout(None));
    assert_eq!(play.recv(Client, S3), Err(Errno::EAGAIN));
}

#[test]
fn a_late_syn_ack_after_recv_timeout_and_close_draws_rst() {
    let mut play = Play::new(Setup { latency: [Duration::from_millis(900); 2], ..Setup::default() });
    play.listen(5);
    let socket = play.connect();
    set(&mut play, Client, socket, for_seconds(1));
    assert_eq!(play.recv(Client, socket), waits(&play, 1));
    let first = play.log.len();
    play.run_for(1_000);
    assert_eq!(returned(&play, first, Client, socket), [(1_000, Err(Errno::EAGAIN))]);
    assert_eq!(play.state(Client, socket), Some(State::SynSent), "the time-out itself sends nothing");
    play.close(Client, socket);
    let first = play.log.len();
    play.run_for(1_000);
    let rules: Vec<_> = play.log[first..]
        .iter()
        .filter_map(|record| match &record.what {
            What::Transition { transition, .. } if record.host == Some(Client) => Some(transition.rule()),
            _ => None,
        })
        .collect();
    assert_eq!(rules, [Rule::ClosedRcvAck], "RST for a SYN,ACK that comes too late");
}

/// A client with SO_LINGER set and data that is not acknowledged yet.
fn lingering(seconds: u16) -> Play {
    let mut play = Play::connected();
    set(&mut play, Client, S3, SocketOption::Linger(Some(seconds)));
    play.send(Client, S3, b"last words").unwrap();
    play
}

#[test]
fn lingering_close_returns_when_all_is_acknowledged() {
    let mut play = lingering(5);
    let now = play.world.now().as_micros() / 1_000;
    assert_eq!(play.call(Client, SocketCall::Close { socket: S3 }), waits(&play, 5));
    let first = play.log.len();
    play.run_for(10_000);
    assert_eq!(returned(&play, first, Client, S3), [(now + 200, Ok(Value::Zero))]);
    assert_eq!(play.state(Client, S3), Some(State::FinWait2));
}

#[test]
fn lingering_close_times_out_and_tcp_goes_on() {
    let mut play = lingering(5);
    play.apply(Input::CutCable);
    let now = play.world.now().as_micros() / 1_000;
    assert_eq!(play.call(Client, SocketCall::Close { socket: S3 }), waits(&play, 5));
    let first = play.log.len();
    play.run_for(6_000);
    assert_eq!(returned(&play, first, Client, S3), [(now + 5_000, Err(Errno::EAGAIN))]);
    assert_eq!(play.state(Client, S3), Some(State::FinWait1));
    play.apply(Input::MendCable);
    play.run_for(60_000);
    assert_eq!(play.state(Client, S3), Some(State::FinWait2), "it is delivered all the same");
}

#[test]
fn close_does_not_linger_if_all_is_acknowledged() {
    let mut play = Play::new(Setup::default());
    assert_eq!(play.call(Client, SocketCall::Socket), Ok(Value::Descriptor(S3)));
    set(&mut play, Client, S3, SocketOption::Linger(Some(5)));
    play.close(Client, S3);
    play.listen(5);
    set(&mut play, Server, S3, SocketOption::Linger(Some(5)));
    play.close(Server, S3);
}

#[test]
fn a_program_goes_on_after_a_lingering_close() {
    let mut play = Play::with_server(Program::Echo);
    for served in [S4, SocketId(5)] {
        let socket = play.connect();
        play.run_for(400);
        set(&mut play, Server, served, SocketOption::Linger(Some(5)));
        play.send(Client, socket, b"ping").unwrap();
        play.run_for(400);
        assert_eq!(play.recv(Client, socket), Ok(Value::Data(Bytes::from_static(b"ping"))));
        play.close(Client, socket);
        play.run_for(1_000);
        assert_eq!(play.state(Server, served), None, "both are closed");
    }
    assert!(play.world.host(Server).waiting().is_empty());
}

#[test]
fn a_crash_ends_waiting_calls_silently() {
    let (mut play, first, _) = reading();
    play.apply(Input::Crash(Client));
    play.run_for(10_000);
    assert_eq!(returned(&play, first, Client, S3), []);
    assert!(play.world.host(Client).waiting().is_empty());
}
