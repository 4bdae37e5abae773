//! The programs a host can run by itself, so that the learner does not have to make every call.
//!
//! A program makes one socket call at a time, and only calls that do not have to wait. Each call gives a record.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::socket::{Socket, SocketId, SocketState};
use super::socket_call::{CallResult, SocketCall, Value};
use super::{Errno, Host};
use tcp::tcb::Reader;

/// A program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ProgramName")]
pub enum Program {
    /// No program: the learner makes the calls.
    #[default]
    None,
    /// A server on port 80 that sends back what it reads, and closes at end of file.
    Echo,
    /// A server on port 80 that reads data and drops it, and closes at end of file.
    Sink,
    /// A server on port 80 that reads and never calls close(): its connections stay in CLOSE-WAIT (C41).
    NeverCloses,
}

/// Where the servers listen.
const PORT: u16 = 80;
const BACKLOG: u32 = 5;
/// The size of the servers' read buffer.
const BUFFER_BYTES: u32 = 4_096;

/// A running program, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Process {
    program: Program,
    stage: Stage,
    connections: Vec<Served>,
}

/// Where the program is with its listening socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Stage {
    /// Before its first call.
    Start,
    /// socket() is done.
    Created(SocketId),
    /// bind() is done.
    Bound(SocketId),
    /// listen() is done.
    Serving(SocketId),
    /// It has ended, by itself or because a call that it needs has failed.
    Ended,
}

/// A connection it has accepted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Served {
    socket: SocketId,
    next: NextCall,
}

/// What it will do next with a connection.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum NextCall {
    /// Read.
    Read,
    /// Send this back.
    Write(Bytes),
    /// Close.
    Close,
    /// Nothing, ever.
    Leave,
}

impl Process {
    pub(super) const fn new(program: Program) -> Self {
        Self { program, stage: Stage::Start, connections: Vec::new() }
    }

    pub(super) const fn program(&self) -> Program {
        self.program
    }

    pub(super) fn start(&mut self) {
        *self = Self::new(self.program);
    }

    pub(super) fn end(&mut self) {
        self.stage = Stage::Ended;
        self.connections.clear();
    }

    pub(super) fn octets(&self) -> usize {
        self.connections.len() * size_of::<Served>()
    }

    /// The descriptors it holds, the listener first.
    pub(super) fn descriptors(&self) -> Vec<SocketId> {
        let listener = match self.stage {
            Stage::Created(socket) | Stage::Bound(socket) | Stage::Serving(socket) => Some(socket),
            Stage::Start | Stage::Ended => None,
        };
        listener.into_iter().chain(self.connections.iter().map(|served| served.socket)).collect()
    }

    /// The next call, if there is one that does not have to wait.
    pub(super) fn next_call(&self, host: &Host) -> Option<SocketCall> {
        if self.program == Program::None {
            return None;
        }
        match self.stage {
            Stage::Start => Some(SocketCall::Socket),
            Stage::Created(socket) => Some(SocketCall::Bind { socket, port: PORT }),
            Stage::Bound(socket) => Some(SocketCall::Listen { socket, backlog: BACKLOG }),
            Stage::Serving(listener) => {
                let work = self.connections.iter().find_map(|served| served.next_call(host));
                work.or_else(|| accept(host, listener))
            }
            Stage::Ended => None,
        }
    }

    /// Its call has returned `result`.
    pub(super) fn on_result(&mut self, call: &SocketCall, result: &CallResult) {
        match (call, result) {
            (SocketCall::Socket, Ok(Value::Descriptor(socket))) => self.stage = Stage::Created(*socket),
            (SocketCall::Bind { socket, .. }, Ok(_)) => self.stage = Stage::Bound(*socket),
            (SocketCall::Listen { socket, .. }, Ok(_)) => self.stage = Stage::Serving(*socket),
            (SocketCall::Accept { .. }, Ok(Value::Descriptor(socket))) => {
                self.connections.push(Served { socket: *socket, next: NextCall::Read });
            }
            // The connection was reset before it was accepted: continue with the next one.
            (SocketCall::Accept { .. }, Err(Errno::ECONNABORTED)) => {}
            (SocketCall::Recv { socket, .. }, result) => self.on_read(*socket, result),
            (SocketCall::Send { socket, .. }, result) => self.on_written(*socket, result),
            (SocketCall::Close { socket }, _) => self.connections.retain(|served| served.socket != *socket),
            // Like "bind: Address already in use": such a server prints the message and exits (C43).
            _ => self.end(),
        }
    }

    /// A call that waited has returned. The only call of a program that can wait is close(), if the learner has set
    /// SO_LINGER.
    pub(super) fn on_return(&mut self, call: &SocketCall) {
        if let SocketCall::Close { socket } = call {
            self.connections.retain(|served| served.socket != *socket);
        }
    }

    fn on_read(&mut self, socket: SocketId, result: &CallResult) {
        let program = self.program;
        let Some(served) = self.connections.iter_mut().find(|served| served.socket == socket) else { return };
        served.next = match result {
            Err(Errno::EAGAIN) => NextCall::Read,
            Ok(Value::Data(data)) if !data.is_empty() => {
                if program == Program::Echo {
                    NextCall::Write(data.clone())
                } else {
                    NextCall::Read
                }
            }
            // End of file, or an error.
            _ if program == Program::NeverCloses => NextCall::Leave,
            _ => NextCall::Close,
        };
    }

    fn on_written(&mut self, socket: SocketId, result: &CallResult) {
        let Some(served) = self.connections.iter_mut().find(|served| served.socket == socket) else { return };
        let NextCall::Write(data) = &served.next else { return };
        served.next = match result {
            Err(Errno::EAGAIN) => return,
            Ok(Value::Count(count)) if (*count as usize) < data.len() => {
                NextCall::Write(data.slice(*count as usize..))
            }
            Ok(_) => NextCall::Read,
            Err(_) => NextCall::Close,
        };
    }
}

impl Served {
    fn next_call(&self, host: &Host) -> Option<SocketCall> {
        // The learner may have closed the socket in the meantime.
        let entry = host.socket(self.socket).filter(|socket| socket.is_open())?;
        let socket = self.socket;
        match &self.next {
            NextCall::Read => can_read(entry).then_some(SocketCall::Recv { socket, max_bytes: BUFFER_BYTES }),
            NextCall::Write(data) => {
                can_write(host, entry).then(|| SocketCall::Send { socket, data: data.clone() })
            }
            NextCall::Close => Some(SocketCall::Close { socket }),
            NextCall::Leave => None,
        }
    }
}

/// recv() has something to return: data, end of file or an error.
pub(super) fn can_read(socket: &Socket) -> bool {
    match &socket.state {
        SocketState::Fresh | SocketState::Listening { .. } | SocketState::Over(_) => true,
        SocketState::Connected(tcb) => {
            let at_end = tcb.state.is_synchronized() && !tcb.state.may_receive();
            socket.error.is_some() || tcb.readable_bytes() > 0 || at_end || tcb.reader != Reader::Open
        }
    }
}

/// send() will take some data, or fail.
fn can_write(host: &Host, socket: &Socket) -> bool {
    match &socket.state {
        SocketState::Fresh | SocketState::Listening { .. } | SocketState::Over(_) => true,
        SocketState::Connected(tcb) => {
            let has_room = tcb.send_buffer.len() < host.settings().config.send_buffer_bytes;
            socket.error.is_some() || has_room || !tcb.state.may_send()
        }
    }
}

fn accept(host: &Host, listener: SocketId) -> Option<SocketCall> {
    match &host.socket(listener)?.state {
        // If there are no descriptors left, the connections stay in the queue.
        SocketState::Listening { ready, .. } if !ready.is_empty() && host.check_descriptors().is_ok() => {
            Some(SocketCall::Accept { socket: listener })
        }
        _ => None,
    }
}
