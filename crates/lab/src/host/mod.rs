//! A very small operating system: sockets, ports, backlog, errno, programs, crash and restart.

mod arrivals;
mod dispatch;
mod errno;
mod host_id;
mod outcome;
mod ports;
mod program;
mod socket;
mod socket_call;
mod socket_options;
#[cfg(test)]
mod tests;
mod waiting;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::rc::Rc;

use tcp::time::Instant;
use tcp::{Settings, TimerKind};

pub use errno::Errno;
pub use host_id::HostId;
pub use outcome::{Outcome, Recording, SocketTransition, packets};
use program::Process;
pub use program::Program;
pub use socket::{Descriptor, Socket, SocketId, SocketState};
pub use socket_call::{CallResult, How, SocketCall, Value};
pub use socket_options::{SocketOption, SocketOptions};
pub use waiting::Waiting;

/// How many sockets a host has at most, those that no process holds any more included. Each costs time and memory at
/// every event; and a host of a thousand descriptors, each used again and again, does not get there within 2 MSL.
const MAX_SOCKETS: usize = 4_096;

/// A host: its sockets, its stack's settings, and the program it runs.
///
/// Events come in through [`Host::call`], [`Host::receive`], [`Host::fire`] and [`Host::program_step`]. Each returns an
/// [`Outcome`]: the records, the packets to send and the result. A host knows no network link and has no clock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host {
    id: HostId,
    settings: Rc<Settings>,
    is_up: bool,
    /// Shared with the copies of this host that are kept: a copy of a host with a thousand sockets copies no socket.
    sockets: BTreeMap<SocketId, Rc<Socket>>,
    next_socket: SocketId,
    next_port: u16,
    process: Process,
    waiting: Vec<Waiting>,
    recording: Recording,
    /// The end of the quiet time after a crash (RFC 9293 §3.4.3).
    quiet_until: Instant,
}

impl Host {
    /// A host that was just switched on and runs `program`.
    #[must_use]
    pub fn new(id: HostId, settings: Settings, program: Program) -> Self {
        Self {
            id,
            settings: Rc::new(settings),
            is_up: true,
            sockets: BTreeMap::new(),
            next_socket: SocketId::FIRST,
            next_port: ports::FIRST_EPHEMERAL,
            process: Process::new(program),
            waiting: Vec::new(),
            recording: Recording::On,
            quiet_until: Instant::ZERO,
        }
    }

    /// From now on its events are not recorded: for bulk work that nobody will look at. What it does stays the same.
    pub const fn stop_recording(&mut self) {
        self.recording = Recording::Off;
    }

    /// It was restarted less than one MSL ago and keeps quiet: old segments may still be on their way.
    #[must_use]
    pub fn is_quiet(&self, now: Instant) -> bool {
        now < self.quiet_until
    }

    /// Which of the two.
    #[must_use]
    pub const fn id(&self) -> HostId {
        self.id
    }

    /// Its address.
    #[must_use]
    pub const fn addr(&self) -> Ipv4Addr {
        self.id.addr()
    }

    /// It has power.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        self.is_up
    }

    /// The settings of its stack.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The settings of its stack, to change them. They are read at every event, so a change affects open connections
    /// too.
    pub fn settings_mut(&mut self) -> &mut Settings {
        Rc::make_mut(&mut self.settings)
    }

    /// Its sockets in the order of their numbers, including those that no program holds any more.
    pub fn sockets(&self) -> impl DoubleEndedIterator<Item = &Socket> {
        self.sockets.values().map(|socket| &**socket)
    }

    /// About how many octets of memory its lists take. Their entries are shared with clones of the host.
    pub(crate) fn octets(&self) -> usize {
        let per_socket = 2 * size_of::<(SocketId, Rc<Socket>)>();
        self.sockets.len() * per_socket + self.waiting.len() * size_of::<Waiting>() + self.process.octets()
    }

    /// The socket numbered `id`.
    #[must_use]
    pub fn socket(&self, id: SocketId) -> Option<&Socket> {
        self.sockets.get(&id).map(|socket| &**socket)
    }

    fn socket_mut(&mut self, id: SocketId) -> Option<&mut Socket> {
        self.sockets.get_mut(&id).map(Rc::make_mut)
    }

    /// There is no room for another socket.
    fn is_full(&self) -> bool {
        self.sockets.len() >= MAX_SOCKETS
    }

    /// The program it runs, or will run after the next restart.
    #[must_use]
    pub const fn program(&self) -> Program {
        self.process.program()
    }

    /// The timer that expires first. Of two that expire together, that of the socket with the lower number.
    #[must_use]
    pub fn next_timer(&self) -> Option<(Instant, SocketId, TimerKind)> {
        let timers = self.sockets.values().filter_map(|socket| {
            let SocketState::Connected(tcb) = &socket.state else { return None };
            let (kind, at) = tcb.timers.next()?;
            Some((at, socket.id, kind))
        });
        timers.min_by_key(|&(at, socket, _)| (at, socket))
    }

    /// The power fails: the host loses everything it knew, and sends nothing (C53).
    pub fn crash(&mut self) {
        self.is_up = false;
        self.sockets.clear();
        // The port counter is lost too. So a restarted client uses the same port and meets its own half-open connection
        // (RFC 9293 §3.5.1, Figure 9). Socket numbers continue, so that records never confuse two sockets.
        self.next_port = ports::FIRST_EPHEMERAL;
        self.process.end();
        self.waiting.clear();
    }

    /// The power is back. The host knows nothing, and its program starts from the beginning.
    pub fn restart(&mut self, now: Instant) {
        self.is_up = true;
        if self.settings.config.quiet_time {
            self.quiet_until = now + self.settings.config.msl;
        }
        self.process.start();
    }

    /// Starts `program`. The old program ends, and its descriptors are closed, as when any process ends. Returns one
    /// outcome for each.
    pub fn run(&mut self, now: Instant, program: Program) -> Vec<Outcome> {
        let descriptors = self.process.descriptors();
        let open = descriptors.into_iter().filter(|id| self.socket(*id).is_some_and(Socket::is_open));
        let closes: Vec<_> = open.map(|socket| SocketCall::Close { socket }).collect();
        let outcomes = closes.into_iter().map(|call| self.call(now, call)).collect();
        self.process = Process::new(program);
        if !self.is_up {
            self.process.end();
        }
        outcomes
    }

    /// The program has a call to make that does not have to wait.
    #[must_use]
    pub fn program_is_ready(&self) -> bool {
        self.is_up && self.process.next_call(self).is_some()
    }

    /// Makes the next call of the program, if there is one.
    pub fn program_step(&mut self, now: Instant) -> Option<Outcome> {
        if !self.is_up {
            return None;
        }
        let call = self.process.next_call(self)?;
        let outcome = self.call(now, call.clone());
        if let Some(result) = &outcome.result {
            self.process.on_result(&call, result);
        }
        Some(outcome)
    }
}
