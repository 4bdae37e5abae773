//! The socket calls: what each does to the table of sockets, and which calls of RFC 9293 §3.10 it makes.

use std::rc::Rc;

use super::errno::result_of;
use super::socket::{Descriptor, Socket, SocketId, SocketState};
use super::socket_call::{CallResult, How, SocketCall, Value};
use super::socket_options::{SocketOption, SocketOptions};
use super::{Errno, Host, Outcome, Recording};
use tcp::time::Instant;
use tcp::{Call, Endpoint, Event, Reply, Settings, State, Tcb, advance, reply, step};

/// How many descriptors a process may have.
const MAX_DESCRIPTORS: usize = 1_024;
/// The longest backlog (SOMAXCONN of Linux).
const MAX_BACKLOG: u32 = 4_096;

impl Host {
    /// Makes a socket call. A call that fails has an errno as its result.
    pub fn call(&mut self, now: Instant, call: SocketCall) -> Outcome {
        let mut outcome = Outcome::default();
        if !self.is_up {
            return Outcome { call: Some(call), result: Some(Err(Errno::EHOSTDOWN)), ..outcome };
        }
        let linger = call.socket().and_then(|id| self.socket(id)?.options.linger);
        let mut result = self.dispatch(now, &call, &mut outcome);
        if let Some(patience) = self.patience(&call, &result, linger) {
            result = self.wait(now, &call, patience);
        }
        Outcome { call: Some(call), result: Some(result), ..outcome }
    }

    pub(super) fn dispatch(&mut self, now: Instant, call: &SocketCall, out: &mut Outcome) -> CallResult {
        let Some(id) = call.socket() else { return self.on_socket() };
        self.open_socket(id)?;
        if matches!(call, SocketCall::Recv { .. } | SocketCall::Accept { .. }) && self.call_waits_on(id) {
            return Err(Errno::EALREADY);
        }
        match call {
            SocketCall::Socket => self.on_socket(),
            SocketCall::Bind { port, .. } => self.on_bind(id, *port),
            SocketCall::Listen { backlog, .. } => self.on_listen(id, *backlog, now, out),
            SocketCall::Accept { .. } => self.on_accept(id),
            SocketCall::Connect { to, .. } => self.on_connect(id, *to, call, now, out),
            SocketCall::Send { .. } | SocketCall::Recv { .. } => self.on_transfer(id, call, now, out),
            SocketCall::Shutdown { how, .. } => self.on_shutdown(id, *how, call, now, out),
            SocketCall::Close { .. } => self.on_close(id, now, out),
            SocketCall::SetOption { option, .. } => self.on_set_option(id, *option, now, out),
        }
    }

    /// The socket that a program may use: not one that is still queued or already closed.
    fn open_socket(&mut self, id: SocketId) -> Result<&mut Socket, Errno> {
        self.socket_mut(id).filter(|socket| socket.is_open()).ok_or(Errno::EBADF)
    }

    fn on_socket(&mut self) -> CallResult {
        self.check_descriptors()?;
        if self.is_full() {
            return Err(Errno::ENOBUFS);
        }
        let id = self.take_socket_id();
        let socket = Socket::new(id, Descriptor::Open, SocketOptions::default());
        self.sockets.insert(id, Rc::new(socket));
        Ok(Value::Descriptor(id))
    }

    /// Every descriptor counts, those that accept() returns too.
    pub(super) fn check_descriptors(&self) -> Result<(), Errno> {
        let open = self.sockets.values().filter(|socket| socket.is_open()).count();
        if open < MAX_DESCRIPTORS { Ok(()) } else { Err(Errno::EMFILE) }
    }

    pub(super) fn take_socket_id(&mut self) -> SocketId {
        let id = self.next_socket;
        self.next_socket = SocketId(id.0 + 1);
        id
    }

    fn on_bind(&mut self, id: SocketId, port: u16) -> CallResult {
        let socket = self.open_socket(id)?;
        if socket.state != SocketState::Fresh || socket.local.port != 0 {
            return Err(Errno::EINVAL);
        }
        let reuse_addr = socket.options.reuse_addr;
        let port = if port == 0 {
            self.free_port().ok_or(Errno::EADDRNOTAVAIL)?
        } else if self.port_is_taken(port, id, reuse_addr) {
            return Err(Errno::EADDRINUSE);
        } else {
            port
        };
        self.open_socket(id)?.local.port = port;
        Ok(Value::Zero)
    }

    fn on_listen(&mut self, id: SocketId, backlog: u32, now: Instant, out: &mut Outcome) -> CallResult {
        let wanted = backlog.clamp(1, MAX_BACKLOG);
        let socket = self.open_socket(id)?;
        match &mut socket.state {
            SocketState::Fresh => {}
            // A second listen() changes the length of the queue.
            SocketState::Listening { backlog, .. } => {
                *backlog = wanted;
                return Ok(Value::Zero);
            }
            SocketState::Connected(_) | SocketState::Over(_) => return Err(Errno::EINVAL),
        }
        let bound = socket.local.port;
        let port = if bound == 0 { self.free_port().ok_or(Errno::EADDRNOTAVAIL)? } else { bound };
        // With SO_REUSEADDR two sockets may have bound the port, but only one of them can listen (MUST-41).
        if self.has_other_listener(port, id) {
            return Err(Errno::EADDRINUSE);
        }
        self.open_socket(id)?.local.port = port;
        self.step(id, now, Event::Call(Call::OpenPassive), out);
        if let SocketState::Listening { backlog, .. } = &mut self.open_socket(id)?.state {
            *backlog = wanted;
        }
        Ok(Value::Zero)
    }

    fn on_accept(&mut self, id: SocketId) -> CallResult {
        match &self.open_socket(id)?.state {
            SocketState::Listening { ready, .. } if ready.is_empty() => return Err(Errno::EAGAIN),
            SocketState::Listening { .. } => self.check_descriptors()?,
            _ => return Err(Errno::EINVAL),
        }
        let SocketState::Listening { ready, .. } = &mut self.open_socket(id)?.state else {
            return Err(Errno::EINVAL);
        };
        let child = ready.remove(0);
        // A connection that was reset while it waited is reported once and removed (POSIX accept()).
        if !matches!(self.socket(child), Some(Socket { state: SocketState::Connected(_), .. })) {
            self.sockets.remove(&child);
            return Err(Errno::ECONNABORTED);
        }
        if let Some(socket) = self.socket_mut(child) {
            socket.descriptor = Descriptor::Open;
        }
        Ok(Value::Descriptor(child))
    }

    fn on_connect(
        &mut self,
        id: SocketId,
        to: Endpoint,
        call: &SocketCall,
        now: Instant,
        out: &mut Outcome,
    ) -> CallResult {
        let socket = self.open_socket(id)?;
        if let Some(error) = socket.error.take() {
            return Err(error);
        }
        let socket = socket.clone();
        if self.is_quiet(now) {
            // No initial sequence number may be chosen yet (RFC 9293 §3.4.3).
            return Err(Errno::EAGAIN);
        }
        match &socket.state {
            // A listener turns active, as in RFC 9293 §3.10.1, and resets the connections in its backlog.
            // Deviation: POSIX answers EOPNOTSUPP, but then nobody could see this edge of Figure 5.
            SocketState::Fresh | SocketState::Listening { .. } => {}
            SocketState::Connected(_) => {
                let call_of_tcp = Call::OpenActive { local: socket.local, remote: to };
                return self.step_for(call, id, now, call_of_tcp, out);
            }
            // A socket has only one connection in its life.
            SocketState::Over(_) => return Err(Errno::EINVAL),
        }
        // The only route leads to the other host. There is none for broadcast and multicast (MUST-46).
        if to.addr != self.id.other().addr() {
            return Err(Errno::ENETUNREACH);
        }
        if to.port == 0 {
            return Err(Errno::EADDRNOTAVAIL);
        }
        let local = self.local_end(&socket, to)?;
        let result = self.step_for(call, id, now, Call::OpenActive { local, remote: to }, out);
        if socket.is_listening() {
            self.abort_queued(id, now, out);
        }
        result
    }

    /// send() and recv().
    fn on_transfer(
        &mut self,
        id: SocketId,
        call: &SocketCall,
        now: Instant,
        out: &mut Outcome,
    ) -> CallResult {
        let socket = self.open_socket(id)?;
        // SO_ERROR: the reason why the connection ended is reported once. After that the socket looks closed.
        if let Some(error) = socket.error.take() {
            return Err(error);
        }
        let call_of_tcp = match call {
            SocketCall::Send { data, .. } => Call::Send { data: data.clone(), remote: None },
            SocketCall::Recv { max_bytes, .. } => Call::Receive { max_bytes: *max_bytes },
            _ => return Err(Errno::EOPNOTSUPP),
        };
        // In the RFC a RECEIVE on a listening end waits for the connection. A BSD listener never has data.
        if socket.is_listening() {
            return Err(Errno::ENOTCONN);
        }
        self.step_for(call, id, now, call_of_tcp, out)
    }

    fn on_shutdown(
        &mut self,
        id: SocketId,
        how: How,
        call: &SocketCall,
        now: Instant,
        out: &mut Outcome,
    ) -> CallResult {
        if !matches!(self.open_socket(id)?.state, SocketState::Connected(_)) {
            return Err(Errno::ENOTCONN);
        }
        let calls: &[Call] = match how {
            How::Read => &[Call::ShutdownRead],
            How::Write => &[Call::Shutdown],
            How::Both => &[Call::ShutdownRead, Call::Shutdown],
        };
        let mut result = Ok(Value::Zero);
        for call_of_tcp in calls {
            result = self.step_for(call, id, now, call_of_tcp.clone(), out);
        }
        result
    }

    /// setsockopt(). On an open connection an option takes effect at once.
    fn on_set_option(
        &mut self,
        id: SocketId,
        option: SocketOption,
        now: Instant,
        out: &mut Outcome,
    ) -> CallResult {
        let socket = self.open_socket(id)?;
        let is_connected = matches!(socket.state, SocketState::Connected(_));
        if socket.options.set(option) && is_connected {
            self.step(id, now, Event::Call(Call::Configure), out);
        }
        Ok(Value::Zero)
    }

    /// close() always succeeds. With SO_LINGER and a time of zero it aborts (C57).
    fn on_close(&mut self, id: SocketId, now: Instant, out: &mut Outcome) -> CallResult {
        let socket = self.open_socket(id)?;
        socket.descriptor = Descriptor::Closed;
        let was_listening = socket.is_listening();
        let call_of_tcp = if socket.options.linger == Some(0) { Call::Abort } else { Call::Close };
        match socket.state {
            SocketState::Fresh | SocketState::Over(_) => {
                self.sockets.remove(&id);
            }
            SocketState::Listening { .. } | SocketState::Connected(_) => {
                self.step(id, now, Event::Call(call_of_tcp), out);
            }
        }
        if was_listening {
            self.abort_queued(id, now, out);
        }
        Ok(Value::Zero)
    }

    /// Resets the connections in the backlog of `listener`, because nobody will accept them.
    fn abort_queued(&mut self, listener: SocketId, now: Instant, out: &mut Outcome) {
        let queued = self.sockets.values().filter(|s| s.parent == Some(listener) && s.is_queued());
        let queued: Vec<_> = queued.map(|socket| socket.id).collect();
        for child in queued {
            let Some(socket) = self.socket_mut(child) else { continue };
            socket.descriptor = Descriptor::Closed;
            if let SocketState::Connected(_) = socket.state {
                self.step(child, now, Event::Call(Call::Abort), out);
            } else {
                self.sockets.remove(&child);
            }
        }
    }

    /// Makes a call of TCP and turns its reply into the result of the socket call.
    fn step_for(
        &mut self,
        call: &SocketCall,
        id: SocketId,
        now: Instant,
        call_of_tcp: Call,
        out: &mut Outcome,
    ) -> CallResult {
        let over = matches!(self.open_socket(id)?.state, SocketState::Over(_));
        let (from, reply) = self.step(id, now, Event::Call(call_of_tcp), out);
        result_of(call, from, over, reply.as_ref())
    }

    /// The settings for the connection of socket `id`: those of the host, with the options set by setsockopt().
    pub(super) fn settings_of(&self, id: SocketId) -> Rc<Settings> {
        let mut settings = Rc::clone(&self.settings);
        if let Some(socket) = self.sockets.get(&id)
            && !socket.options.follow_the_host()
        {
            socket.options.apply_to(&mut Rc::make_mut(&mut settings).config);
        }
        settings
    }

    /// Runs one event through the TCB of socket `id`, or through a made-up one in CLOSED if it has none, and keeps what
    /// comes out. Returns the state before and the reply to a call.
    pub(super) fn step(
        &mut self,
        id: SocketId,
        now: Instant,
        event: Event,
        out: &mut Outcome,
    ) -> (State, Option<Reply>) {
        let settings = self.settings_of(id);
        let recording = self.recording;
        let mut made_up = None;
        let tcb = match self.socket_mut(id).map(|socket| &mut socket.state) {
            Some(SocketState::Connected(tcb)) => tcb,
            _ => made_up.insert(self.tcb_of(id)),
        };
        let from = tcb.state;
        if recording == Recording::Off {
            let effects = advance(tcb, &settings, now, event);
            let after = Rc::clone(tcb);
            self.absorb(id, &after, &effects);
            let reply = reply(&effects).cloned();
            out.unrecorded.extend(effects);
            return (from, reply);
        }
        let transition = Rc::new(step(tcb, &settings, now, event));
        self.absorb(id, &transition.after, &transition.effects);
        out.push(Some(id), &transition);
        (from, transition.reply().cloned())
    }

    fn tcb_of(&self, id: SocketId) -> Rc<Tcb> {
        let socket = self.socket(id);
        socket.and_then(Socket::tcb).cloned().unwrap_or_else(|| {
            let local = socket.map_or(Endpoint::UNSPECIFIED, |socket| socket.local);
            Rc::new(Tcb::closed(local, Endpoint::UNSPECIFIED, &self.settings.config))
        })
    }
}
