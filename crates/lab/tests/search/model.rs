//! The model that is searched: two hosts, two applications, a wire, and everything that can happen next.
//!
//! The clock stands still, so that moments that differ only in time are the same. A timer expires only when nothing is
//! on the wire, since timers wait longer than any packet takes. 2 MSL expire last.

use std::collections::BTreeSet;

use bytes::Bytes;
use lab::host::{
    CallResult, Errno, Host, HostId, How, Outcome, Program, SocketCall, SocketId, SocketState, Value,
};
use std::collections::BTreeMap;
use tcp::time::Instant;
use tcp::{Endpoint, Rule, Settings, State, TimerKind};

use crate::part::Part;
use invariants::Ledger;

const NOW: Instant = Instant::ZERO;
/// The port of each end, client first.
const PORTS: [u16; 2] = [40_001, 80];
/// The data that each end sends.
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
    /// Packets that may be duplicated. The copy arrives after all other packets on the wire.
    pub(crate) copies: u8,
    /// Packets that may arrive before one that was sent earlier.
    pub(crate) overtakings: u8,
    /// Retransmission timers that may expire although something is still on the wire.
    pub(crate) early: u8,
}

/// One moment. An event changes one or two parts of it; the others are shared with the moment before.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Moment {
    sides: [Part<Side>; 2],
    /// The packets on the wire by sender, the oldest first. The order between the two directions does not matter.
    wire: [Part<Vec<Bytes>>; 2],
    budget: Budget,
}

/// One end of the wire.
#[derive(Clone, Debug, Hash)]
struct Side {
    host: Host,
    app: App,
    /// What each existing connection has sent, by its socket.
    ledgers: BTreeMap<SocketId, Ledger>,
}

/// An application: it sends its text, shuts down its direction, reads to the end and closes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct App {
    listener: Option<SocketId>,
    socket: Option<SocketId>,
    has_spoken: bool,
    has_finished: bool,
    has_closed: bool,
    was_reset: bool,
    received: Vec<u8>,
    at_end: bool,
}

/// One thing that can happen. A packet is named by its sender and its index in that direction.
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
        let side = |id| {
            let host = Host::new(id, Settings::default(), Program::None);
            Part::new(Side { host, app: App::default(), ledgers: BTreeMap::new() })
        };
        let mut moment = Self { sides: HostId::ALL.map(side), wire: Default::default(), budget };
        let mut rules = Vec::new();
        match opening {
            Opening::Passive => {
                let socket = moment.bound_socket(HostId::Server, &mut rules);
                let listens = SocketCall::Listen { socket, backlog: 5 };
                assert_eq!(moment.call(HostId::Server, listens, &mut rules), Ok(Value::Zero));
                moment.app(HostId::Server).listener = Some(socket);
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
        self.app(host).socket = Some(socket);
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
            let app = &self.sides[host.index()].app;
            // CLOSE in SYN-SENT deletes the TCB and sends nothing, so the other end would wait for ever: left out.
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
        let is_quiet = self.is_quiet();
        if !is_quiet && self.budget.early == 0 {
            return;
        }
        let sockets = self
            .sides
            .iter()
            .flat_map(|side| side.host.sockets().map(move |socket| (side.host.id(), socket)));
        let armed: Vec<_> = sockets
            .filter_map(|(host, socket)| match &socket.state {
                SocketState::Connected(tcb) => Some((host, socket.id, tcb)),
                _ => None,
            })
            .flat_map(|(host, socket, tcb)| tcb.timers.armed().map(move |(kind, _)| (host, socket, kind)))
            .collect();
        let is_waiting_over = armed.iter().all(|(.., kind)| *kind == TimerKind::TimeWait);
        for (host, socket, kind) in armed {
            let is_due = is_quiet && (kind != TimerKind::TimeWait || is_waiting_over);
            let is_early = self.budget.early > 0 && kind == TimerKind::Retransmission;
            if is_due || is_early {
                actions.push(Action::Expire(host, socket, kind));
            }
        }
    }

    /// Lets `action` happen. The rules that fire are added to `rules`.
    pub(crate) fn happen(&mut self, action: Action, rules: &mut Vec<Rule>) {
        let touched = match action {
            Action::Deliver(from, place) => {
                if place > 0 {
                    self.budget.overtakings -= 1;
                }
                let packet = self.wire[from.index()].change().remove(place);
                let outcome = self.host(from.other()).receive(NOW, packet);
                self.note(from.other(), &outcome, rules);
                Some(from.other())
            }
            Action::Lose(from, place) => {
                self.wire[from.index()].change().remove(place);
                self.budget.losses -= 1;
                None
            }
            Action::Copy(from, place) => {
                let packet = self.wire[from.index()][place].clone();
                self.wire[from.index()].change().push(packet);
                self.budget.copies -= 1;
                None
            }
            Action::Speak(host) => {
                self.speak(host, rules);
                Some(host)
            }
            Action::Finish(host) => {
                self.finish(host, rules);
                Some(host)
            }
            Action::Expire(host, socket, kind) => {
                if !self.is_quiet() {
                    self.budget.early -= 1;
                }
                let outcome = self.host(host).fire(NOW, socket, kind);
                self.note(host, &outcome, rules);
                Some(host)
            }
        };
        if let Some(host) = touched {
            self.run_app(host, rules);
        }
    }

    fn speak(&mut self, host: HostId, rules: &mut Vec<Rule>) {
        let text = TEXTS[host.index()];
        let Some(socket) = self.app(host).socket else { return };
        self.app(host).has_spoken = true;
        match self.call(host, SocketCall::Send { socket, data: Bytes::from_static(text) }, rules) {
            Ok(sent) => assert_eq!(sent, Value::Count(text.len() as u32)),
            Err(_) => self.app(host).was_reset = true,
        }
    }

    fn finish(&mut self, host: HostId, rules: &mut Vec<Rule>) {
        let Some(socket) = self.app(host).socket else { return };
        self.app(host).has_finished = true;
        if self.call(host, SocketCall::Shutdown { socket, how: How::Write }, rules).is_err() {
            self.app(host).was_reset = true;
        }
    }

    /// What an application always does at once: it accepts, reads, and closes when both directions are done.
    fn run_app(&mut self, host: HostId, rules: &mut Vec<Rule>) {
        let app = self.app(host);
        if let (Some(listener), None) = (app.listener, app.socket)
            && !app.has_closed
            && let Ok(Value::Descriptor(socket)) =
                self.call(host, SocketCall::Accept { socket: listener }, rules)
        {
            self.app(host).socket = Some(socket);
        }
        let Some(socket) = self.app(host).socket else { return };
        while self.can_read(host, socket) {
            match self.call(host, SocketCall::Recv { socket, max_bytes: 100 }, rules) {
                Ok(Value::Data(data)) if data.is_empty() => {
                    self.app(host).at_end = true;
                    break;
                }
                Ok(Value::Data(data)) => self.app(host).received.extend_from_slice(&data),
                Err(Errno::EAGAIN) => break,
                _ => {
                    self.app(host).was_reset = true;
                    break;
                }
            }
        }
        let app = self.app(host);
        if app.was_reset || (app.at_end && app.has_finished) {
            app.socket = None;
            app.has_closed = true;
            assert_eq!(self.call(host, SocketCall::Close { socket }, rules), Ok(Value::Zero));
        }
    }

    fn host(&mut self, host: HostId) -> &mut Host {
        &mut self.sides[host.index()].change().host
    }

    fn app(&mut self, host: HostId) -> &mut App {
        &mut self.sides[host.index()].change().app
    }

    /// recv() has something to return.
    fn can_read(&self, host: HostId, socket: SocketId) -> bool {
        match self.sides[host.index()].host.socket(socket).map(|socket| &socket.state) {
            Some(SocketState::Connected(tcb)) => {
                tcb.readable_bytes() > 0 || (tcb.state.is_synchronized() && !tcb.state.may_receive())
            }
            _ => true,
        }
    }

    fn call(&mut self, host: HostId, call: SocketCall, rules: &mut Vec<Rule>) -> CallResult {
        let outcome = self.host(host).call(NOW, call);
        self.note(host, &outcome, rules);
        outcome.result.expect("a call returns")
    }

    fn note(&mut self, host: HostId, outcome: &Outcome, rules: &mut Vec<Rule>) {
        for taken in &outcome.transitions {
            let Side { host, ledgers, .. } = self.sides[host.index()].change();
            match taken.socket {
                Some(socket) => {
                    let mut ledger = ledgers.remove(&socket).unwrap_or_default();
                    ledger.check(&taken.transition, host.settings());
                    if ledger.is_open() {
                        ledgers.insert(socket, ledger);
                    }
                }
                None => invariants::check(&taken.transition, host.settings()),
            }
            rules.extend(taken.transition.fired.iter().map(|fired| fired.rule));
            if taken.transition.fired.iter().any(|fired| fired.rule == Rule::ListenRcvSyn) {
                // The clock stands still, but the next connection must start with another number.
                host.settings_mut().config.isn_secret += 1;
            }
        }
        let mut packets = outcome.packets().peekable();
        if packets.peek().is_some() {
            self.wire[host.index()].change().extend(packets);
        }
    }

    /// Nothing is on the wire.
    fn is_quiet(&self) -> bool {
        self.wire.iter().all(|packets| packets.is_empty())
    }

    /// The states of the two ends: of the connection if there is one, else of the listener.
    pub(crate) fn states(&self) -> [State; 2] {
        self.sides.each_ref().map(|side| {
            let connection = side.host.sockets().find(|socket| !socket.is_listening());
            let socket = connection.or_else(|| side.host.sockets().next());
            socket.map_or(State::Closed, |socket| socket.tcp_state())
        })
    }

    /// The sockets, the applications and the wire, for the report of a fault.
    pub(crate) fn describe(&self) -> String {
        let hosts = self.sides.iter().map(|side| &side.host);
        let sockets = hosts.flat_map(|host| host.sockets().map(|socket| (host.id(), &socket.state)));
        let apps = self.sides.each_ref().map(|side| &side.app);
        format!("{:#?}\n{apps:#?}\n{:?}", sockets.collect::<Vec<_>>(), self.wire)
    }

    /// What each end has received is a prefix of what the other sends.
    pub(crate) fn received_prefixes(&self) -> bool {
        self.sent_and_received().all(|(sent, received)| sent.starts_with(received))
    }

    /// Both ends have received everything.
    pub(crate) fn received_all(&self) -> bool {
        self.sent_and_received().all(|(sent, received)| sent == received)
    }

    fn sent_and_received(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let sent = TEXTS.into_iter().rev();
        sent.zip(self.sides.iter().map(|side| side.app.received.as_slice()))
    }

    /// One of the applications was told that its connection was reset.
    pub(crate) fn was_reset(&self) -> bool {
        self.sides.iter().any(|side| side.app.was_reset)
    }

    /// Both applications have closed, and of the connection nothing is left on either host.
    pub(crate) fn is_over(&self) -> bool {
        let is_over = |side: &Part<Side>| {
            side.app.has_closed && side.host.sockets().all(|socket| socket.is_listening())
        };
        self.sides.iter().all(is_over)
    }
}
