//! smoltcp at the same work: two interfaces, a link in memory without latency, the same buffers and packet size.
//!
//! Delayed acknowledgements and Nagle's algorithm are off, as in our stack. Its checksums are computed and checked, its
//! sockets are used again for the next connection, which is how it is meant to be used and spares it allocations.

use std::net::Ipv4Addr;
use std::rc::Rc;

use smoltcp::socket::tcp::State;
use smoltcp::time::{Duration, Instant};

use crate::BUFFER_BYTES;
use crate::smoltcp_host::{Queues, SmoltcpHost, Way};

const PORT: u16 = 80;
const FIRST_EPHEMERAL: u16 = 40_000;
const CLIENT: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
const SERVER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 2);

/// A client and a server.
pub(crate) struct Pair {
    now: Instant,
    client: SmoltcpHost,
    server: SmoltcpHost,
    to_server: Way,
    to_client: Way,
    packets: usize,
    next_port: u16,
    data: Vec<u8>,
}

impl Pair {
    pub(crate) fn new() -> Self {
        let (to_server, to_client) = (Way::default(), Way::default());
        let host = |address, other, received: &Way, sent: &Way| {
            let device = Queues { received: Rc::clone(received), sent: Rc::clone(sent) };
            let mut host = SmoltcpHost::new(address, other, 0, BUFFER_BYTES, device);
            host.socket().set_nagle_enabled(false);
            host.socket().set_ack_delay(None);
            host
        };
        Self {
            now: Instant::ZERO,
            client: host(CLIENT, SERVER, &to_client, &to_server),
            server: host(SERVER, CLIENT, &to_server, &to_client),
            to_server,
            to_client,
            packets: 0,
            next_port: FIRST_EPHEMERAL,
            data: vec![0x5a; BUFFER_BYTES],
        }
    }

    /// As [`crate::our_pair::Pair::connection`].
    pub(crate) fn connection(&mut self, bytes: usize) -> usize {
        let before = self.packets;
        self.open();
        assert_eq!(self.send(bytes), bytes);
        self.run();
        assert_eq!(self.receive(), bytes);
        self.client.socket().close();
        self.run();
        self.server.socket().close();
        self.run();
        // What is left is the expiry of TIME-WAIT.
        while self.client.state() != State::Closed {
            let due = self.client.next_poll(self.now);
            self.now = due.expect("TIME-WAIT expires").max(self.now + Duration::from_micros(1));
            self.run();
        }
        assert_eq!(self.server.state(), State::Closed);
        self.packets - before
    }

    /// As [`crate::our_pair::Pair::bulk`].
    pub(crate) fn bulk(&mut self, bytes: usize) -> usize {
        let before = self.packets;
        self.open();
        let (mut sent, mut received) = (0, 0);
        while received < bytes {
            if sent < bytes {
                sent += self.send(bytes - sent);
            }
            self.run();
            received += self.receive();
        }
        assert_eq!(sent, received);
        self.client.socket().abort();
        self.run();
        assert_eq!(self.server.state(), State::Closed);
        self.packets - before
    }

    fn open(&mut self) {
        self.server.socket().listen(PORT).expect("the server is free to listen");
        let port = self.next_port;
        self.next_port = port.checked_add(1).unwrap_or(FIRST_EPHEMERAL);
        self.client.connect(port, (SERVER, PORT));
        self.run();
        assert_eq!(self.server.state(), State::Established);
    }

    /// As much of so many bytes as the send buffer takes.
    fn send(&mut self, bytes: usize) -> usize {
        let data = &self.data[..bytes.min(self.data.len())];
        self.client.socket().send_slice(data).expect("it may send")
    }

    fn receive(&mut self) -> usize {
        let server = self.server.socket();
        let mut received = 0;
        // The ring hands out what stands in one piece, so twice is all of it.
        while server.can_recv() {
            received += server.recv(|data| (data.len(), data.len())).expect("it may receive");
        }
        received
    }

    /// Lets happen what happens at this instant.
    fn run(&mut self) {
        loop {
            let before = self.packets;
            // What one sends the other has taken before it sends itself.
            self.client.poll(self.now);
            self.packets += self.to_server.borrow().len();
            self.server.poll(self.now);
            self.packets += self.to_client.borrow().len();
            if self.packets == before {
                return;
            }
        }
    }
}
