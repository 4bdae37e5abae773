//! The model: two hosts, two applications, a wire, and everything that can happen next.
//!
//! Time stands still, so that moments that differ only by the clock are one. A timer expires when nothing is on the
//! wire, for it waits longer than any packet takes; 2 MSL outlast every other timer.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use tcp_state_lab::host::{
    CallResult, Errno, Host, HostId, How, Outcome, Program, SocketCall, SocketId, SocketState, Value,
};
use tcp_state_lab::tcp::{Endpoint, Rule, Settings, State, TimerKind};
use tcp_state_lab::time::Instant;

use crate::invariants::Ledger;

const NOW: Instant = Instant::ZERO;
/// The port of each end, client first.
const PORTS: [u16; 2] = [40_001, 80];
/// What each end says.
const TEXTS: [&[u8]; 2] = [b"ab", b"c"];

/// Who opens.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Opening {
    /// The server listens, the client connects.
    Passive,
    /// Both connect.
    Simultaneous,
}

/// How much may still go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Budget {
    /// Packets that may be lost.
    pub(crate) losses: u8,
    /// Packets that may be doubled. The copy comes last of all that is on its way.
    pub(crate) copies: u8,
    /// Packets that may overtake one before them.
    pub(crate) overtakings: u8,
    /// Retransmission timers that may expire although something is still on the wire.
    pub(crate) early: u8,
}

/// One moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Moment {
    hosts: [Host; 2],
    apps: [App; 2],
    /// By sender, the oldest first. Which of two directions is the older does not matter.
    wire: [Vec<Bytes>; 2],
    /// What each connection that still lives has said, by its socket.
    ledgers: [BTreeMap<SocketId, Ledger>; 2],
    budget: Budget,
}

/// An application: it says its text, says that it has no more, reads to the end and closes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct App {
    listener: Option<SocketId>,
    socket: Option<SocketId>,
    has_spoken: bool,
    has_finished: bool,
    has_closed: bool,
    was_reset: bool,
    heard: Vec<u8>,
    at_end: bool,
}

/// One thing that can happen. Packets are named by their sender and their place in its direction.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    Deliver(HostId, usize),
    Lose(HostId, usize),
    Copy(HostId, usize),
    Speak(HostId),
    Finish(HostId),
    Expire(HostId, SocketId, TimerKind),
}

impl Moment {
    /// The first moment, and the rules that fired on the way to it.
    pub(crate) fn new(opening: Opening, budget: Budget) -> (Self, BTreeSet<Rule>) {
        let host = |id| Host::new(id, Settings::default(), Program::None);
        let mut moment = Self {
            hosts: HostId::ALL.map(host),
            apps: Default::default(),
            wire: Default::default(),
            ledgers: Default::default(),
            budget,
        };
        let mut rules = Vec::new();
        match opening {
            Opening::Passive => {
                let socket = moment.bound_socket(HostId::Server, &mut rules);
                let listens = SocketCall::Listen { socket, backlog: 5 };
                assert_eq!(moment.call(HostId::Server, listens, &mut rules), Ok(Value::Zero));
                moment.apps[HostId::Server.index()].listener = Some(socket);
                moment.connect(HostId::Client, &mut rules);
            }
            Opening::Simultaneous => {
                for host in HostId::ALL {
                    moment.connect(host, &mut rules);
                }
            }
        }
        (moment, rules.into_iter().collect())
    }

    fn bound_socket(&mut self, host: HostId, rules: &mut Vec<Rule>) -> SocketId {
        let Ok(Value::Descriptor(socket)) = self.call(host, SocketCall::Socket, rules) else {
            panic!("no socket")
        };
        let port = PORTS[host.index()];
        assert_eq!(self.call(host, SocketCall::Bind { socket, port }, rules), Ok(Value::Zero));
        socket
    }

    fn connect(&mut self, host: HostId, rules: &mut Vec<Rule>) {
        let socket = self.bound_socket(host, rules);
        let to = Endpoint::new(host.other().addr(), PORTS[host.other().index()]);
        let opens = SocketCall::Connect { socket, to };
        assert_eq!(self.call(host, opens, rules), Err(Errno::EINPROGRESS));
        self.apps[host.index()].socket = Some(socket);
    }

    /// Everything that can happen now.
    pub(crate) fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        for from in HostId::ALL {
            for place in 0..self.wire[from.index()].len() {
                if place == 0 || self.budget.overtakings > 0 {
                    actions.push(Action::Deliver(from, place));
                }
                if self.budget.losses > 0 {
                    actions.push(Action::Lose(from, place));
                }
                if self.budget.copies > 0 {
                    actions.push(Action::Copy(from, place));
                }
            }
        }
        for host in HostId::ALL {
            let app = &self.apps[host.index()];
            // CLOSE in SYN-SENT deletes the TCB and sends nothing: the other end may never know that there was one.
            let is_asking = self.states()[host.index()] == State::SynSent;
            if app.socket.is_none() || app.was_reset || app.has_finished {
                continue;
            }
            if !app.has_spoken {
                actions.push(Action::Speak(host));
            } else if !is_asking {
                actions.push(Action::Finish(host));
            }
        }
        self.add_timers(&mut actions);
        actions
    }

    fn add_timers(&self, actions: &mut Vec<Action>) {
        let armed: Vec<_> = self
            .hosts
            .iter()
            .flat_map(|host| host.sockets().map(move |socket| (host.id(), socket)))
            .filter_map(|(host, socket)| match &socket.state {
                SocketState::Connected(tcb) => Some((host, socket.id, tcb)),
                _ => None,
            })
            .flat_map(|(host, socket, tcb)| tcb.timers.armed().map(move |(kind, _)| (host, socket, kind)))
            .collect();
        let is_waiting_over = armed.iter().all(|(.., kind)| *kind == TimerKind::TimeWait);
        for (host, socket, kind) in armed {
            let is_due = self.is_quiet() && (kind != TimerKind::TimeWait || is_waiting_over);
            let is_early = self.budget.early > 0 && kind == TimerKind::Retransmission;
            if is_due || is_early {
                actions.push(Action::Expire(host, socket, kind));
            }
        }
    }

    /// The moment after `action`, and the rules that fired.
    pub(crate) fn after(&self, action: Action) -> (Self, Vec<Rule>) {
        let mut next = self.clone();
        let mut rules = Vec::new();
        let touched = match action {
            Action::Deliver(from, place) => {
                if place > 0 {
                    next.budget.overtakings -= 1;
                }
                let packet = next.wire[from.index()].remove(place);
                let outcome = next.hosts[from.other().index()].receive(NOW, packet);
                next.note(from.other(), &outcome, &mut rules);
                Some(from.other())
            }
            Action::Lose(from, place) => {
                next.wire[from.index()].remove(place);
                next.budget.losses -= 1;
                None
            }
            Action::Copy(from, place) => {
                let packet = next.wire[from.index()][place].clone();
                next.wire[from.index()].push(packet);
                next.budget.copies -= 1;
                None
            }
            Action::Speak(host) => {
                next.speak(host, &mut rules);
                Some(host)
            }
            Action::Finish(host) => {
                next.finish(host, &mut rules);
                Some(host)
            }
            Action::Expire(host, socket, kind) => {
                if !next.is_quiet() {
                    next.budget.early -= 1;
                }
                let outcome = next.hosts[host.index()].fire(NOW, socket, kind);
                next.note(host, &outcome, &mut rules);
                Some(host)
            }
        };
        if let Some(host) = touched {
            next.run_app(host, &mut rules);
        }
        (next, rules)
    }

    fn speak(&mut self, host: HostId, rules: &mut Vec<Rule>) {
        let text = TEXTS[host.index()];
        let Some(socket) = self.apps[host.index()].socket else { return };
        self.apps[host.index()].has_spoken = true;
        match self.call(host, SocketCall::Send { socket, data: Bytes::from_static(text) }, rules) {
            Ok(sent) => assert_eq!(sent, Value::Count(text.len() as u32)),
            Err(_) => self.apps[host.index()].was_reset = true,
        }
    }

    fn finish(&mut self, host: HostId, rules: &mut Vec<Rule>) {
        let Some(socket) = self.apps[host.index()].socket else { return };
        self.apps[host.index()].has_finished = true;
        if self.call(host, SocketCall::Shutdown { socket, how: How::Write }, rules).is_err() {
            self.apps[host.index()].was_reset = true;
        }
    }

    /// What an application does at once: it accepts, reads, and closes when both directions are done.
    fn run_app(&mut self, host: HostId, rules: &mut Vec<Rule>) {
        let at = host.index();
        if let (Some(listener), None) = (self.apps[at].listener, self.apps[at].socket)
            && !self.apps[at].has_closed
            && let Ok(Value::Descriptor(socket)) =
                self.call(host, SocketCall::Accept { socket: listener }, rules)
        {
            self.apps[at].socket = Some(socket);
        }
        let Some(socket) = self.apps[at].socket else { return };
        while self.can_read(host, socket) {
            match self.call(host, SocketCall::Recv { socket, max_bytes: 100 }, rules) {
                Ok(Value::Data(data)) if data.is_empty() => {
                    self.apps[at].at_end = true;
                    break;
                }
                Ok(Value::Data(data)) => self.apps[at].heard.extend_from_slice(&data),
                Err(Errno::EAGAIN) => break,
                _ => {
                    self.apps[at].was_reset = true;
                    break;
                }
            }
        }
        let app = &self.apps[at];
        if app.was_reset || (app.at_end && app.has_finished) {
            assert_eq!(self.call(host, SocketCall::Close { socket }, rules), Ok(Value::Zero));
            self.apps[at].socket = None;
            self.apps[at].has_closed = true;
        }
    }

    /// recv() has something to say.
    fn can_read(&self, host: HostId, socket: SocketId) -> bool {
        match self.hosts[host.index()].socket(socket).map(|socket| &socket.state) {
            Some(SocketState::Connected(tcb)) => {
                tcb.readable_bytes() > 0 || (tcb.state.is_synchronized() && !tcb.state.may_receive())
            }
            _ => true,
        }
    }

    fn call(&mut self, host: HostId, call: SocketCall, rules: &mut Vec<Rule>) -> CallResult {
        let outcome = self.hosts[host.index()].call(NOW, call);
        self.note(host, &outcome, rules);
        outcome.result.expect("a call returns")
    }

    fn note(&mut self, host: HostId, outcome: &Outcome, rules: &mut Vec<Rule>) {
        for taken in &outcome.transitions {
            let settings = self.hosts[host.index()].settings();
            match taken.socket {
                Some(socket) => {
                    let ledger = self.ledgers[host.index()].entry(socket).or_default();
                    ledger.check(&taken.transition, settings);
                    if !ledger.is_open() {
                        self.ledgers[host.index()].remove(&socket);
                    }
                }
                None => crate::invariants::check(&taken.transition, settings),
            }
            rules.extend(taken.transition.fired.iter().map(|fired| fired.rule));
            if taken.transition.fired.iter().any(|fired| fired.rule == Rule::ListenRcvSyn) {
                // The clock stands still, but the next connection must begin with another number all the same.
                self.hosts[host.index()].settings_mut().config.isn_secret += 1;
            }
        }
        self.wire[host.index()].extend(outcome.packets());
    }

    /// Nothing is on its way.
    fn is_quiet(&self) -> bool {
        self.wire.iter().all(Vec::is_empty)
    }

    /// The states of the two ends: of the connection if there is one, else of the listener.
    pub(crate) fn states(&self) -> [State; 2] {
        self.hosts.each_ref().map(|host| {
            let connection = host.sockets().find(|socket| !socket.is_listening());
            let socket = connection.or_else(|| host.sockets().next());
            socket.map_or(State::Closed, |socket| socket.tcp_state())
        })
    }

    /// The sockets, the applications and the wire, for the report of a fault.
    pub(crate) fn describe(&self) -> String {
        let sockets =
            self.hosts.iter().flat_map(|host| host.sockets().map(|socket| (host.id(), &socket.state)));
        format!("{:#?}\n{:#?}\n{:?}", sockets.collect::<Vec<_>>(), self.apps, self.wire)
    }

    /// What each heard is the beginning of what the other says.
    pub(crate) fn heard_prefixes(&self) -> bool {
        self.said_and_heard().all(|(said, heard)| said.starts_with(heard))
    }

    /// Both have heard everything.
    pub(crate) fn heard_all(&self) -> bool {
        self.said_and_heard().all(|(said, heard)| said == heard)
    }

    fn said_and_heard(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let said = TEXTS.into_iter().rev();
        said.zip(self.apps.iter().map(|app| app.heard.as_slice()))
    }

    /// One of the applications learnt that its connection was broken off.
    pub(crate) fn was_reset(&self) -> bool {
        self.apps.iter().any(|app| app.was_reset)
    }

    /// Both applications have closed, and of the connection nothing is left on either host.
    pub(crate) fn is_over(&self) -> bool {
        let nothing_left = self.hosts.iter().all(|host| host.sockets().all(|socket| socket.is_listening()));
        nothing_left && self.apps.iter().all(|app| app.has_closed)
    }
}
