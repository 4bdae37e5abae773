//! What a socket call would come to if it were made now, so that a button can say why it would do nothing.
//!
//! It is tried, on a copy of the world that is thrown away, and not guessed: what the page says a call will do and
//! what the call then does cannot differ.

use core::fmt;

use super::action::Action;
use super::perform::perform;
use super::session::Session;
use crate::host::{CallResult, Errno, HostId, SocketCall, SocketId, Value};
use crate::net::{Record, What, World};

/// What a call would come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The socket that is meant. None if there is none.
    pub socket: Option<SocketId>,
    /// What the call would return. None if it could not even be made.
    pub result: Option<CallResult>,
    /// Why it would do nothing. None if it would do something.
    pub idle: Option<Idle>,
}

/// Why a call would do nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// The host is down.
    HostDown,
    /// The host has no socket that could be meant.
    NoSocket,
    /// There is no connection.
    NotConnected,
    /// The socket has, or has had, its one connection.
    AlreadyConnected,
    /// connect() was called, and the answer is still out.
    StillConnecting,
    /// The socket does not listen.
    NotListening,
    /// No connection waits to be accepted.
    NothingToAccept,
    /// Nothing has arrived that was not read.
    NothingToRead,
    /// The send buffer is full.
    SendBufferFull,
    /// This direction is closed.
    AlreadyClosed,
    /// It is so already.
    AlreadySo,
    /// Another socket has the port.
    PortTaken,
    /// The host refuses for another reason.
    Refused(Errno),
}

impl fmt::Display for Idle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HostDown => "the host is down",
            Self::NoSocket => "the host has no socket that this could mean",
            Self::NotConnected => "there is no connection",
            Self::AlreadyConnected => "the socket has had its connection",
            Self::StillConnecting => "connect() was called, and the answer is still out",
            Self::NotListening => "the socket does not listen",
            Self::NothingToAccept => "no connection waits to be accepted",
            Self::NothingToRead => "nothing has arrived that was not read",
            Self::SendBufferFull => "the send buffer is full",
            Self::AlreadyClosed => "this direction is closed",
            Self::AlreadySo => "it is so already",
            Self::PortTaken => "another socket has the port",
            Self::Refused(errno) => return write!(f, "{errno}: {}", errno.message()),
        })
    }
}

impl Session {
    /// What `action` would come to now. None if it is no socket call, or if it is not a possible one (its text is too
    /// long, say).
    #[must_use]
    pub fn outlook(&self, action: &Action) -> Option<Outlook> {
        let host = host_of(action)?;
        let nothing = |idle| Some(Outlook { socket: None, result: None, idle: Some(idle) });
        if !self.world().host(host).is_up() {
            return nothing(Idle::HostDown);
        }
        let mut world = World::clone(self.world());
        if let Err(why) = perform(&mut world, self.now(), action) {
            return if why.field == "socket" { nothing(Idle::NoSocket) } else { None };
        }
        let records: Vec<_> = world.take_records().collect();
        // The last one is what the action is about: listen() may have had to call socket() and bind() before.
        let (call, result) = records.iter().rev().find_map(made)?;
        let is_as_before = self.world().host(host) == world.host(host)
            && records.iter().all(|record| record.sent.is_empty());
        Some(Outlook {
            socket: call.socket(),
            result: Some(result.clone()),
            idle: idle(call, result, is_as_before),
        })
    }
}

fn made(record: &Record) -> Option<(&SocketCall, &CallResult)> {
    match &record.what {
        What::Transition { call: Some((call, result)), .. } | What::Call { call, result, .. } => {
            Some((call, result))
        }
        _ => None,
    }
}

const fn host_of(action: &Action) -> Option<HostId> {
    match action {
        Action::Socket { host }
        | Action::Bind { host, .. }
        | Action::Listen { host, .. }
        | Action::Accept { host, .. }
        | Action::Connect { host, .. }
        | Action::Send { host, .. }
        | Action::Recv { host, .. }
        | Action::Shutdown { host, .. }
        | Action::Close { host, .. }
        | Action::Abort { host, .. }
        | Action::Setsockopt { host, .. }
        | Action::SetLinger { host, .. }
        | Action::SetReuseaddr { host, .. } => Some(*host),
        _ => None,
    }
}

fn idle(call: &SocketCall, result: &CallResult, is_as_before: bool) -> Option<Idle> {
    let errno = match result {
        // To learn that the other end has closed is something.
        Ok(Value::Data(_)) => return None,
        Ok(_) => return is_as_before.then_some(Idle::AlreadySo),
        Err(errno) => *errno,
    };
    Some(match (errno, call) {
        // Begun; or how the connection ended, which is told only once.
        (
            Errno::EINPROGRESS
            | Errno::ECONNRESET
            | Errno::ECONNREFUSED
            | Errno::ECONNABORTED
            | Errno::ETIMEDOUT,
            _,
        ) => return None,
        (Errno::EHOSTDOWN, _) => Idle::HostDown,
        (Errno::ENOTCONN, _) => Idle::NotConnected,
        (Errno::EALREADY, _) => Idle::StillConnecting,
        (Errno::EISCONN, _) | (Errno::EINVAL, SocketCall::Connect { .. } | SocketCall::Listen { .. }) => {
            Idle::AlreadyConnected
        }
        (Errno::EINVAL, SocketCall::Accept { .. }) => Idle::NotListening,
        (Errno::EINVAL, SocketCall::Bind { .. }) => Idle::AlreadySo,
        (Errno::EAGAIN, SocketCall::Accept { .. }) => Idle::NothingToAccept,
        (Errno::EAGAIN, SocketCall::Recv { .. }) => Idle::NothingToRead,
        (Errno::EAGAIN, SocketCall::Send { .. }) => Idle::SendBufferFull,
        (Errno::EPIPE, _) => Idle::AlreadyClosed,
        (Errno::EADDRINUSE, _) => Idle::PortTaken,
        (Errno::EBADF, _) => Idle::NoSocket,
        (errno, _) => Idle::Refused(errno),
    })
}
