//! Makes the socket calls of a script with the kernel.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::io::Errno;
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, Shutdown, SocketFlags, SocketType, accept_with, bind, connect,
    listen, recv, send, shutdown, socket_with, sockopt,
};

use super::kernel::REMOTE;
use crate::calls::{Failure, Ports};
use crate::script::{CallSpec, Expr};

/// The errors that scripts may name.
const ERRORS: [(Errno, &str); 17] = [
    (Errno::ADDRINUSE, "EADDRINUSE"),
    (Errno::AGAIN, "EAGAIN"),
    (Errno::ALREADY, "EALREADY"),
    (Errno::BADF, "EBADF"),
    (Errno::CONNABORTED, "ECONNABORTED"),
    (Errno::CONNREFUSED, "ECONNREFUSED"),
    (Errno::CONNRESET, "ECONNRESET"),
    (Errno::HOSTDOWN, "EHOSTDOWN"),
    (Errno::HOSTUNREACH, "EHOSTUNREACH"),
    (Errno::INPROGRESS, "EINPROGRESS"),
    (Errno::INVAL, "EINVAL"),
    (Errno::ISCONN, "EISCONN"),
    (Errno::NETUNREACH, "ENETUNREACH"),
    (Errno::NOPROTOOPT, "ENOPROTOOPT"),
    (Errno::NOTCONN, "ENOTCONN"),
    (Errno::PIPE, "EPIPE"),
    (Errno::TIMEDOUT, "ETIMEDOUT"),
];

/// The open descriptors, by the script's numbers. All are non-blocking.
#[derive(Default)]
pub(super) struct Sockets {
    open: BTreeMap<i64, OwnedFd>,
    /// The last one made.
    pub(super) latest: Option<i64>,
}

/// The result of a call.
enum Answer {
    Number(i64),
    Socket(OwnedFd),
    /// The value from getsockopt().
    Value(String),
}

impl Sockets {
    /// The kernel's inode number of the socket.
    pub(super) fn inode(&self, number: i64) -> Option<u64> {
        Some(rustix::fs::fstat(self.open.get(&number)?).ok()?.st_ino)
    }

    /// Makes the call and compares its result with the script.
    pub(super) fn make(&mut self, spec: &CallSpec, ports: Ports) -> Result<(), Failure> {
        if spec.returns.is_some() {
            return Err(Failure::Unsupported("a call that blocks".to_owned()));
        }
        let answer = self.perform(spec, ports)?;
        let expected = match &spec.errno {
            Some(errno) => format!("{} {errno}", spec.result),
            None => spec.result.to_string(),
        };
        let expected = format!("{}() = {expected}", spec.name);
        let wanted = spec.result.number();
        match answer {
            Ok(Answer::Socket(socket)) => match wanted.filter(|number| *number >= 0) {
                Some(number) => {
                    self.open.insert(number, socket);
                    self.latest = Some(number);
                    Ok(())
                }
                None => Err(Failure::mismatch(expected, "a new descriptor")),
            },
            Ok(Answer::Number(number)) if wanted.is_none_or(|wanted| wanted == number) => Ok(()),
            Ok(Answer::Number(number)) => Err(Failure::mismatch(expected, number)),
            Ok(Answer::Value(got)) => {
                let said = spec.arguments.get(3).map_or("...".to_owned(), |value| value.inner().to_string());
                if said == "..." || said == got {
                    Ok(())
                } else {
                    Err(Failure::mismatch(format!("{spec}"), format!("[{got}]")))
                }
            }
            Err(errno) => {
                let name = name_of(errno);
                let is_same = spec.errno.as_deref().is_none_or(|wanted| wanted == name);
                if wanted == Some(-1) && is_same {
                    Ok(())
                } else {
                    Err(Failure::mismatch(expected, format!("-1 {name}")))
                }
            }
        }
    }

    fn perform(&mut self, spec: &CallSpec, ports: Ports) -> Result<Result<Answer, Errno>, Failure> {
        let unsupported = || Failure::Unsupported(spec.to_string());
        let number = |at: usize| spec.arguments.get(at).and_then(Expr::number).ok_or_else(unsupported);
        if spec.name == "socket" {
            let made = socket_with(AddressFamily::INET, SocketType::STREAM, SocketFlags::NONBLOCK, None);
            return Ok(made.map(Answer::Socket));
        }
        let Some(socket) = self.open.get(&number(0)?) else { return Ok(Err(Errno::BADF)) };
        let zero = |done: Result<(), Errno>| done.map(|()| Answer::Number(0));
        let port = |at: usize, obvious: u16| match spec.arguments.get(at) {
            Some(Expr::Ellipsis) => Ok(obvious),
            Some(address) => match address.field("sin_port") {
                Some(Expr::Apply(_, arguments)) => arguments
                    .first()
                    .and_then(Expr::number)
                    .and_then(|port| u16::try_from(port).ok())
                    .ok_or_else(unsupported),
                _ => Err(unsupported()),
            },
            None => Err(unsupported()),
        };
        Ok(match spec.name.as_str() {
            "bind" => {
                let any = SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, port(1, ports.bind)?);
                zero(bind(socket, &any))
            }
            "listen" => zero(listen(socket, i32::try_from(number(1)?).unwrap_or(i32::MAX))),
            "accept" => accept_with(socket, SocketFlags::NONBLOCK).map(Answer::Socket),
            "connect" => zero(connect(socket, &SocketAddrV4::new(REMOTE, port(1, ports.connect)?))),
            "read" | "recv" => {
                let mut flags = RecvFlags::empty();
                flags.set(
                    RecvFlags::PEEK,
                    spec.arguments.get(3).is_some_and(|f| f.words().contains(&"MSG_PEEK")),
                );
                let mut room = vec![0; usize::try_from(number(2)?).map_err(|_| unsupported())?];
                recv(socket, &mut room[..], flags).map(|(read, _)| Answer::Number(read as i64))
            }
            "write" | "send" => {
                let data = vec![0; usize::try_from(number(2)?).map_err(|_| unsupported())?];
                send(socket, &data, SendFlags::NOSIGNAL).map(|sent| Answer::Number(sent as i64))
            }
            "shutdown" => {
                let how = match spec.arguments.get(1).and_then(Expr::word) {
                    Some("SHUT_RD") => Shutdown::Read,
                    Some("SHUT_WR") => Shutdown::Write,
                    Some("SHUT_RDWR") => Shutdown::Both,
                    _ => return Err(unsupported()),
                };
                zero(shutdown(socket, how))
            }
            "close" => {
                self.open.remove(&number(0)?);
                Ok(Answer::Number(0))
            }
            // Every socket is non-blocking, whatever the script says.
            "fcntl" => Ok(Answer::Number(spec.result.number().unwrap_or(0))),
            "ioctl" if matches!(spec.arguments.get(1).and_then(Expr::word), Some("SIOCINQ" | "FIONREAD")) => {
                let waiting = rustix::io::ioctl_fionread(socket);
                let said = spec.arguments.get(2).and_then(|value| value.inner().number());
                match (waiting, said) {
                    (Ok(waiting), Some(said)) if i64::try_from(waiting) != Ok(said) => {
                        return Err(Failure::mismatch(spec, format!("[{waiting}]")));
                    }
                    (waiting, _) => waiting.map(|_| Answer::Number(0)),
                }
            }
            "setsockopt" => zero(set_option(socket, spec).ok_or_else(unsupported)?),
            "getsockopt" => option(socket, spec).ok_or_else(unsupported)?.map(Answer::Value),
            _ => return Err(unsupported()),
        })
    }
}

/// None: not an option that is known here.
fn set_option(socket: &OwnedFd, spec: &CallSpec) -> Option<Result<(), Errno>> {
    let value = spec.arguments.get(3)?.inner();
    let name = spec.arguments.get(2)?.word()?;
    if name == "SO_LINGER" {
        let seconds = u64::try_from(value.field("linger")?.number()?).ok()?;
        let is_on = value.field("onoff")?.number()? != 0;
        return Some(sockopt::set_socket_linger(socket, is_on.then_some(Duration::from_secs(seconds))));
    }
    let number = u32::try_from(value.number()?).ok()?;
    let seconds = Duration::from_secs(number.into());
    Some(match name {
        "SO_REUSEADDR" => sockopt::set_socket_reuseaddr(socket, number != 0),
        "SO_KEEPALIVE" => sockopt::set_socket_keepalive(socket, number != 0),
        // The kernel reports twice the size that was set, to include its overhead.
        "SO_RCVBUF" => sockopt::set_socket_recv_buffer_size_force(socket, number as usize),
        "TCP_NODELAY" => sockopt::set_tcp_nodelay(socket, number != 0),
        "TCP_KEEPIDLE" => sockopt::set_tcp_keepidle(socket, seconds),
        "TCP_KEEPINTVL" => sockopt::set_tcp_keepintvl(socket, seconds),
        "TCP_KEEPCNT" => sockopt::set_tcp_keepcnt(socket, number),
        "TCP_USER_TIMEOUT" => sockopt::set_tcp_user_timeout(socket, number),
        _ => return None,
    })
}

/// None: not an option that is known here.
fn option(socket: &OwnedFd, spec: &CallSpec) -> Option<Result<String, Errno>> {
    let truth = |is_on: Result<bool, Errno>| is_on.map(|is_on| u8::from(is_on).to_string());
    let seconds = |time: Result<Duration, Errno>| time.map(|time| time.as_secs().to_string());
    Some(match spec.arguments.get(2)?.word()? {
        "SO_ERROR" => sockopt::socket_error(socket)
            .map(|error| error.map_or_else(|errno| name_of(errno).to_owned(), |()| "0".to_owned())),
        "SO_REUSEADDR" => truth(sockopt::socket_reuseaddr(socket)),
        "TCP_NODELAY" => truth(sockopt::tcp_nodelay(socket)),
        "TCP_KEEPIDLE" => seconds(sockopt::tcp_keepidle(socket)),
        "TCP_KEEPINTVL" => seconds(sockopt::tcp_keepintvl(socket)),
        "TCP_KEEPCNT" => sockopt::tcp_keepcnt(socket).map(|count| count.to_string()),
        "TCP_USER_TIMEOUT" => sockopt::tcp_user_timeout(socket).map(|millis| millis.to_string()),
        _ => return None,
    })
}

fn name_of(errno: Errno) -> &'static str {
    ERRORS.iter().find(|(known, _)| *known == errno).map_or("another error", |(_, name)| name)
}
