//! Our side: a world with two hosts and a link without latency. Every record is made.

use std::rc::Rc;

use bytes::Bytes;
use lab::host::{CallResult, Errno, HostId, SocketCall, SocketId, SocketOption, Value};
use lab::net::{Record, Setup, What, World};
use tcp::time::Duration;
use tcp::{Config, Endpoint, Settings, Transition};

use crate::BUFFER_BYTES;

const PORT: u16 = 80;

/// A client and a server that listens.
pub(crate) struct Pair {
    world: World,
    listener: SocketId,
    /// The data that the client sends.
    data: Bytes,
    /// The records, if they are kept.
    kept: Option<Vec<Record>>,
}

/// Copies of the transitions among `records`: the cost of their memory and contents, and nothing else.
pub(crate) fn copied(records: &[Record]) -> Vec<Rc<Transition>> {
    let transitions = records.iter().filter_map(|record| match &record.what {
        What::Transition { transition, .. } => Some(transition),
        _ => None,
    });
    let copy = |transition: &Rc<Transition>| {
        let mut copy = (**transition).clone();
        if !Rc::ptr_eq(&copy.before, &copy.after) {
            copy.after = Rc::new((*copy.after).clone());
        }
        Rc::new(copy)
    };
    transitions.map(copy).collect()
}

impl Pair {
    pub(crate) fn new() -> Self {
        Self::with(Config::default())
    }

    fn with(config: Config) -> Self {
        let settings = Settings { config, ..Settings::default() };
        let settings = [settings.clone(), settings];
        let world = World::new(Setup { latency: [Duration::ZERO; 2], settings, ..Setup::default() });
        let data = Bytes::from(vec![0x5a; BUFFER_BYTES]);
        let mut pair = Self { world, listener: SocketId::FIRST, data, kept: None };
        pair.listener = pair.socket(HostId::Server);
        let listener = pair.listener;
        let bound = pair.call(HostId::Server, SocketCall::Bind { socket: listener, port: PORT });
        assert_eq!(bound, Ok(Value::Zero));
        let listens = pair.call(HostId::Server, SocketCall::Listen { socket: listener, backlog: 5 });
        assert_eq!(listens, Ok(Value::Zero));
        pair
    }

    /// A pair that makes no records, and that aggregates acknowledgements: smoltcp too processes all segments that have
    /// arrived before it acknowledges them.
    pub(crate) fn unrecorded() -> Self {
        let mut pair = Self::with(Config { aggregate_acks: true, ..Config::default() });
        pair.world.stop_recording();
        pair
    }

    /// Opens a connection, carries `bytes` bytes to the server, closes both ends and waits until TIME-WAIT is over.
    /// Returns how many packets that took.
    pub(crate) fn connection(&mut self, bytes: usize) -> usize {
        let before = self.packets();
        let (client, server) = self.open();
        assert_eq!(self.send(client, bytes), bytes);
        self.run();
        assert_eq!(self.receive(server, bytes), bytes);
        for (host, socket) in [(HostId::Client, client), (HostId::Server, server)] {
            assert_eq!(self.call(host, SocketCall::Close { socket }), Ok(Value::Zero));
            self.run();
        }
        // Only the expiry of TIME-WAIT is left.
        while self.world.step() {}
        assert!(self.world.host(HostId::Client).sockets().next().is_none(), "the connection is over");
        self.packets() - before
    }

    /// Like [`Self::connection`], but returns the records.
    pub(crate) fn records_of(&mut self, bytes: usize) -> Vec<Record> {
        self.kept = Some(Vec::new());
        self.connection(bytes);
        self.kept.take().unwrap_or_default()
    }

    /// Opens a connection, carries `bytes` bytes to the server and aborts it. Returns how many packets that took.
    pub(crate) fn bulk(&mut self, bytes: usize) -> usize {
        let before = self.packets();
        let (client, server) = self.open();
        let (mut sent, mut received) = (0, 0);
        while received < bytes {
            if sent < bytes {
                sent += self.send(client, bytes - sent);
            }
            self.run();
            received += self.receive(server, BUFFER_BYTES);
        }
        assert_eq!(sent, received);
        let abort = SocketCall::SetOption { socket: client, option: SocketOption::Linger(Some(0)) };
        assert_eq!(self.call(HostId::Client, abort), Ok(Value::Zero));
        for (host, socket) in [(HostId::Client, client), (HostId::Server, server)] {
            assert_eq!(self.call(host, SocketCall::Close { socket }), Ok(Value::Zero));
            self.run();
        }
        self.packets() - before
    }

    /// An open connection: the client's socket and the server's.
    fn open(&mut self) -> (SocketId, SocketId) {
        let client = self.socket(HostId::Client);
        let to = Endpoint::new(HostId::Server.addr(), PORT);
        let opens = self.call(HostId::Client, SocketCall::Connect { socket: client, to });
        assert_eq!(opens, Err(Errno::EINPROGRESS));
        self.run();
        let Ok(Value::Descriptor(server)) =
            self.call(HostId::Server, SocketCall::Accept { socket: self.listener })
        else {
            panic!("nobody to accept");
        };
        (client, server)
    }

    fn socket(&mut self, host: HostId) -> SocketId {
        let Ok(Value::Descriptor(socket)) = self.call(host, SocketCall::Socket) else { panic!("no socket") };
        socket
    }

    /// Sends as much of `bytes` bytes as the send buffer takes.
    fn send(&mut self, socket: SocketId, bytes: usize) -> usize {
        let data = self.data.slice(..bytes.min(self.data.len()));
        match self.call(HostId::Client, SocketCall::Send { socket, data }) {
            Ok(Value::Count(count)) => count as usize,
            Err(Errno::EAGAIN) => 0,
            other => panic!("send() returned {other:?}"),
        }
    }

    fn receive(&mut self, socket: SocketId, max_bytes: usize) -> usize {
        let max_bytes = max_bytes as u32;
        match self.call(HostId::Server, SocketCall::Recv { socket, max_bytes }) {
            Ok(Value::Data(data)) => data.len(),
            Err(Errno::EAGAIN) => 0,
            other => panic!("recv() returned {other:?}"),
        }
    }

    fn call(&mut self, host: HostId, call: SocketCall) -> CallResult {
        let result = self.world.call(host, call);
        self.take_records();
        result
    }

    /// Runs all events of this instant.
    fn run(&mut self) {
        assert!(self.world.run_until(self.world.now(), u32::MAX), "the world comes to rest");
        self.take_records();
    }

    fn take_records(&mut self) {
        let records = self.world.take_records();
        if let Some(kept) = &mut self.kept {
            kept.extend(records);
        }
    }

    fn packets(&self) -> usize {
        self.world.link().packets_sent() as usize
    }
}
