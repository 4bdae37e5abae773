//! setsockopt() and getsockopt().

use lab::host::{Errno, SocketCall, SocketId, SocketOption, SocketState};
use tcp::Config;
use tcp::tcb::DEFAULT_MSS;
use tcp::time::Duration;

use super::{Answer, Call, Calls, Failure, answer, is_called};
use crate::script::Expr;

/// The octets of an IPv4 and a TCP header.
const HEADERS: u16 = 40;

impl Calls {
    pub(super) fn set_option(&mut self, call: &mut Call<'_>) -> Result<Answer, Failure> {
        let socket = self.socket(call)?;
        let name = option_name(call)?;
        let value = call.argument(3)?;
        let number = value.inner().number();
        let is_on = number.map(|number| number != 0);
        let done = Ok(Answer::Number(0));
        let option = match (name.as_str(), number, is_on) {
            ("SO_REUSEADDR", _, Some(on)) => SocketOption::ReuseAddr(on),
            ("SO_LINGER", ..) => {
                SocketOption::Linger(linger(value.inner()).ok_or_else(|| call.unsupported(value))?)
            }
            ("SO_KEEPALIVE", _, Some(on)) => SocketOption::KeepAlive(on),
            ("TCP_KEEPIDLE", Some(secs), _) => SocketOption::KeepIdle(seconds(call, value, secs)?),
            ("TCP_KEEPINTVL", Some(secs), _) => SocketOption::KeepInterval(seconds(call, value, secs)?),
            ("TCP_KEEPCNT", Some(count), _) => {
                SocketOption::KeepCount(u8::try_from(count).map_err(|_| call.unsupported(value))?)
            }
            ("TCP_NODELAY", _, Some(on)) => SocketOption::NoDelay(on),
            ("TCP_USER_TIMEOUT", Some(millis), _) => {
                let millis = u64::try_from(millis).map_err(|_| call.unsupported(value))?;
                SocketOption::UserTimeout(Duration::from_millis(millis))
            }
            // These options change the whole host. That is enough, as a script is about one connection.
            ("SO_RCVBUF", Some(bytes), _) => {
                let bytes = u32::try_from(bytes).map_err(|_| call.unsupported(value))?;
                call.stack.config_mut().receive_buffer_bytes = bytes;
                return done;
            }
            ("SO_SNDBUF", Some(bytes), _) => {
                let bytes = u32::try_from(bytes).map_err(|_| call.unsupported(value))?;
                call.stack.config_mut().send_buffer_bytes = bytes;
                return done;
            }
            ("TCP_MAXSEG", Some(mss), _) => {
                let mss = u16::try_from(mss).map_err(|_| call.unsupported(value))?;
                call.stack.config_mut().mtu = mss.saturating_add(HEADERS);
                return done;
            }
            // TCP_LINGER2: how long FIN-WAIT-2 lasts if no application is left.
            ("TCP_LINGER2", Some(secs), _) => {
                call.stack.config_mut().fin_wait_2 = Some(seconds(call, value, secs)?);
                return done;
            }
            ("TCP_KEEPINIT", Some(secs), _) => {
                call.stack.config_mut().open_timeout = Some(seconds(call, value, secs)?);
                return done;
            }
            ("IP_TTL", Some(hops), _) => {
                call.stack.config_mut().ttl = u8::try_from(hops).map_err(|_| call.unsupported(value))?;
                return done;
            }
            ("SO_DEBUG", _, Some(_)) => return done,
            // Acknowledgements that are not delayed, like the sysctl `delayed_ack`.
            ("TCP_QUICKACK", _, Some(true)) => return done,
            ("TCP_NOOPT", _, Some(true)) => {
                let config = call.stack.config_mut();
                (config.window_scale, config.timestamps, config.sack) = (None, false, false);
                return done;
            }
            // The default treatment of ICMP errors: noted, and reported when the connection ends.
            ("IP_RECVERR", _, Some(false)) => return done,
            // The only algorithm of this stack.
            ("TCP_CONGESTION", ..) if matches!(value, Expr::Text(name) if name == "reno" || name == "newreno") =>
            {
                return done;
            }
            _ => return Err(Failure::Unsupported(format!("setsockopt({name}, {value})"))),
        };
        Ok(answer(call.stack.call(SocketCall::SetOption { socket, option })))
    }

    pub(super) fn get_option(&mut self, call: &mut Call<'_>) -> Result<Answer, Failure> {
        let socket = self.socket(call)?;
        let name = option_name(call)?;
        let value = call.argument(3)?.inner().clone();
        match name.as_str() {
            "SO_ERROR" => {
                let error = call.stack.take_error(socket);
                let is_same = match (&value, error) {
                    (Expr::Ellipsis, _) | (Expr::Number(0), None) => true,
                    (Expr::Word(name), Some(error)) => {
                        is_called(error, name)
                            || (call.mode.is_loose() && is_a_report(error) && is_refusal(name))
                    }
                    _ => false,
                };
                let got = error.map_or("0", |error| error.name());
                if is_same { Ok(Answer::Number(0)) } else { Err(differs(&name, &value, got)) }
            }
            "SO_RCVBUF" => {
                let bytes = call.stack.config().receive_buffer_bytes;
                let said = value.number().and_then(|number| u32::try_from(number).ok());
                let is_connection =
                    call.stack.socket(socket).is_some_and(|s| matches!(s.state, SocketState::Connected(_)));
                if is_connection {
                    self.said_receive_buffer = said;
                }
                // N3: each system rounds its buffers differently.
                let is_same = value == Expr::Ellipsis || said == Some(bytes) || call.mode.is_loose();
                if is_same { Ok(Answer::Number(0)) } else { Err(differs(&name, &value, bytes)) }
            }
            _ => {
                let set = in_force(call, socket, &name);
                let set = set.ok_or_else(|| Failure::Unsupported(format!("getsockopt({name})")))?;
                // N3 again: Linux also counts its overhead.
                let may_differ = name == "SO_SNDBUF" && call.mode.is_loose();
                let is_same = value == Expr::Ellipsis || value.number() == Some(set) || may_differ;
                if is_same { Ok(Answer::Number(0)) } else { Err(differs(&name, &value, set)) }
            }
        }
    }
}

/// Rule N13: these errors come only from ICMP reports, and systems map the reports differently.
fn is_a_report(error: Errno) -> bool {
    matches!(error, Errno::EHOSTUNREACH | Errno::ENETUNREACH)
}

fn is_refusal(name: &str) -> bool {
    matches!(name, "ECONNREFUSED" | "EHOSTUNREACH" | "ENETUNREACH")
}

/// The settings for `socket`: its own options, or else those of its host.
fn in_force(call: &Call<'_>, socket: SocketId, name: &str) -> Option<i64> {
    let socket = call.stack.socket(socket)?;
    let mut config = call.stack.config().clone();
    socket.options.apply_to(&mut config);
    let whole = |time: Duration, unit: Duration| i64::try_from(time.as_micros() / unit.as_micros()).ok();
    let second = Duration::from_secs(1);
    match name {
        "SO_REUSEADDR" => Some(socket.options.reuse_addr.into()),
        "SO_KEEPALIVE" => Some(config.keepalive.into()),
        "SO_SNDBUF" => Some(config.send_buffer_bytes.into()),
        "TCP_NODELAY" => Some((!config.nagle).into()),
        "TCP_KEEPINIT" => whole(config.open_timeout?, second),
        "IP_TTL" => Some(config.ttl.into()),
        "TCP_KEEPIDLE" => whole(config.keepalive_idle, second),
        "TCP_KEEPINTVL" => whole(config.keepalive_interval, second),
        "TCP_KEEPCNT" => Some(config.keepalive_probes.into()),
        "TCP_USER_TIMEOUT" => {
            config.user_timeout.map_or(Some(0), |time| whole(time, Duration::from_millis(1)))
        }
        "TCP_MAXSEG" => Some(match &socket.state {
            SocketState::Connected(tcb) | SocketState::Over(tcb) => tcb.send_mss.into(),
            // Before there is a connection: the MSS that was set, or the default (RFC 9293 §3.7.1).
            _ if config.mtu == Config::default().mtu => DEFAULT_MSS.into(),
            _ => config.receive_mss().into(),
        }),
        _ => None,
    }
}

fn option_name(call: &Call<'_>) -> Result<String, Failure> {
    let argument = call.argument(2)?;
    argument.word().map(str::to_owned).ok_or_else(|| call.unsupported(argument))
}

fn differs(name: &str, expected: &Expr, got: impl core::fmt::Display) -> Failure {
    Failure::mismatch(format!("{name} [{expected}]"), format!("[{got}]"))
}

fn seconds(call: &Call<'_>, value: &Expr, number: i64) -> Result<Duration, Failure> {
    u64::try_from(number).map(Duration::from_secs).map_err(|_| call.unsupported(value))
}

/// `{onoff=1, linger=0}`: None for off, or the seconds.
fn linger(value: &Expr) -> Option<Option<u16>> {
    let is_on = value.field("onoff")?.number()? != 0;
    let seconds = u16::try_from(value.field("linger")?.number()?).ok()?;
    Some(is_on.then_some(seconds))
}
