//! Socket calls: maps the script's descriptors, makes the calls, and compares their results with the script.

mod poll;
mod socket_options;

use std::collections::BTreeMap;

use bytes::Bytes;
use lab::host::{Errno, How, Socket, SocketCall, SocketId, SocketState, Value};
use tcp::{Endpoint, State};

use crate::mode::Mode;
use crate::script::{CallSpec, Expr};
use crate::stack::Stack;

/// O_RDWR, and O_NONBLOCK with its values in Linux and FreeBSD.
const O_RDWR: i64 = 0x2;
const O_NONBLOCK: [i64; 2] = [0x800, 0x4];

/// Why an event stops the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The script expects something else.
    Mismatch { expected: String, got: String },
    /// This runner cannot do it, so it is neither right nor wrong.
    Unsupported(String),
}

impl Failure {
    pub(crate) fn mismatch(expected: impl ToString, got: impl ToString) -> Self {
        Self::Mismatch { expected: expected.to_string(), got: got.to_string() }
    }
}

/// What a call returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Number(i64),
    NewDescriptor(SocketId),
    Error(Errno),
}

impl Answer {
    /// A program with blocking sockets would be waiting now.
    fn would_wait(self) -> bool {
        matches!(self, Self::Error(Errno::EAGAIN | Errno::EINPROGRESS))
    }
}

/// The state that the socket calls of a script share.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    descriptors: BTreeMap<i64, Descriptor>,
    /// The socket that TCP_INFO is about: the connection, or the last socket if there is none.
    under_test: Option<SocketId>,
    /// The size of the receive buffer, if the script sets it (rule N4).
    pub(crate) said_receive_buffer: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Descriptor {
    socket: SocketId,
    is_nonblocking: bool,
}

/// The ports used for `...`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ports {
    pub(crate) bind: u16,
    pub(crate) connect: u16,
}

/// A call being made.
pub(crate) struct Call<'a> {
    pub(crate) spec: &'a CallSpec,
    pub(crate) stack: &'a mut Stack,
    pub(crate) ports: Ports,
    pub(crate) mode: Mode,
}

impl Call<'_> {
    fn argument(&self, index: usize) -> Result<&Expr, Failure> {
        let missing = || Failure::Unsupported(format!("{}() with so few arguments", self.spec.name));
        self.spec.arguments.get(index).ok_or_else(missing)
    }

    fn number(&self, index: usize) -> Result<i64, Failure> {
        let argument = self.argument(index)?;
        argument.number().ok_or_else(|| self.unsupported(argument))
    }

    /// How many octets the call is about, and the index of its flags if it has any.
    fn octets(&self) -> Result<(i64, usize), Failure> {
        let vectors = |value: &Expr| value.vectors().ok_or_else(|| self.unsupported(value));
        match self.spec.name.as_str() {
            "readv" | "writev" => Ok((vectors(self.argument(1)?)?, usize::MAX)),
            "recvmsg" | "sendmsg" => {
                let message = self.argument(1)?;
                let field = message.field("msg_iov").ok_or_else(|| self.unsupported(message))?;
                Ok((vectors(field)?, 2))
            }
            _ => Ok((self.number(2)?, 3)),
        }
    }

    fn unsupported(&self, argument: &Expr) -> Failure {
        Failure::Unsupported(format!("`{argument}` as an argument of {}()", self.spec.name))
    }

    /// A port from `{sa_family = AF_INET, sin_port = htons(8080), …}`, or the default one.
    fn port(&self, index: usize, obvious: u16) -> Result<u16, Failure> {
        let argument = self.argument(index)?;
        if *argument == Expr::Ellipsis {
            return Ok(obvious);
        }
        let port = match argument.field("sin_port") {
            Some(Expr::Apply(name, arguments)) if name == "htons" => arguments.first().and_then(Expr::number),
            _ => None,
        };
        port.and_then(|port| u16::try_from(port).ok()).ok_or_else(|| self.unsupported(argument))
    }
}

impl Calls {
    /// Makes the call and compares its result with the script.
    pub(crate) fn make(&mut self, mut call: Call<'_>) -> Result<(), Failure> {
        let answer = self.perform(&mut call)?;
        self.check(call.spec, answer)
    }

    /// Starts a call that must block. None: it blocks.
    pub(crate) fn begin(&mut self, mut call: Call<'_>) -> Result<Option<Answer>, Failure> {
        let answer = self.perform(&mut call)?;
        Ok(Some(answer).filter(|answer| !answer.would_wait()))
    }

    /// Checks whether a blocking call can return.
    pub(crate) fn resume(&mut self, call: Call<'_>) -> Result<Option<Answer>, Failure> {
        if call.spec.name != "connect" {
            return self.begin(call);
        }
        let id = self.socket(&call)?;
        if let Some(error) = call.stack.take_error(id) {
            return Ok(Some(Answer::Error(error)));
        }
        let state = call.stack.socket(id).map_or(State::Closed, Socket::tcp_state);
        let waits = matches!(state, State::SynSent | State::SynReceived);
        Ok((!waits).then_some(Answer::Number(0)))
    }

    /// Compares the result of a call with the script. A new descriptor gets the script's number.
    pub(crate) fn check(&mut self, spec: &CallSpec, answer: Answer) -> Result<(), Failure> {
        let expected = match &spec.errno {
            Some(errno) => format!("{} {errno}", spec.result),
            None => spec.result.to_string(),
        };
        let got = match answer {
            Answer::Number(number) => number.to_string(),
            Answer::NewDescriptor(_) => "a new descriptor".to_owned(),
            Answer::Error(errno) => format!("-1 {errno}"),
        };
        let mismatch = || Failure::mismatch(format!("{}() = {expected}", spec.name), &got);
        let wanted = match &spec.result {
            Expr::Ellipsis => None,
            Expr::Number(number) => Some(*number),
            _ => return Err(Failure::Unsupported(format!("`{}` as a result", spec.result))),
        };
        match answer {
            Answer::NewDescriptor(socket) => {
                let number = wanted.filter(|number| *number >= 0 && !self.descriptors.contains_key(number));
                let number = number.ok_or_else(mismatch)?;
                self.descriptors.insert(number, Descriptor { socket, is_nonblocking: false });
                self.under_test = Some(socket);
                Ok(())
            }
            Answer::Number(number) if wanted.is_none_or(|wanted| wanted == number) => Ok(()),
            Answer::Error(errno) if wanted.is_none_or(|wanted| wanted == -1) => {
                let is_same = spec.errno.as_deref().is_none_or(|name| is_called(errno, name));
                if is_same { Ok(()) } else { Err(mismatch()) }
            }
            Answer::Number(_) | Answer::Error(_) => Err(mismatch()),
        }
    }

    /// The state of the socket that TCP_INFO is about.
    pub(crate) fn state_under_test(&self, stack: &Stack) -> Result<State, Failure> {
        let id =
            self.under_test.ok_or_else(|| Failure::Unsupported("TCP_INFO without a socket".to_owned()))?;
        let socket = stack.socket(id);
        // The lab keeps the last TCB of a finished connection, but for TCP the connection is CLOSED.
        Ok(socket.map_or(State::Closed, |socket| match socket.state {
            SocketState::Over(_) => State::Closed,
            _ => socket.tcp_state(),
        }))
    }

    /// The MSS of that connection.
    pub(crate) fn segment_size_under_test(&self, stack: &Stack) -> Result<u16, Failure> {
        let tcb = self.under_test.and_then(|id| stack.socket(id)).and_then(Socket::tcb);
        let tcb = tcb.ok_or_else(|| Failure::Unsupported("TCP_INFO without a connection".to_owned()))?;
        Ok(tcb.send_mss.saturating_sub(tcb.agreed.overhead() as u16))
    }

    /// The options that both ends of that connection have offered, in the form of FreeBSD's `tcpi_options`.
    pub(crate) fn options_under_test(&self, stack: &Stack) -> Result<u8, Failure> {
        let id =
            self.under_test.ok_or_else(|| Failure::Unsupported("TCP_INFO without a socket".to_owned()))?;
        let agreed = stack.socket(id).and_then(Socket::tcb).map(|tcb| tcb.agreed).unwrap_or_default();
        let bits = [(1, agreed.timestamps.is_some()), (2, agreed.sack), (4, agreed.shifts.is_some())];
        Ok(bits.into_iter().filter(|(_, is_set)| *is_set).map(|(bit, _)| bit).sum())
    }

    /// The ports of the connection or the listener that the last call of `spec` made, if it made one.
    pub(crate) fn ports_of(&self, spec: &CallSpec, stack: &Stack) -> Option<(u16, u16)> {
        let number = spec.arguments.first()?.number()?;
        let socket = stack.socket(self.descriptors.get(&number)?.socket)?;
        let tcb = socket.tcb()?;
        Some((tcb.local.port.max(socket.local.port), tcb.remote.port))
    }

    fn perform(&mut self, call: &mut Call<'_>) -> Result<Answer, Failure> {
        match call.spec.name.as_str() {
            "socket" => self.socket_call(call),
            "bind" => {
                let port = call.port(1, call.ports.bind)?;
                let socket = self.socket(call)?;
                Ok(answer(call.stack.call(SocketCall::Bind { socket, port })))
            }
            "listen" => {
                let socket = self.socket(call)?;
                let backlog = u32::try_from(call.number(1)?).unwrap_or(0);
                Ok(answer(call.stack.call(SocketCall::Listen { socket, backlog })))
            }
            "accept" | "accept4" => {
                let socket = self.socket(call)?;
                Ok(answer(call.stack.call(SocketCall::Accept { socket })))
            }
            "connect" => {
                let socket = self.socket(call)?;
                let to = Endpoint::new(call.stack.remote_addr(), call.port(1, call.ports.connect)?);
                Ok(answer(call.stack.call(SocketCall::Connect { socket, to })))
            }
            "read" | "recv" | "recvfrom" | "readv" | "recvmsg" => self.receive(call),
            "write" | "send" | "sendto" | "writev" | "sendmsg" => self.send(call),
            "ioctl" => self.ioctl(call),
            "poll" => self.poll(call),
            "shutdown" => {
                let socket = self.socket(call)?;
                let argument = call.argument(1)?;
                let how = argument.word().and_then(|word| word.parse::<How>().ok());
                let how = how.ok_or_else(|| call.unsupported(argument))?;
                Ok(answer(call.stack.call(SocketCall::Shutdown { socket, how })))
            }
            "close" => {
                let Ok(socket) = self.socket(call) else { return Ok(Answer::Error(Errno::EBADF)) };
                let answer = answer(call.stack.call(SocketCall::Close { socket }));
                self.descriptors.remove(&call.number(0)?);
                Ok(answer)
            }
            "fcntl" => self.fcntl(call),
            "setsockopt" => self.set_option(call),
            "getsockopt" => self.get_option(call),
            name => Err(Failure::Unsupported(format!("{name}()"))),
        }
    }

    /// The socket that the first argument names.
    fn socket(&self, call: &Call<'_>) -> Result<SocketId, Failure> {
        let number = call.number(0)?;
        let descriptor = self.descriptors.get(&number);
        let closed = || Failure::mismatch(call.spec, format!("{number} is no open descriptor"));
        descriptor.map(|descriptor| descriptor.socket).ok_or_else(closed)
    }

    fn socket_call(&mut self, call: &mut Call<'_>) -> Result<Answer, Failure> {
        let family = call.argument(0)?;
        if !matches!(family, Expr::Ellipsis) && family.word() != Some("AF_INET") {
            return Err(call.unsupported(family));
        }
        let kind = call.argument(1)?.words();
        if !kind.contains(&"SOCK_STREAM") {
            return Err(call.unsupported(call.argument(1)?));
        }
        let is_nonblocking = kind.contains(&"SOCK_NONBLOCK");
        if let Some(protocol) = call.spec.arguments.get(2)
            && protocol.word() != Some("IPPROTO_TCP")
            && protocol.number() != Some(0)
        {
            return Err(call.unsupported(protocol));
        }
        let answer = answer(call.stack.call(SocketCall::Socket));
        if is_nonblocking
            && let (Answer::NewDescriptor(_), Some(number)) = (answer, call.spec.result.number())
        {
            self.check(call.spec, answer)?;
            if let Some(descriptor) = self.descriptors.get_mut(&number) {
                descriptor.is_nonblocking = true;
            }
            return Ok(Answer::Number(number));
        }
        Ok(answer)
    }

    fn receive(&mut self, call: &mut Call<'_>) -> Result<Answer, Failure> {
        let socket = self.socket(call)?;
        let (length, flags) = call.octets()?;
        let max_bytes = u32::try_from(length).map_err(|_| call.unsupported(&call.spec.arguments[1]))?;
        let flags = Self::flags(call, flags, &["MSG_PEEK", "MSG_DONTWAIT"])?;
        let waits_to_be_read = call.stack.socket(socket).and_then(|socket| {
            let is_silent = socket.error.is_none();
            socket.tcb().map(|tcb| tcb.readable_bytes()).filter(|_| is_silent)
        });
        // MSG_PEEK: all octets are zero, so only their number matters.
        match waits_to_be_read {
            Some(bytes @ 1..) if flags.contains(&"MSG_PEEK") => {
                Ok(Answer::Number(bytes.min(max_bytes).into()))
            }
            _ => Ok(answer(call.stack.call(SocketCall::Recv { socket, max_bytes }))),
        }
    }

    fn send(&mut self, call: &mut Call<'_>) -> Result<Answer, Failure> {
        let socket = self.socket(call)?;
        let (length, flags) = call.octets()?;
        let length = usize::try_from(length).map_err(|_| call.unsupported(&call.spec.arguments[1]))?;
        Self::flags(call, flags, &["MSG_DONTWAIT", "MSG_NOSIGNAL"])?;
        let data = Bytes::from(vec![0; length]);
        Ok(answer(call.stack.call(SocketCall::Send { socket, data })))
    }

    /// The flags of a call. Err if one of them is not in `known`.
    fn flags<'a>(call: &'a Call<'_>, index: usize, known: &[&str]) -> Result<Vec<&'a str>, Failure> {
        let Some(argument) = call.spec.arguments.get(index) else { return Ok(Vec::new()) };
        let flags = argument.words();
        let is_known = argument.number() == Some(0) || !flags.is_empty();
        if is_known && flags.iter().all(|flag| known.contains(flag)) {
            Ok(flags)
        } else {
            Err(call.unsupported(argument))
        }
    }

    /// FIONBIO, and the number of bytes that wait to be read or acknowledged.
    fn ioctl(&mut self, call: &Call<'_>) -> Result<Answer, Failure> {
        let socket = self.socket(call)?;
        let (request, value) = (call.argument(1)?, call.argument(2)?);
        let tcb = call.stack.socket(socket).and_then(Socket::tcb);
        let found = match request.word() {
            Some("FIONBIO") => {
                let number = value.inner().number().ok_or_else(|| call.unsupported(value))?;
                if let Some(descriptor) = self.descriptors.get_mut(&call.number(0)?) {
                    descriptor.is_nonblocking = number != 0;
                }
                return Ok(Answer::Number(0));
            }
            Some("FIONREAD" | "SIOCINQ") => tcb.map_or(0, |tcb| tcb.readable_bytes()),
            Some("TIOCOUTQ" | "SIOCOUTQ") => tcb.map_or(0, |tcb| tcb.in_flight() + tcb.unsent_bytes()),
            _ => return Err(call.unsupported(request)),
        };
        let is_right = *value.inner() == Expr::Ellipsis || value.inner().number() == Some(found.into());
        if is_right { Ok(Answer::Number(0)) } else { Err(Failure::mismatch(call.spec, format!("[{found}]"))) }
    }

    fn fcntl(&mut self, call: &Call<'_>) -> Result<Answer, Failure> {
        self.socket(call)?;
        let number = call.number(0)?;
        let command = call.argument(1)?;
        let Some(descriptor) = self.descriptors.get_mut(&number) else {
            return Ok(Answer::Error(Errno::EBADF));
        };
        match command.word() {
            Some("F_GETFL") if descriptor.is_nonblocking => {
                // The value of this flag differs between systems, and the script means one of them.
                let flags = O_NONBLOCK.map(|flag| O_RDWR | flag);
                let said = flags.into_iter().find(|flags| call.spec.result.number() == Some(*flags));
                Ok(Answer::Number(said.unwrap_or(flags[0])))
            }
            Some("F_GETFL") => Ok(Answer::Number(O_RDWR)),
            Some("F_SETFL") => {
                let flags = call.argument(2)?;
                let words = flags.words();
                let number = flags.number().unwrap_or(0);
                if words.iter().any(|word| !matches!(*word, "O_RDWR" | "O_NONBLOCK")) {
                    return Err(call.unsupported(flags));
                }
                descriptor.is_nonblocking =
                    words.contains(&"O_NONBLOCK") || O_NONBLOCK.iter().any(|flag| number & flag != 0);
                Ok(Answer::Number(0))
            }
            _ => Err(call.unsupported(command)),
        }
    }
}

/// A result of the stack as a C program sees it.
fn answer(result: Result<Value, Errno>) -> Answer {
    match result {
        Ok(Value::Zero) => Answer::Number(0),
        Ok(Value::Descriptor(socket)) => Answer::NewDescriptor(socket),
        Ok(Value::Count(count)) => Answer::Number(count.into()),
        Ok(Value::Data(data)) => Answer::Number(data.len() as i64),
        // close() with SO_LINGER. Waiting makes no difference to the segments.
        Ok(Value::Waits { .. }) => Answer::Number(0),
        Err(errno) => Answer::Error(errno),
    }
}

/// Whether `name` is a name of `errno` in scripts. Two errors have two names each.
fn is_called(errno: Errno, name: &str) -> bool {
    errno.name() == name || (errno == Errno::EAGAIN && name == "EWOULDBLOCK")
}
