//! The socket calls, as a C program would make them, and what they return.

use core::fmt;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr};
use ts_rs::TS;

use super::errno::Errno;
use super::socket::SocketId;
use super::socket_options::SocketOption;
use tcp::Endpoint;
use tcp::time::Instant;

/// A call of the BSD socket interface. Sockets are non-blocking: a call that would wait returns at once, unless its
/// socket has a time to wait (SO_RCVTIMEO, SO_LINGER).
#[derive(Clone, Debug, PartialEq, Eq, Hash, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are the arguments of the calls in C; `socket` is the descriptor")]
pub enum SocketCall {
    /// socket(): a new descriptor.
    Socket,
    /// bind() to a port of this host; 0 lets the host choose.
    Bind { socket: SocketId, port: u16 },
    /// listen(): accept connections.
    Listen {
        socket: SocketId,
        /// How many connections may wait to be accepted, half-open ones included.
        backlog: u32,
    },
    /// accept(): the descriptor of the connection that has waited longest.
    Accept { socket: SocketId },
    /// connect(): open a connection.
    Connect { socket: SocketId, to: Endpoint },
    /// send().
    Send { socket: SocketId, data: Bytes },
    /// recv().
    Recv { socket: SocketId, max_bytes: u32 },
    /// shutdown(): close one direction or both, keep the descriptor.
    Shutdown { socket: SocketId, how: How },
    /// close(): give the descriptor back. With SO_LINGER and a time of zero this aborts; with a longer time it waits
    /// until the other end has acknowledged everything.
    Close { socket: SocketId },
    /// setsockopt().
    #[strum(serialize = "setsockopt")]
    SetOption { socket: SocketId, option: SocketOption },
}

/// Which direction shutdown() closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString, TS)]
pub enum How {
    /// SHUT_RD: nothing more will be read.
    #[serde(rename = "RD")]
    #[strum(serialize = "SHUT_RD")]
    Read,
    /// SHUT_WR: nothing more will be sent.
    #[serde(rename = "WR")]
    #[strum(serialize = "SHUT_WR")]
    Write,
    /// SHUT_RDWR: both.
    #[serde(rename = "RDWR")]
    #[strum(serialize = "SHUT_RDWR")]
    Both,
}

/// What a call that succeeded returns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// 0: done.
    Zero,
    /// A new descriptor.
    Descriptor(SocketId),
    /// How many bytes were taken.
    Count(u32),
    /// The bytes read. No bytes mean end of file.
    Data(Bytes),
    /// Nothing yet: the call is waiting.
    Waits {
        /// When it returns at the latest.
        until: Instant,
    },
}

/// What a call returns.
pub type CallResult = Result<Value, Errno>;

impl SocketCall {
    /// The descriptor it is made on; socket() has none yet.
    #[must_use]
    pub const fn socket(&self) -> Option<SocketId> {
        match self {
            Self::Socket => None,
            Self::Bind { socket, .. }
            | Self::Listen { socket, .. }
            | Self::Accept { socket }
            | Self::Connect { socket, .. }
            | Self::Send { socket, .. }
            | Self::Recv { socket, .. }
            | Self::Shutdown { socket, .. }
            | Self::Close { socket }
            | Self::SetOption { socket, .. } => Some(*socket),
        }
    }

    /// The name of the function in C.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.into()
    }
}

/// As a trace of system calls prints it: `connect(3, 198.51.100.7:80)`.
impl fmt::Display for SocketCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self {
            Self::Socket => f.write_str("socket()"),
            Self::Bind { socket, port } => write!(f, "{name}({socket}, {port})"),
            Self::Listen { socket, backlog } => write!(f, "{name}({socket}, {backlog})"),
            Self::Accept { socket } | Self::Close { socket } => write!(f, "{name}({socket})"),
            Self::Connect { socket, to } => write!(f, "{name}({socket}, {to})"),
            Self::Send { socket, data } => write!(f, "{name}({socket}, {} bytes)", data.len()),
            Self::Recv { socket, max_bytes } => write!(f, "{name}({socket}, {max_bytes})"),
            Self::Shutdown { socket, how } => write!(f, "{name}({socket}, {how})"),
            Self::SetOption { socket, option } => write!(f, "{name}({socket}, {option})"),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zero => f.write_str("0"),
            Self::Descriptor(socket) => socket.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Data(data) => data.len().fmt(f),
            Self::Waits { .. } => f.write_str("?"),
        }
    }
}
