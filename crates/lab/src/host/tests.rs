//! One host: descriptors, ports, the backlog, and the errno of every call.

mod addresses;
mod cookies;
mod errors;
mod quiet_time;
mod time_wait;

use bytes::Bytes;

use super::*;
use tcp::time::Duration;
use tcp::wire::{self, WireError};
use tcp::{Control, Endpoint, Options, Segment, SeqNumber, State, TimerKind};

const NOW: Instant = Instant::ZERO;
const WEB: Endpoint = Endpoint::new(HostId::Server.addr(), 80);

/// A segment from the client's port to the server's port 80.
fn segment(port: u16, control: Control, seq: u32, ack: u32) -> Segment {
    Segment {
        source: Endpoint::new(HostId::Client.addr(), port),
        destination: WEB,
        seq: SeqNumber(seq),
        ack: SeqNumber(ack),
        control,
        window: 1_000,
        urgent: 0,
        ttl: 64,
        options: Options::default(),
        text: Bytes::new(),
    }
}

/// The server. The test sends the segments of the other end.
struct Bench(Host);

impl Bench {
    fn new() -> Self {
        Self(Host::new(HostId::Server, Settings::default(), Program::None))
    }

    fn call(&mut self, call: SocketCall) -> CallResult {
        self.0.call(NOW, call).result.unwrap()
    }

    fn socket(&mut self) -> SocketId {
        let Ok(Value::Descriptor(socket)) = self.call(SocketCall::Socket) else { panic!("no socket") };
        socket
    }

    fn bind(&mut self, socket: SocketId, port: u16) -> CallResult {
        self.call(SocketCall::Bind { socket, port })
    }

    fn listen(&mut self, socket: SocketId, backlog: u32) -> CallResult {
        self.call(SocketCall::Listen { socket, backlog })
    }

    fn connect(&mut self, socket: SocketId, port: u16) -> CallResult {
        self.call(SocketCall::Connect { socket, to: Endpoint::new(HostId::Client.addr(), port) })
    }

    fn accept(&mut self, socket: SocketId) -> CallResult {
        self.call(SocketCall::Accept { socket })
    }

    fn recv(&mut self, socket: SocketId) -> CallResult {
        self.call(SocketCall::Recv { socket, max_bytes: 100 })
    }

    fn send(&mut self, socket: SocketId) -> CallResult {
        self.call(SocketCall::Send { socket, data: Bytes::from_static(b"x") })
    }

    fn set(&mut self, socket: SocketId, option: SocketOption) {
        assert_eq!(self.call(SocketCall::SetOption { socket, option }), Ok(Value::Zero));
    }

    fn reuse(&mut self, socket: SocketId) {
        self.set(socket, SocketOption::ReuseAddr(true));
    }

    fn listener(&mut self, backlog: u32) -> SocketId {
        let socket = self.socket();
        assert_eq!(self.bind(socket, 80), Ok(Value::Zero));
        assert_eq!(self.listen(socket, backlog), Ok(Value::Zero));
        socket
    }

    /// A segment from the client's port arrives. Returns the answer.
    fn arrive(&mut self, port: u16, control: Control, seq: u32, ack: u32) -> Vec<Segment> {
        let outcome = self.0.receive(NOW, wire::encode(&segment(port, control, seq, ack)));
        outcome.packets().map(|packet| wire::decode(&packet).unwrap()).collect()
    }

    /// A SYN from the client's port. Returns the number that acknowledges the SYN,ACK.
    fn syn(&mut self, port: u16) -> u32 {
        self.arrive(port, Control::SYN, 100, 0)[0].seq.add(1).0
    }

    /// A whole handshake.
    fn open(&mut self, port: u16) -> u32 {
        let ack = self.syn(port);
        assert_eq!(self.arrive(port, Control::ACK, 101, ack), []);
        ack
    }

    fn state(&self, socket: SocketId) -> Option<State> {
        self.0.socket(socket).map(Socket::tcp_state)
    }

    fn port(&self, socket: SocketId) -> u16 {
        self.0.socket(socket).unwrap().local.port
    }
}

#[test]
fn descriptors_start_at_three_and_are_never_reused() {
    let mut host = Bench::new();
    let first = host.socket();
    assert_eq!(first, SocketId(3));
    assert_eq!(host.call(SocketCall::Close { socket: first }), Ok(Value::Zero));
    assert_eq!(host.socket(), SocketId(4));
    for call in [
        SocketCall::Close { socket: first },
        SocketCall::Bind { socket: first, port: 80 },
        SocketCall::Recv { socket: SocketId(99), max_bytes: 1 },
        SocketCall::SetOption { socket: first, option: SocketOption::Linger(None) },
    ] {
        assert_eq!(host.call(call), Err(Errno::EBADF));
    }
    for _ in 1..1_024 {
        host.socket();
    }
    assert_eq!(host.call(SocketCall::Socket), Err(Errno::EMFILE));
}

#[test]
fn a_fresh_socket_has_no_connection() {
    let mut host = Bench::new();
    let socket = host.socket();
    assert_eq!(host.send(socket), Err(Errno::ENOTCONN));
    assert_eq!(host.recv(socket), Err(Errno::ENOTCONN));
    assert_eq!(host.accept(socket), Err(Errno::EINVAL));
    assert_eq!(host.call(SocketCall::Shutdown { socket, how: How::Both }), Err(Errno::ENOTCONN));
    assert_eq!(host.state(socket), Some(State::Closed));
}

#[test]
fn bind_takes_a_free_port_once() {
    let mut host = Bench::new();
    let [a, b, c] = [host.socket(), host.socket(), host.socket()];
    assert_eq!(host.bind(a, 80), Ok(Value::Zero));
    assert_eq!(host.bind(a, 81), Err(Errno::EINVAL), "it is bound already");
    assert_eq!(host.bind(b, 80), Err(Errno::EADDRINUSE));
    host.reuse(b);
    assert_eq!(host.bind(b, 80), Ok(Value::Zero));
    assert_eq!(host.listen(a, 1), Ok(Value::Zero));
    assert_eq!(host.listen(b, 1), Err(Errno::EADDRINUSE), "two listeners on one port, never (MUST-41)");
    host.reuse(c);
    assert_eq!(host.bind(c, 80), Err(Errno::EADDRINUSE), "a listener keeps its port from everybody");
    assert_eq!(host.bind(c, 0), Ok(Value::Zero));
    assert_eq!(host.port(c), 40_001);
}

#[test]
fn a_port_with_a_connection_is_taken_unless_reused() {
    let mut host = Bench::new();
    let listener = host.listener(1);
    host.open(5_000);
    assert_eq!(host.accept(listener), Ok(Value::Descriptor(SocketId(4))));
    assert_eq!(host.call(SocketCall::Close { socket: listener }), Ok(Value::Zero));
    let socket = host.socket();
    assert_eq!(host.bind(socket, 80), Err(Errno::EADDRINUSE));
    host.reuse(socket);
    assert_eq!(host.bind(socket, 80), Ok(Value::Zero));
    assert_eq!(host.connect(socket, 5_000), Err(Errno::EADDRNOTAVAIL), "the 4-tuple exists");
    assert_eq!(host.connect(socket, 5_001), Err(Errno::EINPROGRESS));
}

#[test]
fn a_second_listen_changes_the_backlog() {
    let mut host = Bench::new();
    let socket = host.socket();
    assert_eq!(host.listen(socket, 1), Ok(Value::Zero));
    assert_eq!(host.port(socket), 40_001);
    assert_eq!(host.listen(socket, 0), Ok(Value::Zero));
    let backlog = |host: &Bench| match host.0.socket(socket).unwrap().state {
        SocketState::Listening { backlog, .. } => backlog,
        _ => panic!("it does not listen"),
    };
    assert_eq!(backlog(&host), 1, "a listener has room for one at least");
    assert_eq!(host.listen(socket, u32::MAX), Ok(Value::Zero));
    assert_eq!(backlog(&host), 4_096);
    assert_eq!(host.recv(socket), Err(Errno::ENOTCONN));
    assert_eq!(host.send(socket), Err(Errno::ENOTCONN));
    assert_eq!(host.call(SocketCall::Shutdown { socket, how: How::Write }), Err(Errno::ENOTCONN));
    assert_eq!(host.bind(socket, 80), Err(Errno::EINVAL));
}

#[test]
fn connect_reports_its_progress_by_errno() {
    let mut host = Bench::new();
    let socket = host.socket();
    assert_eq!(host.connect(socket, 7), Err(Errno::EINPROGRESS));
    assert_eq!(host.state(socket), Some(State::SynSent));
    assert_eq!(host.connect(socket, 7), Err(Errno::EALREADY));
    assert_eq!(host.recv(socket), Err(Errno::EAGAIN));
    assert_eq!(host.listen(socket, 1), Err(Errno::EINVAL));
    assert_eq!(host.accept(socket), Err(Errno::EINVAL));
    let listener = host.listener(1);
    host.open(5_000);
    let Ok(Value::Descriptor(child)) = host.accept(listener) else { panic!("nothing to accept") };
    assert_eq!(host.connect(child, 7), Err(Errno::EISCONN));
}

#[test]
fn the_host_chooses_ports_in_order_and_skips_used_ones() {
    let mut host = Bench::new();
    let bound = host.socket();
    assert_eq!(host.bind(bound, 40_002), Ok(Value::Zero));
    let mut connected = |to| {
        let socket = host.socket();
        assert_eq!(host.connect(socket, to), Err(Errno::EINPROGRESS));
        host.port(socket)
    };
    assert_eq!([connected(7), connected(7), connected(9)], [40_001, 40_003, 40_004]);
    host.0.next_port = u16::MAX;
    let mut connected = |to| {
        let socket = host.socket();
        assert_eq!(host.connect(socket, to), Err(Errno::EINPROGRESS));
        host.port(socket)
    };
    assert_eq!([connected(7), connected(7)], [65_535, 40_004], "40004 goes to port 9: another 4-tuple");
}

#[test]
fn when_every_port_is_used_bind_fails() {
    let mut host = Bench::new();
    let first = host.socket();
    assert_eq!(host.bind(first, 40_001), Ok(Value::Zero));
    let socket = host.socket();
    // One socket for every port, which is more than the calls allow.
    for port in 40_002..=65_535 {
        let id = host.0.take_socket_id();
        let mut socket = host.0.socket(first).unwrap().clone();
        (socket.id, socket.local.port, socket.descriptor) = (id, port, Descriptor::Closed);
        host.0.sockets.insert(id, Rc::new(socket));
    }
    assert_eq!(host.call(SocketCall::Socket), Err(Errno::ENOBUFS));
    assert_eq!(host.bind(socket, 0), Err(Errno::EADDRNOTAVAIL));
    assert_eq!(host.listen(socket, 1), Err(Errno::EADDRNOTAVAIL));
    assert_eq!(host.connect(socket, 7), Err(Errno::EADDRNOTAVAIL));
    let others: Vec<_> =
        host.0.sockets.values().filter(|other| other.local.port == 40_777).map(|other| other.id).collect();
    others.iter().for_each(|id| drop(host.0.sockets.remove(id)));
    host.0.next_port = 40_778;
    assert_eq!(host.bind(socket, 0), Ok(Value::Zero), "the search goes round");
    assert_eq!(host.port(socket), 40_777);
}

#[test]
fn accept_returns_connections_in_the_order_of_opening() {
    let mut host = Bench::new();
    let listener = host.listener(5);
    assert_eq!(host.accept(listener), Err(Errno::EAGAIN));
    let ack = host.syn(5_000);
    assert_eq!(host.accept(listener), Err(Errno::EAGAIN), "half-open");
    host.open(5_001);
    host.arrive(5_000, Control::ACK, 101, ack);
    assert_eq!(host.recv(SocketId(4)), Err(Errno::EBADF), "not accepted yet");
    assert_eq!(host.accept(listener), Ok(Value::Descriptor(SocketId(5))));
    assert_eq!(host.accept(listener), Ok(Value::Descriptor(SocketId(4))));
    assert_eq!(host.0.socket(SocketId(4)).unwrap().parent, Some(listener));
    assert_eq!(host.recv(SocketId(4)), Err(Errno::EAGAIN));
}

#[test]
fn data_that_arrived_before_accept_can_be_read() {
    let mut host = Bench::new();
    let listener = host.listener(5);
    let ack = host.open(5_000);
    let early = Segment { text: Bytes::from_static(b"early"), ..segment(5_000, Control::ACK, 101, ack) };
    host.0.receive(NOW, wire::encode(&early));
    let Ok(Value::Descriptor(socket)) = host.accept(listener) else { panic!("a connection") };
    assert_eq!(host.recv(socket), Ok(Value::Data(Bytes::from_static(b"early"))));
}

#[test]
fn the_backlog_counts_half_open_and_waiting_connections() {
    let mut host = Bench::new();
    let listener = host.listener(2);
    host.syn(5_000);
    host.open(5_001);
    assert_eq!(host.arrive(5_002, Control::SYN, 100, 0), [], "full: silence");
    let stray = host.arrive(5_002, Control::ACK, 100, 9);
    assert_eq!(stray[0].control, Control::RST, "only a SYN wants room");
    assert_eq!(host.accept(listener), Ok(Value::Descriptor(SocketId(5))));
    host.syn(5_002);
    assert_eq!(host.state(SocketId(6)), Some(State::SynReceived));
}

#[test]
fn a_connection_reset_before_accept_is_reported_once() {
    let mut host = Bench::new();
    let listener = host.listener(5);
    host.open(5_000);
    host.arrive(5_000, Control::RST, 101, 0);
    host.syn(5_001);
    host.arrive(5_001, Control::RST, 101, 0);
    assert_eq!(host.state(SocketId(5)), None, "nobody had heard of the half-open one");
    assert_eq!(host.accept(listener), Err(Errno::ECONNABORTED));
    assert_eq!(host.accept(listener), Err(Errno::EAGAIN));
    assert_eq!(host.0.sockets().count(), 1);
}

#[test]
fn a_child_starts_in_listen_with_the_options_of_its_parent() {
    let mut host = Bench::new();
    let listener = host.socket();
    host.reuse(listener);
    host.set(listener, SocketOption::Linger(Some(0)));
    assert_eq!(host.bind(listener, 80), Ok(Value::Zero));
    assert_eq!(host.listen(listener, 5), Ok(Value::Zero));
    let syn = segment(5_000, Control::SYN, 1, 0);
    let outcome = host.0.receive(NOW, wire::encode(&syn));
    let [taken] = &outcome.transitions[..] else { panic!("one transition") };
    assert_eq!((taken.transition.from(), taken.transition.to()), (State::Listen, State::SynReceived));
    assert_eq!(taken.socket, Some(SocketId(4)));
    assert_eq!(host.state(listener), Some(State::Listen));
    let child = host.0.socket(SocketId(4)).unwrap();
    assert!(child.options.reuse_addr && child.options.linger == Some(0) && child.is_queued());
}

#[test]
fn a_time_out_of_a_removed_socket_does_nothing() {
    let mut host = Bench::new();
    assert_eq!(host.0.fire(NOW, SocketId(9), TimerKind::Retransmission), Outcome::default());
    assert_eq!(host.0.next_timer(), None);
    let (a, b) = (host.socket(), host.socket());
    host.connect(b, 7).unwrap_err();
    host.connect(a, 7).unwrap_err();
    let (_, first, kind) = host.0.next_timer().unwrap();
    assert_eq!((first, kind), (a, TimerKind::Retransmission), "the lower number of two that tie");
}

#[test]
fn on_a_host_that_is_down_every_call_fails() {
    let mut host = Bench::new();
    host.listener(5);
    host.0.crash();
    assert_eq!(host.call(SocketCall::Socket), Err(Errno::EHOSTDOWN));
    assert_eq!(host.0.sockets().count(), 0);
    host.0.restart(NOW);
    assert_eq!(host.socket(), SocketId(4));
}

#[test]
fn must_24_each_connection_has_its_own_keepalive() {
    let mut host = Bench::new();
    let listener = host.listener(5);
    host.open(5_000);
    host.open(5_001);
    let Ok(Value::Descriptor(one)) = host.accept(listener) else { panic!("a connection") };
    host.set(one, SocketOption::KeepIdle(Duration::from_secs(9)));
    assert_eq!(host.0.next_timer(), None, "an interval alone switches nothing on");
    host.set(one, SocketOption::KeepAlive(true));
    assert_eq!(host.0.next_timer(), Some((NOW + Duration::from_secs(9), one, TimerKind::Keepalive)));
    host.set(one, SocketOption::KeepAlive(false));
    assert_eq!(host.0.next_timer(), None);
}

#[test]
fn must_17_tcp_nodelay_sends_data_that_waited() {
    let mut settings = Settings::default();
    settings.config.nagle = true;
    let mut host = Bench(Host::new(HostId::Server, settings, Program::None));
    let listener = host.listener(5);
    host.open(5_000);
    let Ok(Value::Descriptor(socket)) = host.accept(listener) else { panic!("a connection") };
    assert_eq!((host.send(socket), host.send(socket)), (Ok(Value::Count(1)), Ok(Value::Count(1))));
    let set = SocketCall::SetOption { socket, option: SocketOption::NoDelay(true) };
    let outcome = host.0.call(NOW, set);
    assert_eq!(outcome.packets().count(), 1);
}

#[test]
fn options_can_be_set_only_on_open_sockets() {
    let mut host = Bench::new();
    let none = SocketCall::SetOption { socket: SocketId(99), option: SocketOption::KeepAlive(true) };
    assert_eq!(host.call(none), Err(Errno::EBADF));
    let fresh = host.socket();
    host.set(fresh, SocketOption::UserTimeout(Duration::ZERO));
    host.set(fresh, SocketOption::UserTimeout(Duration::from_secs(4)));
    let options = host.0.socket(fresh).expect("it is there").options.clone();
    let mut config = tcp::Config::default();
    options.apply_to(&mut config);
    assert_eq!(config.user_timeout, Some(Duration::from_secs(4)), "the later value counts");
}

#[test]
fn a_changed_copy_shares_all_sockets_but_the_one_that_changed() {
    let mut host = Bench::new();
    let first = host.socket();
    for _ in 0..4_000 {
        let id = host.0.take_socket_id();
        let socket = Socket { id, descriptor: Descriptor::Closed, ..host.0.socket(first).unwrap().clone() };
        host.0.sockets.insert(id, Rc::new(socket));
    }
    let copy = host.0.clone();
    assert_eq!(host.bind(first, 9), Ok(Value::Zero));
    let changed = host.0.sockets.iter().filter(|(id, socket)| !Rc::ptr_eq(socket, &copy.sockets[id]));
    assert!(changed.map(|(id, _)| *id).eq([first]));
}

#[test]
fn at_most_one_call_waits_on_a_socket() {
    let mut host = Bench::new();
    let socket = host.socket();
    assert_eq!(host.listen(socket, 1), Ok(Value::Zero));
    let option = SocketOption::ReceiveTimeout(Some(Duration::from_secs(9)));
    assert_eq!(host.call(SocketCall::SetOption { socket, option }), Ok(Value::Zero));
    assert!(matches!(host.call(SocketCall::Accept { socket }), Ok(Value::Waits { .. })));
    assert_eq!(host.call(SocketCall::Accept { socket }), Err(Errno::EALREADY));
    assert_eq!(host.0.waiting().len(), 1);
}
