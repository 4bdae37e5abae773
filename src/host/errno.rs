//! Why a socket call fails, under the names of POSIX.

use core::fmt;

use serde::{Deserialize, Serialize};

/// An error of a socket call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// The opening has begun; the call does not wait for its end.
    EINPROGRESS,
    /// The call makes no sense on this socket.
    EINVAL,
    /// There is a connection already.
    EISCONN,
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
}

impl Errno {
    /// Every error, in order.
    pub const ALL: [Self; 17] = [
        Self::EADDRINUSE,
        Self::EADDRNOTAVAIL,
        Self::EAGAIN,
        Self::EALREADY,
        Self::EBADF,
        Self::ECONNABORTED,
        Self::ECONNREFUSED,
        Self::ECONNRESET,
        Self::EHOSTDOWN,
        Self::EINPROGRESS,
        Self::EINVAL,
        Self::EISCONN,
        Self::ENETUNREACH,
        Self::ENOTCONN,
        Self::EOPNOTSUPP,
        Self::EPIPE,
        Self::ETIMEDOUT,
    ];

    /// The name, as `errno.h` has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EADDRINUSE => "EADDRINUSE",
            Self::EADDRNOTAVAIL => "EADDRNOTAVAIL",
            Self::EAGAIN => "EAGAIN",
            Self::EALREADY => "EALREADY",
            Self::EBADF => "EBADF",
            Self::ECONNABORTED => "ECONNABORTED",
            Self::ECONNREFUSED => "ECONNREFUSED",
            Self::ECONNRESET => "ECONNRESET",
            Self::EHOSTDOWN => "EHOSTDOWN",
            Self::EINPROGRESS => "EINPROGRESS",
            Self::EINVAL => "EINVAL",
            Self::EISCONN => "EISCONN",
            Self::ENETUNREACH => "ENETUNREACH",
            Self::ENOTCONN => "ENOTCONN",
            Self::EOPNOTSUPP => "EOPNOTSUPP",
            Self::EPIPE => "EPIPE",
            Self::ETIMEDOUT => "ETIMEDOUT",
        }
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
            Self::EINPROGRESS => "Operation now in progress",
            Self::EINVAL => "Invalid argument",
            Self::EISCONN => "Socket is already connected",
            Self::ENETUNREACH => "Network is unreachable",
            Self::ENOTCONN => "Socket is not connected",
            Self::EOPNOTSUPP => "Operation not supported",
            Self::EPIPE => "Broken pipe",
            Self::ETIMEDOUT => "Connection timed out",
        }
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
