//! smoltcp with the same work: two interfaces, a link in memory without latency, the same buffers and packet size.
//!
//! Delayed acknowledgements and Nagle's algorithm are off, as in our stack. Checksums are computed and checked. Its
//! sockets are reused for the next connection, as is usual with smoltcp; this saves it allocations.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{self, Device, DeviceCapabilities, Medium};
use smoltcp::socket::tcp::{Socket, SocketBuffer, State};
use smoltcp::time::{Duration, Instant};
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr, Ipv4Address};

use crate::BUFFER_BYTES;

const MTU: usize = 1_500;
const PORT: u16 = 80;
const FIRST_EPHEMERAL: u16 = 40_000;
const CLIENT: Ipv4Address = Ipv4Address::new(192, 0, 2, 1);
const SERVER: Ipv4Address = Ipv4Address::new(192, 0, 2, 2);

/// A client and a server.
pub(crate) struct Pair {
    now: Instant,
    client: Host,
    server: Host,
    next_port: u16,
    data: Vec<u8>,
}

struct Host {
    interface: Interface,
    device: End,
    sockets: SocketSet<'static>,
    handle: SocketHandle,
}

impl Host {
    fn new(address: Ipv4Address, device: End) -> Self {
        let mut device = device;
        let mut interface = Interface::new(Config::new(HardwareAddress::Ip), &mut device, Instant::ZERO);
        interface.update_ip_addrs(|addresses| {
            addresses.push(IpCidr::new(IpAddress::Ipv4(address), 24)).expect("there is room for one address");
        });
        let buffer = || SocketBuffer::new(vec![0; BUFFER_BYTES]);
        let mut socket = Socket::new(buffer(), buffer());
        socket.set_nagle_enabled(false);
        socket.set_ack_delay(None);
        let mut sockets = SocketSet::new(Vec::with_capacity(1));
        let handle = sockets.add(socket);
        Self { interface, device, sockets, handle }
    }

    fn socket(&mut self) -> &mut Socket<'static> {
        self.sockets.get_mut(self.handle)
    }

    fn poll(&mut self, now: Instant) {
        self.interface.poll(now, &mut self.device, &mut self.sockets);
    }
}

impl Pair {
    pub(crate) fn new() -> Self {
        let (to_server, to_client) = (Way::default(), Way::default());
        let end = |sends: &Way, receives: &Way| End {
            sends: Rc::clone(sends),
            receives: Rc::clone(receives),
            sent: 0,
        };
        Self {
            now: Instant::ZERO,
            client: Host::new(CLIENT, end(&to_server, &to_client)),
            server: Host::new(SERVER, end(&to_client, &to_server)),
            next_port: FIRST_EPHEMERAL,
            data: vec![0x5a; BUFFER_BYTES],
        }
    }

    /// Like [`crate::ours::Pair::connection`].
    pub(crate) fn connection(&mut self, bytes: usize) -> usize {
        let before = self.packets();
        self.open();
        assert_eq!(self.send(bytes), bytes);
        self.run();
        assert_eq!(self.receive(), bytes);
        self.client.socket().close();
        self.run();
        self.server.socket().close();
        self.run();
        // Only the expiry of TIME-WAIT is left.
        while self.client.socket().state() != State::Closed {
            let due = self.client.interface.poll_at(self.now, &self.client.sockets);
            self.now = due.expect("TIME-WAIT expires").max(self.now + Duration::from_micros(1));
            self.run();
        }
        assert_eq!(self.server.socket().state(), State::Closed);
        self.packets() - before
    }

    /// Like [`crate::ours::Pair::bulk`].
    pub(crate) fn bulk(&mut self, bytes: usize) -> usize {
        let before = self.packets();
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
        assert_eq!(self.server.socket().state(), State::Closed);
        self.packets() - before
    }

    fn open(&mut self) {
        self.server.socket().listen(PORT).expect("the server is free to listen");
        let port = self.next_port;
        self.next_port = port.checked_add(1).unwrap_or(FIRST_EPHEMERAL);
        let Host { interface, sockets, handle, .. } = &mut self.client;
        let client = sockets.get_mut::<Socket<'_>>(*handle);
        client.connect(interface.context(), (SERVER, PORT), port).expect("the client is free to connect");
        self.run();
        assert_eq!(self.server.socket().state(), State::Established);
    }

    /// Sends as much of `bytes` bytes as the send buffer takes.
    fn send(&mut self, bytes: usize) -> usize {
        let data = &self.data[..bytes.min(self.data.len())];
        self.client.sockets.get_mut::<Socket<'_>>(self.client.handle).send_slice(data).expect("it may send")
    }

    fn receive(&mut self) -> usize {
        let server = self.server.socket();
        let mut received = 0;
        // The ring buffer returns contiguous data only, so everything takes two calls.
        while server.can_recv() {
            received += server.recv(|data| (data.len(), data.len())).expect("it may receive");
        }
        received
    }

    /// Runs everything that happens at this instant.
    fn run(&mut self) {
        loop {
            let before = self.packets();
            self.client.poll(self.now);
            self.server.poll(self.now);
            if self.packets() == before {
                return;
            }
        }
    }

    fn packets(&self) -> usize {
        self.client.device.sent + self.server.device.sent
    }
}

/// The packets on their way in one direction.
type Way = Rc<RefCell<VecDeque<Vec<u8>>>>;

/// One end of the link.
struct End {
    sends: Way,
    receives: Way,
    sent: usize,
}

struct Received(Vec<u8>);

struct Sending<'a>(&'a mut End);

impl Device for End {
    type RxToken<'a> = Received;
    type TxToken<'a> = Sending<'a>;

    fn receive(&mut self, _now: Instant) -> Option<(Self::RxToken<'_>, Self::TxToken<'_>)> {
        let packet = self.receives.borrow_mut().pop_front()?;
        Some((Received(packet), Sending(self)))
    }

    fn transmit(&mut self, _now: Instant) -> Option<Self::TxToken<'_>> {
        Some(Sending(self))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ip;
        capabilities.max_transmission_unit = MTU;
        capabilities
    }
}

impl phy::RxToken for Received {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, read: F) -> R {
        read(&self.0)
    }
}

impl phy::TxToken for Sending<'_> {
    // One allocation for each packet, as in smoltcp's own loopback device and in our link.
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, write: F) -> R {
        let mut packet = vec![0; length];
        let result = write(&mut packet);
        self.0.sends.borrow_mut().push_back(packet);
        self.0.sent += 1;
        result
    }
}
