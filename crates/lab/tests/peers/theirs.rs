//! Their end: one smoltcp interface with one socket, and a device that is two queues.

use std::collections::VecDeque;

use bytes::Bytes;
use lab::host::HostId;
use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{self, Device, DeviceCapabilities, Medium};
use smoltcp::socket::tcp::{Socket, SocketBuffer, State};
use smoltcp::time::{Duration, Instant as TheirInstant};
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr};
use tcp::time::Instant;

use crate::ours::{CLIENT_PORT, SERVER_PORT};

const MTU: usize = 1_500;
/// The keep-alive interval of smoltcp. Without keep-alives smoltcp waits for ever in two cases in which a loss leaves
/// it without a timer: in CLOSING, if the acknowledgement of its FIN is lost; and if it believes that our window is
/// closed because an older announcement arrived after a newer one.
const PATIENCE: Duration = Duration::from_secs(30);

/// One interface, one connection.
pub(crate) struct Theirs {
    interface: Interface,
    device: Queues,
    sockets: SocketSet<'static>,
    handle: SocketHandle,
}

impl Theirs {
    pub(crate) fn new(seed: u64, buffer_bytes: usize, ack_delay: bool, nagle: bool) -> Self {
        let mut device = Queues::default();
        let mut config = Config::new(HardwareAddress::Ip);
        config.random_seed = seed;
        let mut interface = Interface::new(config, &mut device, TheirInstant::ZERO);
        let address = IpCidr::new(IpAddress::Ipv4(HostId::Server.addr()), 24);
        interface.update_ip_addrs(|addresses| addresses.push(address).expect("there is room for one"));
        interface.routes_mut().add_default_ipv4_route(HostId::Client.addr()).expect("there is room for one");
        let buffer = || SocketBuffer::new(vec![0; buffer_bytes]);
        let mut socket = Socket::new(buffer(), buffer());
        socket.set_nagle_enabled(nagle);
        if !ack_delay {
            socket.set_ack_delay(None);
        }
        socket.set_keep_alive(Some(PATIENCE));
        let mut sockets = SocketSet::new(Vec::with_capacity(1));
        let handle = sockets.add(socket);
        Self { interface, device, sockets, handle }
    }

    pub(crate) fn listen(&mut self) {
        self.socket().listen(SERVER_PORT).expect("it is free to listen");
    }

    pub(crate) fn connect(&mut self, from: u16, to: u16) {
        let socket = self.sockets.get_mut::<Socket<'_>>(self.handle);
        let remote = (HostId::Client.addr(), to);
        socket.connect(self.interface.context(), remote, from).expect("it is free to connect");
    }

    /// Opens from the client's port to the server's, as our end does when it connects to a listener.
    pub(crate) fn connect_to_listener(&mut self) {
        self.connect(CLIENT_PORT, SERVER_PORT);
    }

    pub(crate) fn socket(&mut self) -> &mut Socket<'static> {
        self.sockets.get_mut(self.handle)
    }

    pub(crate) fn state(&self) -> State {
        self.sockets.get::<Socket<'_>>(self.handle).state()
    }

    pub(crate) fn receive(&mut self, packet: &Bytes) {
        self.device.received.push_back(packet.to_vec());
    }

    pub(crate) fn poll(&mut self, now: Instant) {
        self.interface.poll(instant(now), &mut self.device, &mut self.sockets);
    }

    /// When it wants to be polled again.
    pub(crate) fn next_poll(&mut self, now: Instant) -> Option<Instant> {
        let at = self.interface.poll_at(instant(now), &self.sockets)?;
        Some(Instant::from_micros(at.total_micros().max(0) as u64))
    }

    /// The packets sent since they were last taken.
    pub(crate) fn take_sent(&mut self) -> Vec<Bytes> {
        self.device.sent.drain(..).map(Bytes::from).collect()
    }
}

fn instant(at: Instant) -> TheirInstant {
    TheirInstant::from_micros(at.as_micros() as i64)
}

/// The device: packets that have arrived, and packets sent.
#[derive(Default)]
struct Queues {
    received: VecDeque<Vec<u8>>,
    sent: Vec<Vec<u8>>,
}

struct Received(Vec<u8>);

struct Sending<'a>(&'a mut Vec<Vec<u8>>);

impl Device for Queues {
    type RxToken<'a> = Received;
    type TxToken<'a> = Sending<'a>;

    fn receive(&mut self, _now: TheirInstant) -> Option<(Self::RxToken<'_>, Self::TxToken<'_>)> {
        let packet = self.received.pop_front()?;
        Some((Received(packet), Sending(&mut self.sent)))
    }

    fn transmit(&mut self, _now: TheirInstant) -> Option<Self::TxToken<'_>> {
        Some(Sending(&mut self.sent))
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
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, write: F) -> R {
        let mut packet = vec![0; length];
        let result = write(&mut packet);
        self.0.push(packet);
        result
    }
}
