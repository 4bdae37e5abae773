//! Why a socket call fails, under the names of POSIX.

use core::fmt;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_variant::to_variant_name;
use strum::VariantArray;
use ts_rs::TS;

use super::socket_call::{CallResult, SocketCall, Value};
use tcp::{CallError, Reply, Signal, State};

/// An error of a socket call.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, VariantArray,
)]
#[ts(rename = "ErrnoName")]
pub enum Errno {
    /// The port is taken, or a connection on it has not ended yet.
    EADDRINUSE,
    /// No local port is left for a connection to that end.
    EADDRNOTAVAIL,
    /// Nothing is there yet, or nothing fits yet: try again later.
    EAGAIN,
    /// The connection is still being opened.
    EALREADY,
    /// No such descriptor.
    EBADF,
    /// The connection ended before it was accepted.
    ECONNABORTED,
    /// Nobody listens there.
    ECONNREFUSED,
    /// The other end reset the connection.
    ECONNRESET,
    /// The host is down.
    EHOSTDOWN,
    /// There is no way to that host.
    EHOSTUNREACH,
    /// The opening has begun; the call does not wait for its end.
    EINPROGRESS,
    /// The call makes no sense on this socket.
    EINVAL,
    /// There is a connection already.
    EISCONN,
    /// The process has as many descriptors as it may have.
    EMFILE,
    /// There is no way to that address.
    ENETUNREACH,
    /// There is no connection.
    ENOTCONN,
    /// This kind of socket has no such operation.
    EOPNOTSUPP,
    /// This direction is closed.
    EPIPE,
    /// The other end did not answer in time.
    ETIMEDOUT,
    /// The host has as many sockets as it may have. Out of order: fingerprints in links count the variants before it.
    ENOBUFS,
}

impl Errno {
    /// The name in `errno.h`.
    #[must_use]
    pub fn name(self) -> &'static str {
        to_variant_name(&self).unwrap_or_default()
    }

    /// The sentence `strerror()` has for it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::EADDRINUSE => "Address already in use",
            Self::EADDRNOTAVAIL => "Cannot assign requested address",
            Self::EAGAIN => "Resource temporarily unavailable",
            Self::EALREADY => "Operation already in progress",
            Self::EBADF => "Bad file descriptor",
            Self::ECONNABORTED => "Software caused connection abort",
            Self::ECONNREFUSED => "Connection refused",
            Self::ECONNRESET => "Connection reset by peer",
            Self::EHOSTDOWN => "Host is down",
            Self::EHOSTUNREACH => "No route to host",
            Self::EINPROGRESS => "Operation now in progress",
            Self::EINVAL => "Invalid argument",
            Self::EISCONN => "Socket is already connected",
            Self::EMFILE => "Too many open files",
            Self::ENETUNREACH => "Network is unreachable",
            Self::ENOBUFS => "No buffer space available",
            Self::ENOTCONN => "Socket is not connected",
            Self::EOPNOTSUPP => "Operation not supported",
            Self::EPIPE => "Broken pipe",
            Self::ETIMEDOUT => "Connection timed out",
        }
    }
}

impl Errno {
    /// What the next call reports when the connection ended like this.
    #[must_use]
    pub const fn of_end(signal: Signal) -> Option<Self> {
        match signal {
            Signal::Reset => Some(Self::ECONNRESET),
            Signal::BrokenPipe => Some(Self::EPIPE),
            Signal::Refused => Some(Self::ECONNREFUSED),
            Signal::TimedOut => Some(Self::ETIMEDOUT),
            Signal::NetUnreachable => Some(Self::ENETUNREACH),
            Signal::HostUnreachable => Some(Self::EHOSTUNREACH),
            // BSD has no call that reports these.
            Signal::Established | Signal::PeerClosed | Signal::InTrouble => None,
        }
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The result of a socket call, from TCP's reply and the state before the call. `over`: the connection has ended.
///
/// The RFC has only four reasons for a refusal (§3.10); the errno also depends on the call.
pub(super) fn result_of(call: &SocketCall, state: State, over: bool, reply: Option<&Reply>) -> CallResult {
    let is_connect = matches!(call, SocketCall::Connect { .. });
    let end_of_file = || Ok(Value::Data(Bytes::new()));
    match reply {
        // connect() has only begun: its success or failure is known later.
        None | Some(Reply::Ok) => {
            if is_connect {
                Err(Errno::EINPROGRESS)
            } else {
                Ok(Value::Zero)
            }
        }
        Some(Reply::Sent(count)) => Ok(Value::Count(*count)),
        Some(Reply::Received(data)) => Ok(Value::Data(data.clone())),
        Some(Reply::EndOfFile) => end_of_file(),
        Some(Reply::WouldBlock) => Err(Errno::EAGAIN),
        Some(Reply::Refused(error)) => match (error, call) {
            (CallError::AlreadyExists, SocketCall::Connect { .. }) => {
                let opening = matches!(state, State::SynSent | State::SynReceived);
                Err(if opening { Errno::EALREADY } else { Errno::EISCONN })
            }
            (CallError::AlreadyExists, _) => Err(Errno::EINVAL),
            (CallError::DoesNotExist, SocketCall::Recv { .. }) if over => end_of_file(),
            (CallError::DoesNotExist, SocketCall::Send { .. }) if over => Err(Errno::EPIPE),
            (CallError::DoesNotExist, _) => Err(Errno::ENOTCONN),
            (CallError::Closing, SocketCall::Send { .. }) => Err(Errno::EPIPE),
            (CallError::Closing, SocketCall::Recv { .. }) => end_of_file(),
            // shutdown() or close() again: already done.
            (CallError::Closing, _) => Ok(Value::Zero),
            (CallError::RemoteUnspecified, SocketCall::Connect { .. }) => Err(Errno::EADDRNOTAVAIL),
            (CallError::RemoteUnspecified, _) => Err(Errno::ENOTCONN),
        },
    }
}
