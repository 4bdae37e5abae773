//! setsockopt(): the options of one socket, where they differ from the settings of its host.

use core::fmt;

use tcp::Config;
use tcp::time::Duration;

/// One option and its value, by its BSD name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SocketOption {
    /// SO_LINGER. None: off. Zero: close() aborts. More: close() waits at most this many seconds until everything is
    /// sent and acknowledged.
    Linger(Option<u16>),
    /// SO_RCVTIMEO: how long recv() and accept() wait. None: they do not wait.
    ReceiveTimeout(Option<Duration>),
    /// SO_REUSEADDR: bind() succeeds although a connection in TIME-WAIT still uses the port.
    ReuseAddr(bool),
    /// SO_KEEPALIVE: probe a silent peer (RFC 9293 §3.8.4).
    KeepAlive(bool),
    /// TCP_KEEPIDLE: how long before the first probe.
    KeepIdle(Duration),
    /// TCP_KEEPINTVL: how long between two probes.
    KeepInterval(Duration),
    /// TCP_KEEPCNT: how many probes may stay unanswered.
    KeepCount(u8),
    /// TCP_NODELAY: small segments do not wait (RFC 9293 §3.7.4).
    NoDelay(bool),
    /// TCP_USER_TIMEOUT: how long data may stay unacknowledged. Zero: only the retry limit decides.
    UserTimeout(Duration),
}

/// The options set on a socket. For all others the settings of the host apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SocketOptions {
    /// SO_LINGER.
    pub linger: Option<u16>,
    /// SO_RCVTIMEO.
    pub receive_timeout: Option<Duration>,
    /// SO_REUSEADDR.
    pub reuse_addr: bool,
    /// The options of TCP, each once, in the order in which they were first set.
    of_tcp: Vec<SocketOption>,
}

impl SocketOptions {
    /// Sets `option`. True if it changes how the connection behaves.
    pub(super) fn set(&mut self, option: SocketOption) -> bool {
        match option {
            SocketOption::Linger(seconds) => self.linger = seconds,
            SocketOption::ReceiveTimeout(length) => self.receive_timeout = length,
            SocketOption::ReuseAddr(on) => self.reuse_addr = on,
            _ => {
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

    /// No option of TCP is set: the connection uses the settings of its host.
    pub(super) fn follow_the_host(&self) -> bool {
        self.of_tcp.is_empty()
    }

    /// Changes the settings of the host to those of this socket.
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
                SocketOption::Linger(_) | SocketOption::ReceiveTimeout(_) | SocketOption::ReuseAddr(_) => {}
            }
        }
    }
}

impl SocketOption {
    /// The name of every option in C, and the unit of its value.
    pub const NAMES: [(&'static str, &'static str); 9] = [
        ("SO_KEEPALIVE", "0/1"),
        ("TCP_KEEPIDLE", "s"),
        ("TCP_KEEPINTVL", "s"),
        ("TCP_KEEPCNT", "n"),
        ("TCP_NODELAY", "0/1"),
        ("TCP_USER_TIMEOUT", "ms"),
        ("SO_LINGER", "s"),
        ("SO_RCVTIMEO", "s"),
        ("SO_REUSEADDR", "0/1"),
    ];

    /// The option that C calls `name`, with a value in the unit that C uses. SO_LINGER without a value is off.
    ///
    /// # Errors
    /// The name of the wrong argument: `option` or `value`.
    pub fn new(name: &str, value: Option<u32>) -> Result<Self, &'static str> {
        if !Self::NAMES.iter().any(|(known, _)| *known == name) {
            return Err("option");
        }
        if name == "SO_LINGER" {
            return value.map(u16::try_from).transpose().map(Self::Linger).map_err(|_| "value");
        }
        let value = value.ok_or("value")?;
        let seconds = Duration::from_secs(value.into());
        Ok(match name {
            "SO_RCVTIMEO" => Self::ReceiveTimeout((value > 0).then_some(seconds)),
            "SO_REUSEADDR" => Self::ReuseAddr(value != 0),
            "SO_KEEPALIVE" => Self::KeepAlive(value != 0),
            "TCP_NODELAY" => Self::NoDelay(value != 0),
            "TCP_USER_TIMEOUT" => Self::UserTimeout(Duration::from_millis(value.into())),
            // As in Linux, the others must be at least one.
            _ if value == 0 => return Err("value"),
            "TCP_KEEPIDLE" => Self::KeepIdle(seconds),
            "TCP_KEEPINTVL" => Self::KeepInterval(seconds),
            _ => Self::KeepCount(u8::try_from(value).map_err(|_| "value")?),
        })
    }

    /// The constant in C.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linger(_) => "SO_LINGER",
            Self::ReceiveTimeout(_) => "SO_RCVTIMEO",
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
            Self::Linger(None) | Self::ReceiveTimeout(None) => write!(f, "{name}, off"),
            Self::Linger(Some(seconds)) => write!(f, "{name}, {seconds} s"),
            Self::ReuseAddr(on) | Self::KeepAlive(on) | Self::NoDelay(on) => {
                write!(f, "{name}, {}", if *on { "on" } else { "off" })
            }
            Self::ReceiveTimeout(Some(length))
            | Self::KeepIdle(length)
            | Self::KeepInterval(length)
            | Self::UserTimeout(length) => {
                write!(f, "{name}, {} ms", length.as_millis())
            }
            Self::KeepCount(count) => write!(f, "{name}, {count}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_has_its_name() {
        for (name, _) in SocketOption::NAMES {
            assert_eq!(SocketOption::new(name, Some(1)).map(SocketOption::name), Ok(name));
        }
    }

    #[test]
    fn invalid_options_and_values_are_refused() {
        let wrong = |name, value| SocketOption::new(name, value).expect_err(name);
        assert_eq!(wrong("SO_KEEPALIVE", None), "value");
        assert_eq!(wrong("TCP_KEEPCNT", Some(256)), "value");
        assert_eq!(wrong("TCP_KEEPINTVL", Some(0)), "value");
        assert_eq!(wrong("SO_LINGER", Some(65_536)), "value");
        assert_eq!(wrong("SO_TELEPATHY", None), "option");
        assert_eq!(SocketOption::new("SO_LINGER", None), Ok(SocketOption::Linger(None)));
    }
}
