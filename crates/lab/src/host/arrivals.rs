//! Packets and time-outs: which socket they are for, and how a transition changes the table of sockets.

use std::rc::Rc;

use bytes::Bytes;

use super::socket::{Descriptor, Socket, SocketId, SocketState};
use super::{Errno, Host, Outcome};
use tcp::time::Instant;
use tcp::wire::{self, Arrived, Icmp, WireError};
use tcp::{
    Control, Effect, Endpoint, Event, Segment, SeqNumber, State, Tcb, TimerKind, Transition,
    answer_with_cookie, give_way, open_by_cookie, refuse_syn, signals, step,
};

impl Host {
    /// A packet arrives. A host that is down receives nothing: the caller must check [`Host::is_up`] first.
    pub fn receive(&mut self, now: Instant, packet: Bytes) -> Outcome {
        let mut out = Outcome::default();
        if self.is_quiet(now) {
            out.discarded = Some(WireError::QuietTime);
            return out;
        }
        match wire::receive(packet) {
            Ok(Arrived::Segment(segment)) if self.is_for_us(&segment) => {
                self.on_segment(now, segment, &mut out);
            }
            Ok(Arrived::Segment(_)) => out.discarded = Some(WireError::Misaddressed),
            Ok(Arrived::Icmp(icmp)) => self.on_icmp(now, &icmp, &mut out),
            Err(error) => out.discarded = Some(error),
        }
        out
    }

    /// A report is only for the connection whose segment it quotes (RFC 9293 §3.9.2.2, MUST-54).
    fn on_icmp(&mut self, now: Instant, icmp: &Icmp, out: &mut Outcome) {
        match self.find_connection(icmp.local, icmp.remote) {
            Some(id) if icmp.destination == self.addr() => {
                self.step(id, now, Event::IcmpArrives(icmp.report), out);
            }
            _ => out.discarded = Some(WireError::Misaddressed),
        }
    }

    /// A timer expires.
    pub fn fire(&mut self, now: Instant, socket: SocketId, kind: TimerKind) -> Outcome {
        let mut out = Outcome::default();
        if self.sockets.contains_key(&socket) {
            self.step(socket, now, Event::Timeout(kind), &mut out);
        }
        out
    }

    /// The segment was sent to this host, from a unicast address (RFC 9293 §3.9.2.3, MUST-57, MUST-63).
    fn is_for_us(&self, segment: &Segment) -> bool {
        let source = segment.source.addr;
        let is_unicast = !(source.is_unspecified() || source.is_broadcast() || source.is_multicast());
        segment.destination.addr == self.addr() && is_unicast
    }

    /// The segment goes to the connection with exactly these two ends, or else to the listener on the port, or else to
    /// no socket.
    fn on_segment(&mut self, now: Instant, segment: Segment, out: &mut Outcome) {
        let (local, remote) = (segment.destination, segment.source);
        let connection = self.find_connection(local, remote);
        if let Some(old) = connection
            && segment.has(Control::SYN)
            && let Some(listener) = self.find_listener(local.port)
            && let Some(last_used) = self.give_way(old, now, &segment, out)
        {
            self.on_segment_at_listener(listener, Some(last_used), now, segment, out);
        } else if let Some(id) = connection {
            self.step(id, now, Event::SegmentArrives(segment), out);
        } else if let Some(id) = self.find_listener(local.port) {
            self.on_segment_at_listener(id, None, now, segment, out);
        } else {
            // No socket: a made-up TCB in CLOSED drops the data and answers (RFC 9293 §3.10.7.1).
            let nobody = Rc::new(Tcb::closed(local, remote, &self.settings.config));
            let transition = Rc::new(step(&nobody, &self.settings, now, Event::SegmentArrives(segment)));
            out.push(None, &transition);
        }
    }

    /// Ends `old` if it is in TIME-WAIT and `segment` may open a new connection in its place. Returns the last number
    /// that `old` used.
    fn give_way(
        &mut self,
        old: SocketId,
        now: Instant,
        segment: &Segment,
        out: &mut Outcome,
    ) -> Option<SeqNumber> {
        let tcb = self.sockets.get(&old)?.tcb()?;
        let last_used = tcb.snd.nxt;
        let transition = Rc::new(give_way(tcb, &self.settings, now, segment)?);
        out.push(Some(old), &transition);
        self.absorb(old, &transition.after, &transition.effects);
        Some(last_used)
    }

    /// A SYN creates a child socket. It starts with a copy of the listener's TCB, so its first state is LISTEN.
    fn on_segment_at_listener(
        &mut self,
        id: SocketId,
        last_used: Option<SeqNumber>,
        now: Instant,
        segment: Segment,
        out: &mut Outcome,
    ) {
        let Some(Socket { state: SocketState::Listening { tcb, backlog, ready }, .. }) = self.socket(id)
        else {
            return;
        };
        let (tcb, backlog, ready) = (Rc::clone(tcb), *backlog, ready.len() as u32);
        let opens = segment.has(Control::SYN) && !segment.control.intersects(Control::ACK | Control::RST);
        if (opens || self.settings.config.syn_cookies) && self.is_full() {
            out.discarded = Some(WireError::NoSocketLeft);
            return;
        }
        let waiting = self.sockets.values().filter(|s| s.parent == Some(id) && s.is_queued()).count() as u32;
        if opens && waiting >= backlog {
            // A cookie is only sent if the accept queue has room for the connection.
            let uses_cookies = self.settings.config.syn_cookies && ready < backlog;
            let answer = if uses_cookies { answer_with_cookie } else { refuse_syn };
            let transition = answer(&tcb, &self.settings, now, segment, waiting, backlog);
            out.push(Some(id), &Rc::new(transition));
            return;
        }
        if self.settings.config.syn_cookies
            && let Some(transition) =
                open_by_cookie(&tcb, &self.settings_of(id), now, &segment, ready, backlog)
        {
            let transition = Rc::new(transition);
            if transition.to() == State::Listen {
                out.push(Some(id), &transition);
            } else {
                self.open_child(id, &transition, out);
            }
            return;
        }
        let tcb = if last_used.is_some() { Rc::new(Tcb { last_used, ..(*tcb).clone() }) } else { tcb };
        let transition = Rc::new(step(&tcb, &self.settings_of(id), now, Event::SegmentArrives(segment)));
        if transition.to() == State::Listen {
            out.push(Some(id), &transition);
            return;
        }
        self.open_child(id, &transition, out);
    }

    /// A child socket for a transition that turned a copy of the listener's TCB into a connection.
    fn open_child(&mut self, listener: SocketId, transition: &Rc<Transition>, out: &mut Outcome) {
        let child = self.adopt_child(listener, transition.after.local);
        out.push(Some(child), transition);
        self.absorb(child, &transition.after, &transition.effects);
    }

    /// Adds a socket for a connection of `listener`: in its backlog, and with its options.
    fn adopt_child(&mut self, listener: SocketId, local: Endpoint) -> SocketId {
        let id = self.take_socket_id();
        let options = self.sockets.get(&listener).map(|parent| parent.options.clone()).unwrap_or_default();
        let child = Socket::new(id, Descriptor::Queued, options);
        self.sockets.insert(id, Rc::new(Socket { local, parent: Some(listener), ..child }));
        id
    }

    /// Stores what an event left: the new TCB, an error to report, a place in the accept queue.
    pub(super) fn absorb(&mut self, id: SocketId, after: &Rc<Tcb>, effects: &[Effect]) {
        let Some(socket) = self.socket_mut(id) else { return };
        match after.state {
            State::Closed => self.absorb_end(id, after, effects),
            State::Listen => match &mut socket.state {
                SocketState::Listening { tcb, .. } => *tcb = Rc::clone(after),
                // An RST before the connection was open: it returns to LISTEN (RFC 9293 §3.5.3), where the listener
                // already is, so the child is not needed.
                SocketState::Connected(_) => self.forget(id),
                // listen() was called, and will set the backlog.
                state @ (SocketState::Fresh | SocketState::Over(_)) => {
                    *state = SocketState::Listening { tcb: Rc::clone(after), backlog: 1, ready: Vec::new() };
                }
            },
            State::SynSent
            | State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => {
                let opened = socket.is_queued() && after.state.is_synchronized();
                let parent = socket.parent;
                socket.local = after.local;
                socket.state = SocketState::Connected(Rc::clone(after));
                if opened && let Some(parent) = parent {
                    self.make_ready(parent, id);
                }
            }
        }
    }

    /// The TCB is deleted. A socket that no program holds is removed with it.
    fn absorb_end(&mut self, id: SocketId, after: &Rc<Tcb>, effects: &[Effect]) {
        let Some(socket) = self.socket_mut(id) else { return };
        // A call on a socket without a connection, whose TCB was made up.
        if socket.state == SocketState::Fresh {
            return;
        }
        let over = SocketState::Over(Rc::clone(after));
        match socket.descriptor {
            Descriptor::Open => {
                socket.state = over;
                let error = signals(effects).find_map(Errno::of_end);
                socket.error = error.or(socket.error);
            }
            Descriptor::Closed => self.forget(id),
            // In the accept queue it stays until accept() has reported it. A half-open one is removed silently.
            Descriptor::Queued => {
                socket.state = over;
                if !self.is_ready(id) {
                    self.forget(id);
                }
            }
        }
    }

    fn is_ready(&self, child: SocketId) -> bool {
        let listener = self.sockets.get(&child).and_then(|socket| self.sockets.get(&socket.parent?));
        match listener.map(|listener| &listener.state) {
            Some(SocketState::Listening { ready, .. }) => ready.contains(&child),
            _ => false,
        }
    }

    fn make_ready(&mut self, listener: SocketId, child: SocketId) {
        if let Some(Socket { state: SocketState::Listening { ready, .. }, .. }) = self.socket_mut(listener)
            && !ready.contains(&child)
        {
            ready.push(child);
        }
    }

    fn forget(&mut self, id: SocketId) {
        self.sockets.remove(&id);
    }
}
