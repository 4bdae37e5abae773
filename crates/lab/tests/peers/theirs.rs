//! Their end: a host of smoltcp, spoken to in packets and times of ours.

use std::rc::Rc;

use bytes::Bytes;
use lab::host::HostId;
use smoltcp::socket::tcp::{Socket, State};
use smoltcp::time::{Duration, Instant as TheirInstant};
use tcp::time::Instant;

use crate::ours::{CLIENT_PORT, SERVER_PORT};
use crate::smoltcp_host::{Queues, SmoltcpHost, Way};

/// The keep-alive interval of smoltcp. Without keep-alives smoltcp waits for ever in two cases in which a loss leaves
/// it without a timer: in CLOSING, if the acknowledgement of its FIN is lost; and if it believes that our window is
/// closed because an older announcement arrived after a newer one.
const PATIENCE: Duration = Duration::from_secs(30);

/// One interface, one connection.
pub(crate) struct Theirs {
    host: SmoltcpHost,
    received: Way,
    sent: Way,
}

impl Theirs {
    pub(crate) fn new(seed: u64, buffer_bytes: usize, ack_delay: bool, nagle: bool) -> Self {
        let (received, sent) = (Way::default(), Way::default());
        let device = Queues { received: Rc::clone(&received), sent: Rc::clone(&sent) };
        let (address, router) = (HostId::Server.addr(), HostId::Client.addr());
        let mut host = SmoltcpHost::new(address, router, seed, buffer_bytes, device);
        let socket = host.socket();
        socket.set_nagle_enabled(nagle);
        if !ack_delay {
            socket.set_ack_delay(None);
        }
        socket.set_keep_alive(Some(PATIENCE));
        Self { host, received, sent }
    }

    pub(crate) fn listen(&mut self) {
        self.socket().listen(SERVER_PORT).expect("it is free to listen");
    }

    pub(crate) fn connect(&mut self, from: u16, to: u16) {
        self.host.connect(from, (HostId::Client.addr(), to));
    }

    /// Opens from the client's port to the server's, as our end does when it connects to a listener.
    pub(crate) fn connect_to_listener(&mut self) {
        self.connect(CLIENT_PORT, SERVER_PORT);
    }

    pub(crate) fn socket(&mut self) -> &mut Socket<'static> {
        self.host.socket()
    }

    pub(crate) fn state(&self) -> State {
        self.host.state()
    }

    pub(crate) fn receive(&mut self, packet: &Bytes) {
        self.received.borrow_mut().push_back(packet.to_vec());
    }

    pub(crate) fn poll(&mut self, now: Instant) {
        self.host.poll(instant(now));
    }

    /// When it wants to be polled again.
    pub(crate) fn next_poll(&mut self, now: Instant) -> Option<Instant> {
        let at = self.host.next_poll(instant(now))?;
        Some(Instant::from_micros(at.total_micros().max(0) as u64))
    }

    /// The packets sent since they were last taken.
    pub(crate) fn take_sent(&mut self) -> Vec<Bytes> {
        self.sent.borrow_mut().drain(..).map(Bytes::from).collect()
    }
}

fn instant(at: Instant) -> TheirInstant {
    TheirInstant::from_micros(at.as_micros() as i64)
}
