//! A host whose peer is played by the test.

use std::net::Ipv4Addr;

use bytes::Bytes;
use lab::host::{
    CallResult, Host, HostId, Outcome, Program, Socket, SocketCall, SocketId, SocketOption, Value,
};
use tcp::time::Instant;
use tcp::wire;
use tcp::{Config, Control, Endpoint, Options, Segment, SeqNumber, Settings, State, TimerKind};

/// The address of the host under test, and that of its peer.
pub(crate) const HOST: Ipv4Addr = HostId::Server.addr();
pub(crate) const PEER: Ipv4Addr = HostId::Client.addr();

/// The number of the peer's SYN.
pub(crate) const PEER_ISS: u32 = 100;

pub(crate) struct Bench {
    pub(crate) host: Host,
    pub(crate) now: Instant,
}

impl Bench {
    pub(crate) fn new(change: impl FnOnce(&mut Config)) -> Self {
        let mut settings = Settings::default();
        change(&mut settings.config);
        Self { host: Host::new(HostId::Server, settings, Program::None), now: Instant::ZERO }
    }

    pub(crate) fn outcome(&mut self, call: SocketCall) -> Outcome {
        self.host.call(self.now, call)
    }

    pub(crate) fn call(&mut self, call: SocketCall) -> CallResult {
        self.outcome(call).result.expect("a call returns")
    }

    /// A socket bound to `port` with SO_REUSEADDR.
    pub(crate) fn bound(&mut self, port: u16) -> SocketId {
        let Ok(Value::Descriptor(socket)) = self.call(SocketCall::Socket) else { panic!("no socket") };
        let option = SocketOption::ReuseAddr(true);
        assert_eq!(self.call(SocketCall::SetOption { socket, option }), Ok(Value::Zero));
        assert_eq!(self.call(SocketCall::Bind { socket, port }), Ok(Value::Zero));
        socket
    }

    pub(crate) fn listener(&mut self, backlog: u32) -> SocketId {
        let socket = self.bound(80);
        assert_eq!(self.call(SocketCall::Listen { socket, backlog }), Ok(Value::Zero));
        socket
    }

    /// Calls connect() to the peer's port 7. Returns its result and the packets sent.
    pub(crate) fn connect(&mut self, socket: SocketId) -> (CallResult, Vec<Bytes>) {
        let outcome = self.outcome(SocketCall::Connect { socket, to: Endpoint::new(PEER, 7) });
        let packets = outcome.packets().collect();
        (outcome.result.expect("a call returns"), packets)
    }

    /// A connection from `port` to the peer's port 7, in ESTABLISHED.
    pub(crate) fn connected(&mut self, port: u16) -> SocketId {
        let socket = self.bound(port);
        let (_, packets) = self.connect(socket);
        let syn = read(&packets[0]);
        let answer = answer(&syn, Control::SYN | Control::ACK, PEER_ISS, syn.seq.add(1));
        assert_eq!(self.arrive(&answer).len(), 1);
        assert_eq!(self.state(socket), State::Established);
        socket
    }

    /// `segment` arrives. Returns the answer.
    pub(crate) fn arrive(&mut self, segment: &Segment) -> Vec<Segment> {
        let outcome = self.host.receive(self.now, wire::encode(segment));
        outcome.packets().map(|packet| read(&packet)).collect()
    }

    /// Lets the next timer expire.
    pub(crate) fn expire(&mut self) -> Option<TimerKind> {
        let (at, socket, kind) = self.host.next_timer()?;
        self.now = at;
        self.host.fire(at, socket, kind);
        Some(kind)
    }

    pub(crate) fn state(&self, socket: SocketId) -> State {
        self.host.socket(socket).map_or(State::Closed, Socket::tcp_state)
    }

    /// The next segment of the peer on `socket`, which has received everything so far.
    pub(crate) fn next(&self, socket: SocketId, control: Control) -> Segment {
        let tcb = self.host.socket(socket).and_then(Socket::tcb).expect("it is connected");
        Segment { source: tcb.remote, destination: tcb.local, ..segment(control, tcb.rcv.nxt.0, tcb.snd.nxt) }
    }
}

/// A segment from the peer's port 5000 to port 80.
pub(crate) fn segment(control: Control, seq: u32, ack: SeqNumber) -> Segment {
    Segment {
        source: Endpoint::new(PEER, 5_000),
        destination: Endpoint::new(HOST, 80),
        seq: SeqNumber(seq),
        ack: if control.contains(Control::ACK) { ack } else { SeqNumber(0) },
        control,
        window: 10_000,
        urgent: 0,
        ttl: 64,
        options: Options::default(),
        text: Bytes::new(),
    }
}

pub(crate) fn syn() -> Segment {
    segment(Control::SYN, PEER_ISS, SeqNumber(0))
}

/// A segment to the sender of `to`.
pub(crate) fn answer(to: &Segment, control: Control, seq: u32, ack: SeqNumber) -> Segment {
    Segment { source: to.destination, destination: to.source, ..segment(control, seq, ack) }
}

pub(crate) fn read(packet: &Bytes) -> Segment {
    wire::decode(packet).expect("what a host sends can be read")
}
