//! A host of smoltcp: one interface with one socket, and a device that is two queues. The benchmark has it as well.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::rc::Rc;

use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{self, Device, DeviceCapabilities, Medium};
use smoltcp::socket::tcp::{Socket, SocketBuffer, State};
use smoltcp::time::Instant;
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr};

const MTU: usize = 1_500;

/// The packets on their way in one direction.
pub(crate) type Way = Rc<RefCell<VecDeque<Vec<u8>>>>;

pub(crate) struct SmoltcpHost {
    interface: Interface,
    device: Queues,
    sockets: SocketSet<'static>,
    handle: SocketHandle,
}

impl SmoltcpHost {
    /// A host with this address that sends all packets to `router`.
    pub(crate) fn new(
        address: Ipv4Addr,
        router: Ipv4Addr,
        seed: u64,
        buffer_bytes: usize,
        device: Queues,
    ) -> Self {
        let mut device = device;
        let mut config = Config::new(HardwareAddress::Ip);
        config.random_seed = seed;
        let mut interface = Interface::new(config, &mut device, Instant::ZERO);
        let address = IpCidr::new(IpAddress::Ipv4(address), 24);
        interface.update_ip_addrs(|addresses| addresses.push(address).expect("there is room for one"));
        interface.routes_mut().add_default_ipv4_route(router).expect("there is room for one");
        let buffer = || SocketBuffer::new(vec![0; buffer_bytes]);
        let mut sockets = SocketSet::new(Vec::with_capacity(1));
        let handle = sockets.add(Socket::new(buffer(), buffer()));
        Self { interface, device, sockets, handle }
    }

    pub(crate) fn socket(&mut self) -> &mut Socket<'static> {
        self.sockets.get_mut(self.handle)
    }

    pub(crate) fn state(&self) -> State {
        self.sockets.get::<Socket<'_>>(self.handle).state()
    }

    pub(crate) fn connect(&mut self, from: u16, to: (Ipv4Addr, u16)) {
        let socket = self.sockets.get_mut::<Socket<'_>>(self.handle);
        socket.connect(self.interface.context(), to, from).expect("it is free to connect");
    }

    pub(crate) fn poll(&mut self, now: Instant) {
        self.interface.poll(now, &mut self.device, &mut self.sockets);
    }

    /// When it wants to be polled again.
    pub(crate) fn next_poll(&mut self, now: Instant) -> Option<Instant> {
        self.interface.poll_at(now, &self.sockets)
    }
}

/// The device: packets that have arrived, and packets sent.
pub(crate) struct Queues {
    pub(crate) received: Way,
    pub(crate) sent: Way,
}

pub(crate) struct Received(Vec<u8>);

pub(crate) struct Sending<'a>(&'a Way);

impl Device for Queues {
    type RxToken<'a> = Received;
    type TxToken<'a> = Sending<'a>;

    fn receive(&mut self, _now: Instant) -> Option<(Self::RxToken<'_>, Self::TxToken<'_>)> {
        let packet = self.received.borrow_mut().pop_front()?;
        Some((Received(packet), Sending(&self.sent)))
    }

    fn transmit(&mut self, _now: Instant) -> Option<Self::TxToken<'_>> {
        Some(Sending(&self.sent))
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
    // An allocation for each packet, as smoltcp's own loopback device makes, and as our link does.
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, length: usize, write: F) -> R {
        let mut packet = vec![0; length];
        let result = write(&mut packet);
        self.0.borrow_mut().push_back(packet);
        result
    }
}
