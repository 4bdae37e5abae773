//! Does an action to the world, after filling in what the action leaves out.
//!
//! The journal keeps the actions and not these inputs: the names of actions never change, and a replay fills in the same
//! things again.

use core::cell::RefCell;

use bytes::Bytes;
use thiserror::Error;

use super::action::Action;
use crate::host::{HostId, Socket, SocketCall, SocketId, SocketOption, SocketState};
use crate::net::{Input, InputError, PacketId, World};
use tcp::time::Instant;
use tcp::{Endpoint, State};

/// Where the lab's servers listen, and where clients connect to, unless told otherwise.
pub const DEFAULT_PORT: u16 = 80;
/// The backlog of listen(), unless told otherwise.
pub const DEFAULT_BACKLOG: u32 = 5;
/// The buffer given to recv(), unless told otherwise.
pub const DEFAULT_RECV_BYTES: u32 = 4_096;
/// The most that one send() may carry.
pub const MAX_SEND_BYTES: u32 = 1_000_000;

/// Why an action cannot be taken. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field}: {reason}")]
pub struct ActionError {
    /// The field of the action that is wrong.
    pub field: String,
    /// What is wrong with it.
    pub reason: ActionFault,
}

/// What is wrong with an action.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each has its message")]
pub enum ActionFault {
    /// It is not an action at all; what the parser said.
    #[error("{0}")]
    Malformed(String),
    #[error("{0}")]
    World(InputError),
    #[error("the host has no socket that this could mean")]
    NoSocket,
    #[error("greater than {limit}")]
    TooGreat { limit: u64 },
    #[error("there is no such branch")]
    NoSuchBranch,
    #[error("there is no such choice")]
    NoSuchChoice,
    #[error("there is no such experiment")]
    NoSuchScenario,
    #[error("there are as many branches as there may be")]
    TooManyBranches,
    #[error("the run is as long as it may be")]
    TooLong,
}

impl ActionError {
    /// `field` is wrong because of `reason`.
    #[must_use]
    pub fn new(field: &str, reason: ActionFault) -> Self {
        Self { field: field.to_owned(), reason }
    }
}

impl From<InputError> for ActionError {
    fn from(error: InputError) -> Self {
        Self::new(error.field(), ActionFault::World(error))
    }
}

/// Lets `world` reach `at` and does `action` to it.
///
/// # Errors
/// If it cannot be done. The world may then have been changed in part: callers work on a copy.
pub fn perform(world: &mut World, at: Instant, action: &Action) -> Result<(), ActionError> {
    // The caller has run all events before `at`. Events at `at` itself come after the action, which can still change them.
    world.wait_until(at);
    match action {
        Action::Socket { host } => call(world, *host, SocketCall::Socket),
        Action::Bind { host, socket, port } => {
            let socket = fresh_socket(world, *host, *socket)?;
            call(world, *host, SocketCall::Bind { socket, port: *port })
        }
        Action::Listen { host, socket, port, backlog } => {
            let socket = fresh_socket(world, *host, *socket)?;
            let is_bound = world.host(*host).socket(socket).is_some_and(|socket| socket.local.port != 0);
            if port.is_some() || !is_bound {
                call(world, *host, SocketCall::Bind { socket, port: port.unwrap_or(DEFAULT_PORT) })?;
                if world.host(*host).socket(socket).is_none_or(|socket| socket.local.port == 0) {
                    // bind() failed, and its record says why.
                    return Ok(());
                }
            }
            call(world, *host, SocketCall::Listen { socket, backlog: backlog.unwrap_or(DEFAULT_BACKLOG) })
        }
        Action::Accept { host, socket } => {
            let socket = meant(world, *host, *socket, Socket::is_listening)?;
            call(world, *host, SocketCall::Accept { socket })
        }
        Action::Connect { host, socket, to } => {
            let socket = fresh_socket(world, *host, *socket)?;
            let to = to.unwrap_or(Endpoint::new(host.other().addr(), DEFAULT_PORT));
            call(world, *host, SocketCall::Connect { socket, to })
        }
        Action::Send { host, socket, text, bytes } => {
            let data = payload(text.as_deref(), *bytes)?;
            let socket = meant(world, *host, *socket, is_conversation)?;
            call(world, *host, SocketCall::Send { socket, data })
        }
        Action::Recv { host, socket, max } => {
            let socket = meant(world, *host, *socket, is_conversation)?;
            let max_bytes = max.unwrap_or(DEFAULT_RECV_BYTES);
            call(world, *host, SocketCall::Recv { socket, max_bytes })
        }
        Action::Shutdown { host, socket, how } => {
            let socket = meant(world, *host, *socket, is_conversation)?;
            call(world, *host, SocketCall::Shutdown { socket, how: *how })
        }
        Action::Close { host, socket } => {
            let socket = meant(world, *host, *socket, is_conversation)?;
            call(world, *host, SocketCall::Close { socket })
        }
        Action::Abort { host, socket } => {
            let socket = meant(world, *host, *socket, is_conversation)?;
            call(world, *host, SocketCall::SetOption { socket, option: SocketOption::Linger(Some(0)) })?;
            call(world, *host, SocketCall::Close { socket })
        }
        Action::Setsockopt { host, socket, option, value } => {
            let option = SocketOption::new(option, *value).map_err(|field| {
                ActionError::new(field, ActionFault::Malformed("setsockopt() knows no such".to_owned()))
            })?;
            set_option(world, *host, *socket, option)
        }
        Action::SetLinger { host, socket, seconds } => {
            set_option(world, *host, *socket, SocketOption::Linger(*seconds))
        }
        Action::SetReuseaddr { host, socket, on } => {
            set_option(world, *host, *socket, SocketOption::ReuseAddr(*on))
        }
        Action::Crash { host } => apply(world, Input::Crash(*host)),
        Action::Restart { host } => apply(world, Input::Restart(*host)),
        Action::CutCable => apply(world, Input::CutCable),
        Action::MendCable => apply(world, Input::MendCable),
        Action::RunProgram { host, program } => {
            apply(world, Input::RunProgram { host: *host, program: *program })
        }
        Action::Verdict { segment, verdict } => {
            apply(world, Input::Verdict { packet: PacketId(*segment), verdict: *verdict })
        }
        Action::AddRule { rule } => apply(world, Input::AddRule(*rule)),
        Action::RemoveRule { index } => apply(world, Input::RemoveRule(*index)),
        Action::ClearRules => apply(world, Input::ClearRules),
        Action::SetLatency { from, us } => apply(world, Input::SetLatency { from: *from, latency: *us }),
        Action::SetLoss { from, per_mille } => {
            apply(world, Input::SetLoss { from: *from, per_mille: *per_mille })
        }
        Action::SetConfig { host, config } => match config.too_great() {
            Some((field, limit)) => {
                Err(ActionError::new(&format!("config.{field}"), ActionFault::TooGreat { limit }))
            }
            None => apply(world, Input::SetConfig { host: *host, config: config.clone() }),
        },
        Action::SetWhatIf { host, what_if } => {
            apply(world, Input::SetWhatIf { host: *host, what_if: *what_if })
        }
        Action::Step
        | Action::Back
        | Action::Seek { .. }
        | Action::Play { .. }
        | Action::Jump
        | Action::SwitchBranch { .. }
        | Action::Answer { .. }
        | Action::SkipQuestion
        | Action::Load { .. } => {
            Err(ActionError::new("type", ActionFault::Malformed("moves about in time only".to_owned())))
        }
    }
}

/// The socket that send(), recv(), shutdown() and close() mean when none is named: the newest connection that is
/// open, else the newest open socket.
#[must_use]
pub fn default_conversation(world: &World, host: HostId) -> Option<SocketId> {
    newest(world, host, |socket| is_conversation(socket) && socket.tcp_state() != State::Closed)
        .or_else(|| newest(world, host, is_conversation))
        .or_else(|| newest(world, host, Socket::is_listening))
}

fn is_conversation(socket: &Socket) -> bool {
    matches!(socket.state, SocketState::Connected(_) | SocketState::Over(_))
}

fn newest(world: &World, host: HostId, suits: impl Fn(&Socket) -> bool) -> Option<SocketId> {
    let mut sockets = world.host(host).sockets().rev();
    sockets.find(|socket| socket.is_open() && suits(socket)).map(|socket| socket.id)
}

/// The socket that is `named`, even if it does not suit: then the call says why. If none is named, the newest that `suits`.
fn meant(
    world: &World,
    host: HostId,
    named: Option<u32>,
    suits: impl Fn(&Socket) -> bool,
) -> Result<SocketId, ActionError> {
    let default = || {
        newest(world, host, |socket| suits(socket) && socket.tcp_state() != State::Closed)
            .or_else(|| newest(world, host, &suits))
            .or_else(|| newest(world, host, |_| true))
    };
    let socket = named.map(SocketId).or_else(default);
    socket.ok_or_else(|| ActionError::new("socket", ActionFault::NoSocket))
}

/// The socket that is `named`, or the newest without connect() and listen(), or a new one.
fn fresh_socket(world: &mut World, host: HostId, named: Option<u32>) -> Result<SocketId, ActionError> {
    let is_fresh = |socket: &Socket| matches!(socket.state, SocketState::Fresh);
    if let Some(socket) = named.map(SocketId).or_else(|| newest(world, host, is_fresh)) {
        return Ok(socket);
    }
    call(world, host, SocketCall::Socket)?;
    newest(world, host, is_fresh).ok_or_else(|| ActionError::new("host", ActionFault::NoSocket))
}

/// SO_REUSEADDR must be set before bind(), so on a fresh socket. Others are set on a connection if there is one.
fn set_option(
    world: &mut World,
    host: HostId,
    named: Option<u32>,
    option: SocketOption,
) -> Result<(), ActionError> {
    let socket = match option {
        SocketOption::ReuseAddr(_) => fresh_socket(world, host, named),
        _ => meant(world, host, named, is_conversation).or_else(|_| fresh_socket(world, host, named)),
    };
    call(world, host, SocketCall::SetOption { socket: socket?, option })
}

fn call(world: &mut World, host: HostId, call: SocketCall) -> Result<(), ActionError> {
    apply(world, Input::Call { host, call })
}

fn apply(world: &mut World, input: Input) -> Result<(), ActionError> {
    Ok(world.apply(input)?)
}

/// What send() sends: `text`, or `bytes` letters, or else "hello" as in the notes.
fn payload(text: Option<&str>, bytes: Option<u32>) -> Result<Bytes, ActionError> {
    let too_great = |field| ActionError::new(field, ActionFault::TooGreat { limit: MAX_SEND_BYTES.into() });
    match (text, bytes) {
        (Some(text), _) if text.len() > MAX_SEND_BYTES as usize => Err(too_great("text")),
        (Some(text), _) => Ok(Bytes::copy_from_slice(text.as_bytes())),
        (None, Some(bytes)) if bytes > MAX_SEND_BYTES => Err(too_great("bytes")),
        (None, Some(bytes)) => Ok(letters(bytes)),
        (None, None) => Ok(Bytes::from_static(b"hello")),
    }
}

/// The alphabet over and over, as a part of one shared copy: records keep what was sent, and there may be many.
fn letters(count: u32) -> Bytes {
    thread_local! {
        static LETTERS: RefCell<Bytes> = const { RefCell::new(Bytes::new()) };
    }
    LETTERS.with_borrow_mut(|letters| {
        if letters.len() < count as usize {
            let more = count.next_power_of_two().min(MAX_SEND_BYTES);
            *letters = (0..more).map(|i| b'a' + (i % 26) as u8).collect();
        }
        letters.slice(..count as usize)
    })
}
