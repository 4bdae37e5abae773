//! Our end: one host, without a world.

use bytes::Bytes;
use lab::host::{
    CallResult, Errno, Host, HostId, How, Outcome, Program, SocketCall, SocketId, SocketOption, SocketState,
    Value,
};
use tcp::time::Instant;
use tcp::{Config, Endpoint, Settings, State};

/// The port on which an end listens.
pub(crate) const SERVER_PORT: u16 = 80;
/// The port from which a client connects.
pub(crate) const CLIENT_PORT: u16 = 40_000;

/// The two ends of our client's first connection.
pub(crate) fn ends_of_client() -> (Endpoint, Endpoint) {
    (Endpoint::new(HostId::Client.addr(), CLIENT_PORT), Endpoint::new(HostId::Server.addr(), SERVER_PORT))
}

/// What recv() found.
pub(crate) enum Read {
    Data(Bytes),
    Nothing,
    EndOfFile,
    Failed,
}

/// One host, one connection.
pub(crate) struct Ours {
    host: Host,
    listener: Option<SocketId>,
    socket: Option<SocketId>,
    sent: Vec<Bytes>,
    /// Every state the connection was in, in order.
    pub(crate) path: Vec<State>,
    /// One of our numbers was smaller than our first one.
    pub(crate) wrapped: bool,
}

impl Ours {
    pub(crate) fn new(config: Config) -> Self {
        let host = Host::new(HostId::Client, Settings { config, ..Settings::default() }, Program::None);
        Self { host, listener: None, socket: None, sent: Vec::new(), path: Vec::new(), wrapped: false }
    }

    pub(crate) fn listen(&mut self, now: Instant) {
        let socket = self.new_socket(now);
        assert_eq!(self.call(now, SocketCall::Bind { socket, port: SERVER_PORT }), Ok(Value::Zero));
        assert_eq!(self.call(now, SocketCall::Listen { socket, backlog: 5 }), Ok(Value::Zero));
        self.listener = Some(socket);
    }

    pub(crate) fn connect(&mut self, now: Instant) {
        let socket = self.new_socket(now);
        assert_eq!(self.call(now, SocketCall::Bind { socket, port: CLIENT_PORT }), Ok(Value::Zero));
        let (_, to) = ends_of_client();
        assert_eq!(self.call(now, SocketCall::Connect { socket, to }), Err(Errno::EINPROGRESS));
        self.socket = Some(socket);
    }

    /// Accepts a waiting connection, once, and then closes the listener.
    pub(crate) fn accept(&mut self, now: Instant) {
        let Some(listener) = self.listener else { return };
        match self.call(now, SocketCall::Accept { socket: listener }) {
            Ok(Value::Descriptor(socket)) => {
                self.socket = Some(socket);
                self.stop_listening(now);
            }
            // It was reset before it was accepted.
            Err(Errno::ECONNABORTED) => self.stop_listening(now),
            Ok(_) | Err(_) => {}
        }
    }

    /// Closes the listener, which resets the connections in its backlog.
    pub(crate) fn stop_listening(&mut self, now: Instant) {
        let Some(socket) = self.listener.take() else { return };
        assert_eq!(self.call(now, SocketCall::Close { socket }), Ok(Value::Zero));
    }

    pub(crate) fn is_open(&self) -> bool {
        self.socket.is_some_and(|id| {
            let socket = self.host.socket(id).map(|socket| &socket.state);
            matches!(socket, Some(SocketState::Connected(tcb)) if tcb.state.is_synchronized())
        })
    }

    /// Sends as much of `data` as fits. Returns how much that was.
    pub(crate) fn send(&mut self, now: Instant, data: Bytes) -> usize {
        let Some(socket) = self.socket else { return 0 };
        match self.call(now, SocketCall::Send { socket, data }) {
            Ok(Value::Count(count)) => count as usize,
            _ => 0,
        }
    }

    pub(crate) fn read(&mut self, now: Instant, max_bytes: u32) -> Read {
        let Some(socket) = self.socket else { return Read::Nothing };
        match self.call(now, SocketCall::Recv { socket, max_bytes }) {
            Ok(Value::Data(data)) if data.is_empty() => Read::EndOfFile,
            Ok(Value::Data(data)) => Read::Data(data),
            Err(Errno::EAGAIN) => Read::Nothing,
            _ => Read::Failed,
        }
    }

    /// Closes the sending direction.
    pub(crate) fn finish(&mut self, now: Instant) {
        let Some(socket) = self.socket else { return };
        // It fails if the connection was reset meanwhile.
        let _ = self.call(now, SocketCall::Shutdown { socket, how: How::Write });
    }

    /// Closes the socket, with `abort` by an RST.
    pub(crate) fn close(&mut self, now: Instant, abort: bool) {
        let Some(socket) = self.socket.take() else { return };
        if abort {
            let option = SocketOption::Linger(Some(0));
            assert_eq!(self.call(now, SocketCall::SetOption { socket, option }), Ok(Value::Zero));
        }
        assert_eq!(self.call(now, SocketCall::Close { socket }), Ok(Value::Zero));
    }

    pub(crate) fn receive(&mut self, now: Instant, packet: &Bytes) {
        let outcome = self.host.receive(now, packet.clone());
        self.note(&outcome);
    }

    pub(crate) fn next_timer(&self) -> Option<Instant> {
        self.host.next_timer().map(|(at, ..)| at)
    }

    /// Lets the timers that are due expire.
    pub(crate) fn fire(&mut self, now: Instant) {
        while let Some((at, socket, kind)) = self.host.next_timer()
            && at <= now
        {
            let outcome = self.host.fire(now, socket, kind);
            self.note(&outcome);
        }
    }

    /// The packets sent since they were last taken.
    pub(crate) fn take_sent(&mut self) -> Vec<Bytes> {
        core::mem::take(&mut self.sent)
    }

    /// Everything that our end sends is sent and acknowledged, and it has announced an open window: it is the other
    /// end's turn.
    pub(crate) fn owes_nothing(&self) -> bool {
        let mut sockets = self.host.sockets().filter_map(|socket| socket.tcb());
        sockets.all(|tcb| {
            let is_open = tcb.rcv.announced.is_after(tcb.rcv.nxt);
            tcb.in_flight() == 0 && tcb.unsent_bytes() == 0 && is_open
        })
    }

    /// No socket is left, so no TCB either.
    pub(crate) fn is_over(&self) -> bool {
        self.host.sockets().next().is_none()
    }

    /// The states of the sockets that are left.
    pub(crate) fn sockets(&self) -> String {
        self.host.sockets().map(|socket| format!("{} {} ", socket.id, socket.tcp_state())).collect()
    }

    fn new_socket(&mut self, now: Instant) -> SocketId {
        let Ok(Value::Descriptor(socket)) = self.call(now, SocketCall::Socket) else { panic!("no socket") };
        socket
    }

    fn call(&mut self, now: Instant, call: SocketCall) -> CallResult {
        let outcome = self.host.call(now, call);
        self.note(&outcome);
        outcome.result.expect("a call returns")
    }

    fn note(&mut self, outcome: &Outcome) {
        self.sent.extend(outcome.packets());
        for taken in &outcome.transitions {
            invariants::check(&taken.transition, self.host.settings());
            let tcb = &taken.transition.after;
            self.wrapped |= tcb.snd.una.0 < tcb.snd.iss.0 && tcb.state.is_synchronized();
            let state = taken.transition.to();
            // The listener has no remote end.
            if taken.socket.is_some() && tcb.remote.is_specified() && self.path.last() != Some(&state) {
                self.path.push(state);
            }
        }
    }
}
