//! Stand-in until branch `host` is merged: only the types the scenario files name.
#![expect(missing_docs, reason = "stand-in")]

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::tcp::Endpoint;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HostId {
    Client,
    Server,
}

impl HostId {
    pub const ALL: [Self; 2] = [Self::Client, Self::Server];

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }

    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Program {
    #[default]
    None,
    Echo,
    Sink,
    NeverCloses,
    Server,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SocketId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    Read,
    Write,
    Both,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SocketCall {
    Socket,
    Bind { socket: SocketId, port: u16 },
    Listen { socket: SocketId, backlog: u32 },
    Accept { socket: SocketId },
    Connect { socket: SocketId, to: Endpoint },
    Send { socket: SocketId, data: Bytes },
    Recv { socket: SocketId, max_bytes: u32 },
    Shutdown { socket: SocketId, how: How },
    Close { socket: SocketId },
    SetLinger { socket: SocketId, seconds: Option<u16> },
    SetReuseAddr { socket: SocketId, on: bool },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    Zero,
    Descriptor(SocketId),
    Count(u32),
    Data(Bytes),
}

pub type CallResult = Result<Value, Errno>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(clippy::upper_case_acronyms, reason = "the names of errno.h")]
pub enum Errno {
    EADDRINUSE,
    ECONNREFUSED,
    ECONNRESET,
    ETIMEDOUT,
    EPIPE,
    EISCONN,
    ENOTCONN,
    EINVAL,
    EAGAIN,
    EBADF,
    EOPNOTSUPP,
    EALREADY,
    EINPROGRESS,
    ECONNABORTED,
    EHOSTDOWN,
    EADDRNOTAVAIL,
}
