//! setsockopt(): what one socket has chosen otherwise than its host.

use core::fmt;

use crate::tcp::Config;
use crate::time::Duration;

/// One option and its value, by its BSD name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SocketOption {
    /// SO_LINGER. None: off. Zero: close() aborts. More: recorded, and close() is an ordinary one, for nothing blocks.
    Linger(Option<u16>),
    /// SO_REUSEADDR: bind() although the port is still in TIME-WAIT.
    ReuseAddr(bool),
    /// SO_KEEPALIVE: probe a silent peer (RFC 9293 §3.8.4).
    KeepAlive(bool),
    /// TCP_KEEPIDLE: how long before the first probe.
    KeepIdle(Duration),
    /// TCP_KEEPINTVL: how long between two probes.
    KeepInterval(Duration),
    /// TCP_KEEPCNT: how many probes may stay without an answer.
    KeepCount(u8),
    /// TCP_NODELAY: small segments do not wait (RFC 9293 §3.7.4).
    NoDelay(bool),
    /// TCP_USER_TIMEOUT: how long data may stay unacknowledged; zero leaves it to the retry limit.
    UserTimeout(Duration),
}

/// The options that a socket has set. What is not set follows the host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SocketOptions {
    /// SO_LINGER.
    pub linger: Option<u16>,
    /// SO_REUSEADDR.
    pub reuse_addr: bool,
    /// The others, each once, in the order in which they were first set.
    of_tcp: Vec<SocketOption>,
}

impl SocketOptions {
    /// Takes `option`; true if it concerns the connection and not only the socket.
    pub(super) fn set(&mut self, option: SocketOption) -> bool {
        match option {
            SocketOption::Linger(seconds) => self.linger = seconds,
            SocketOption::ReuseAddr(on) => self.reuse_addr = on,
            SocketOption::KeepAlive(_)
            | SocketOption::KeepIdle(_)
            | SocketOption::KeepInterval(_)
            | SocketOption::KeepCount(_)
            | SocketOption::NoDelay(_)
            | SocketOption::UserTimeout(_) => {
                let same = |set: &&mut SocketOption| set.name() == option.name();
                match self.of_tcp.iter_mut().find(same) {
                    Some(set) => *set = option,
                    None => self.of_tcp.push(option),
                }
                return true;
            }
        }
        false
    }

    /// The connection behaves as its host does.
    pub(super) fn follow_the_host(&self) -> bool {
        self.of_tcp.is_empty()
    }

    /// Puts what was set in the place of what the host has.
    pub fn apply_to(&self, config: &mut Config) {
        for option in &self.of_tcp {
            match *option {
                SocketOption::KeepAlive(on) => config.keepalive = on,
                SocketOption::KeepIdle(idle) => config.keepalive_idle = idle,
                SocketOption::KeepInterval(interval) => config.keepalive_interval = interval,
                SocketOption::KeepCount(count) => config.keepalive_probes = count,
                SocketOption::NoDelay(on) => config.nagle = !on,
                SocketOption::UserTimeout(limit) => {
                    config.user_timeout = (limit > Duration::ZERO).then_some(limit);
                }
                SocketOption::Linger(_) | SocketOption::ReuseAddr(_) => {}
            }
        }
    }
}

impl SocketOption {
    /// The constant in C.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linger(_) => "SO_LINGER",
            Self::ReuseAddr(_) => "SO_REUSEADDR",
            Self::KeepAlive(_) => "SO_KEEPALIVE",
            Self::KeepIdle(_) => "TCP_KEEPIDLE",
            Self::KeepInterval(_) => "TCP_KEEPINTVL",
            Self::KeepCount(_) => "TCP_KEEPCNT",
            Self::NoDelay(_) => "TCP_NODELAY",
            Self::UserTimeout(_) => "TCP_USER_TIMEOUT",
        }
    }
}

/// `SO_KEEPALIVE, on`
impl fmt::Display for SocketOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self {
            Self::Linger(None) => write!(f, "{name}, off"),
            Self::Linger(Some(seconds)) => write!(f, "{name}, {seconds} s"),
            Self::ReuseAddr(on) | Self::KeepAlive(on) | Self::NoDelay(on) => {
                write!(f, "{name}, {}", if *on { "on" } else { "off" })
            }
            Self::KeepIdle(length) | Self::KeepInterval(length) | Self::UserTimeout(length) => {
                write!(f, "{name}, {} ms", length.as_millis())
            }
            Self::KeepCount(count) => write!(f, "{name}, {count}"),
        }
    }
}
