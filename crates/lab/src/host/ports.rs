//! Which port may be bound, and which connection may be opened: the rules of BSD (claims C43 and C44).

use super::socket::{Socket, SocketId, SocketState};
use super::{Errno, Host};
use tcp::Endpoint;

/// The first port that the host chooses by itself.
pub(super) const FIRST_EPHEMERAL: u16 = 40_001;

impl Host {
    /// Whether `port` is in use, so that `me` cannot bind() to it.
    ///
    /// A connection uses its port until its TCB is deleted, also in TIME-WAIT. So without SO_REUSEADDR, a server that
    /// closed first cannot be started again for 2 MSL. The port of a listener is always taken.
    pub(super) fn port_is_taken(&self, port: u16, me: SocketId, reuse_addr: bool) -> bool {
        self.sockets.values().filter(|other| other.id != me && other.local.port == port).any(|other| {
            match other.state {
                SocketState::Listening { .. } => true,
                SocketState::Fresh | SocketState::Connected(_) => !reuse_addr,
                SocketState::Over(_) => false,
            }
        })
    }

    /// Another socket listens on `port`.
    pub(super) fn has_other_listener(&self, port: u16, me: SocketId) -> bool {
        self.sockets.values().any(|other| other.id != me && other.local.port == port && other.is_listening())
    }

    /// The next port that nobody uses at all.
    pub(super) fn free_port(&mut self) -> Option<u16> {
        let alive = self.sockets.values().filter(|socket| !matches!(socket.state, SocketState::Over(_)));
        let taken: Vec<_> = alive.map(|socket| socket.local.port).collect();
        self.choose_port(&taken)
    }

    /// The local end for a connection of `me` to `to`: the bound port, or the next port that gives an unused 4-tuple.
    pub(super) fn local_end(&mut self, me: &Socket, to: Endpoint) -> Result<Endpoint, Errno> {
        let addr = self.addr();
        let bound = me.local.port;
        let port = if bound != 0 {
            Some(bound).filter(|&port| self.find_connection(Endpoint::new(addr, port), to).is_none())
        } else {
            // Many connections may share a port if their remote ends differ. The ports of listeners and of bound
            // sockets are not used.
            let in_the_way = self.sockets.values().filter(|other| match &other.state {
                SocketState::Fresh | SocketState::Listening { .. } => true,
                SocketState::Connected(tcb) => tcb.remote == to,
                SocketState::Over(_) => false,
            });
            let taken: Vec<_> = in_the_way.map(|socket| socket.local.port).collect();
            self.choose_port(&taken)
        };
        port.map(|port| Endpoint::new(addr, port)).ok_or(Errno::EADDRNOTAVAIL)
    }

    /// The connection with exactly these two ends.
    pub(super) fn find_connection(&self, local: Endpoint, remote: Endpoint) -> Option<SocketId> {
        let mut connections = self.sockets.values().filter(|socket| match &socket.state {
            SocketState::Connected(tcb) => tcb.local == local && tcb.remote == remote,
            SocketState::Fresh | SocketState::Listening { .. } | SocketState::Over(_) => false,
        });
        connections.next().map(|socket| socket.id)
    }

    /// The listener on `port`. There is at most one.
    pub(super) fn find_listener(&self, port: u16) -> Option<SocketId> {
        self.sockets.values().find(|socket| socket.is_listening() && socket.local.port == port).map(|s| s.id)
    }

    /// Goes once round the ephemeral ports, starting after the last port chosen. So a port is reused as late as
    /// possible, and old segments are less likely to meet a new connection (RFC 6056).
    fn choose_port(&mut self, taken: &[u16]) -> Option<u16> {
        let last = u16::MAX;
        let from_here = self.next_port..=last;
        let from_the_start = FIRST_EPHEMERAL..self.next_port;
        let port = from_here.chain(from_the_start).find(|port| !taken.contains(port))?;
        self.next_port = if port == last { FIRST_EPHEMERAL } else { port + 1 };
        Some(port)
    }
}
