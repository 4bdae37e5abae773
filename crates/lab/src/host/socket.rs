//! One socket of a host.

use core::fmt;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::errno::Errno;
use super::socket_options::SocketOptions;
use tcp::{Endpoint, State, Tcb};

/// The descriptor of a socket. The first is 3, after stdin, stdout and stderr. Each host counts by itself and never
/// uses a number again in a run, so a number in a record always means the same socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SocketId(pub u32);

impl SocketId {
    /// The first descriptor of a host.
    pub const FIRST: Self = Self(3);
}

impl fmt::Display for SocketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who holds the socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Descriptor {
    /// Nobody yet: the connection waits in the backlog of its listener.
    Queued,
    /// A program.
    Open,
    /// Nobody any more: close() was called, and TCP finishes the connection by itself.
    Closed,
}

/// What a socket is used for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SocketState {
    /// socket() was called, and perhaps bind(). TCP does not know the socket yet.
    Fresh,
    /// listen() was called.
    Listening {
        /// The TCB in LISTEN.
        tcb: Rc<Tcb>,
        /// How many connections may wait.
        backlog: u32,
        /// The connections that accept() will return, in the order in which they were opened.
        ready: Vec<SocketId>,
    },
    /// A connection, in any state from SYN-SENT and SYN-RECEIVED to TIME-WAIT.
    Connected(Rc<Tcb>),
    /// The connection has ended. The TCB is kept as it was at the end: after an orderly end, data that arrived before
    /// can still be read.
    Over(Rc<Tcb>),
}

/// A socket.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Socket {
    /// Its descriptor.
    pub id: SocketId,
    /// The local end: port 0 before bind(), address 0.0.0.0 before there is a connection.
    pub local: Endpoint,
    /// What it is used for.
    pub state: SocketState,
    /// Who holds it.
    pub descriptor: Descriptor,
    /// The options set by setsockopt().
    pub options: SocketOptions,
    /// SO_ERROR: why the connection ended. The next call reports it, once.
    pub error: Option<Errno>,
    /// The listener it came from.
    pub parent: Option<SocketId>,
}

impl Socket {
    /// A socket that TCP does not know yet.
    pub(super) const fn new(id: SocketId, descriptor: Descriptor, options: SocketOptions) -> Self {
        let (local, state) = (Endpoint::UNSPECIFIED, SocketState::Fresh);
        Self { id, local, state, descriptor, options, error: None, parent: None }
    }

    /// The TCB: in LISTEN, of the connection, or as it was at the end.
    #[must_use]
    pub const fn tcb(&self) -> Option<&Rc<Tcb>> {
        match &self.state {
            SocketState::Fresh => None,
            SocketState::Listening { tcb, .. } | SocketState::Connected(tcb) | SocketState::Over(tcb) => {
                Some(tcb)
            }
        }
    }

    /// The state of TCP; CLOSED if there is no TCB.
    #[must_use]
    pub fn tcp_state(&self) -> State {
        self.tcb().map_or(State::Closed, |tcb| tcb.state)
    }

    /// The other end; unspecified if there is none.
    #[must_use]
    pub fn remote(&self) -> Endpoint {
        self.tcb().map_or(Endpoint::UNSPECIFIED, |tcb| tcb.remote)
    }

    /// A program holds it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.descriptor == Descriptor::Open
    }

    /// It waits in a backlog.
    #[must_use]
    pub fn is_queued(&self) -> bool {
        self.descriptor == Descriptor::Queued
    }

    /// It listens.
    #[must_use]
    pub const fn is_listening(&self) -> bool {
        matches!(self.state, SocketState::Listening { .. })
    }
}
