//! The state of a session as plain data: what host pages, tests and `window.tcpLab.snapshot()` read.
//!
//! Names are stable. Times are microseconds of virtual time; states, sockets and timers have the names of RFC 9293,
//! of the BSD interface and of this project.

use serde::Serialize;
use ts_rs::TS;

use super::session::{BranchView, QuestionState, Session};
use crate::host::{Descriptor, Errno, Host, HostId, Program, Socket, SocketState};
use crate::net::{Cable, LinkRule, Packet, Upcoming};
use std::collections::BTreeMap;
use tcp::time::Instant;
use tcp::wire;
use tcp::{IcmpKind, State, TimerKind, TimerReason};

/// What there is at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Snapshot {
    /// The id of the scenario.
    pub scenario: String,
    /// The time at which the learner looks.
    pub now_us: Instant,
    /// How many ticks of the branch have happened.
    pub tick: usize,
    /// How many it has.
    pub ticks: usize,
    /// How many records there are.
    pub records: usize,
    /// Nothing will happen by itself any more.
    pub idle: bool,
    /// The next thing that will happen by itself.
    pub next: Option<NextView>,
    /// The client, the server.
    pub hosts: [HostView; 2],
    /// The packets on the link, in the order of their numbers.
    pub in_flight: Vec<SegmentView>,
    /// The link.
    pub link: LinkView,
    /// The histories.
    pub branches: Vec<BranchView>,
    /// The branch one is on.
    pub branch: usize,
    /// How the question stands.
    pub question: QuestionState,
}

/// The next thing that will happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are those of net::Upcoming")]
pub enum NextView {
    Arrival { at_us: Instant, segment: u32, to: HostId },
    Timer { at_us: Instant, host: HostId, socket: u32, timer: TimerKind },
    Return { at_us: Instant, host: HostId, socket: u32 },
    Program { at_us: Instant, host: HostId },
    Script { at_us: Instant },
}

/// A host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct HostView {
    /// `"client"` or `"server"`.
    pub id: HostId,
    /// Its address.
    pub address: String,
    /// It has not crashed.
    pub up: bool,
    /// What runs on it.
    pub program: Program,
    /// Its sockets, oldest first.
    pub sockets: Vec<SocketView>,
}

/// A socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SocketView {
    /// The descriptor.
    pub id: u32,
    /// `192.0.2.1:40001`
    pub local: String,
    /// The other end; `0.0.0.0:0` while there is none.
    pub remote: String,
    /// The state, in the RFC's spelling.
    pub state: State,
    /// Whether the program holds the descriptor.
    pub descriptor: Descriptor,
    /// The error that the next call will report.
    pub error: Option<Errno>,
    /// The latest report of trouble on the way, which will be the error if the connection ends by time.
    pub soft_error: Option<IcmpKind>,
    /// For a listener: connections that wait for accept().
    pub waiting: usize,
    /// For a listener: how many may wait.
    #[serde(skip)]
    pub backlog: u32,
    /// Bytes received and not read.
    pub readable_bytes: u32,
    /// Bytes not yet sent.
    pub unsent_bytes: u32,
    /// Bytes sent and not acknowledged.
    pub unacked_bytes: u32,
    /// The running timers.
    pub timers: Vec<TimerView>,
    /// The sequence variables by their names in the RFC.
    pub tcb: BTreeMap<&'static str, u32>,
}

/// A running timer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TimerView {
    /// Which.
    pub kind: TimerKind,
    /// When it was set.
    pub armed_at_us: Instant,
    /// When it expires.
    pub at_us: Instant,
    /// Why it was set.
    pub why: TimerReason,
}

/// A packet on the link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SegmentView {
    /// Its number, for actions.
    pub segment: u32,
    /// Who sent it.
    pub from: HostId,
    /// When.
    pub sent_at_us: Instant,
    /// When it arrives; null while it is held.
    pub arrives_at_us: Option<Instant>,
    /// `"SYN,ACK"`
    pub control: String,
    /// SEG.SEQ
    pub seq: u32,
    /// SEG.ACK
    pub ack: u32,
    /// Octets of text.
    pub length: u32,
    /// SEG.WND
    pub window: u16,
    /// A bit of it was flipped: what is shown here is what was sent, as far as it can still be read.
    pub corrupted: bool,
    /// The packet of which the link made this copy.
    pub copy_of: Option<u32>,
}

/// The link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LinkView {
    /// By sender.
    pub latency_us: [u64; 2],
    /// By sender.
    pub loss_per_mille: [u16; 2],
    /// Cut or whole.
    pub cable: Cable,
    /// The standing rules.
    pub rules: Vec<LinkRule>,
}

impl Snapshot {
    /// The snapshot of `session`.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let world = session.world();
        let link = world.link();
        Self {
            scenario: session.scenario().id.clone(),
            now_us: session.now(),
            tick: session.tick(),
            ticks: session.ticks(),
            records: session.records().len(),
            idle: session.is_idle(),
            next: next_view(session),
            hosts: HostId::ALL.map(|id| HostView::of(world.host(id))),
            in_flight: link.in_flight().iter().map(|packet| segment_view(packet)).collect(),
            link: LinkView {
                latency_us: HostId::ALL.map(|from| link.latency(from).as_micros()),
                loss_per_mille: HostId::ALL.map(|from| link.loss_per_mille(from)),
                cable: link.cable(),
                rules: link.rules().copied().collect(),
            },
            branches: session.branches().collect(),
            branch: session.branch(),
            question: session.question(),
        }
    }
}

fn next_view(session: &Session) -> Option<NextView> {
    let at_us = session.next_at()?;
    Some(match session.next_event() {
        None => NextView::Script { at_us },
        Some(Upcoming::Arrival { packet, to, .. }) => NextView::Arrival { at_us, segment: packet.0, to },
        Some(Upcoming::Timer { host, socket, kind, .. }) => {
            NextView::Timer { at_us, host, socket: socket.0, timer: kind }
        }
        Some(Upcoming::Return { host, socket, .. }) => NextView::Return { at_us, host, socket: socket.0 },
        Some(Upcoming::Program { host, .. }) => NextView::Program { at_us, host },
    })
}

impl HostView {
    /// The view of `host`.
    #[must_use]
    pub fn of(host: &Host) -> Self {
        Self {
            id: host.id(),
            address: host.addr().to_string(),
            up: host.is_up(),
            program: host.program(),
            sockets: host.sockets().map(socket_view).collect(),
        }
    }
}

impl SocketView {
    /// Its connection is over: there is no TCB any more, only what it was at the end.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.state == State::Closed && !self.tcb.is_empty()
    }
}

fn socket_view(socket: &Socket) -> SocketView {
    let (waiting, backlog) = match &socket.state {
        SocketState::Listening { ready, backlog, .. } => (ready.len(), *backlog),
        _ => (0, 0),
    };
    let tcb = socket.tcb();
    let timers = tcb.into_iter().flat_map(|tcb| tcb.timers.armed());
    SocketView {
        id: socket.id.0,
        local: tcb.map_or(socket.local, |tcb| tcb.local).to_string(),
        remote: socket.remote().to_string(),
        state: socket.tcp_state(),
        descriptor: socket.descriptor,
        error: socket.error,
        soft_error: tcb.and_then(|tcb| tcb.soft_error),
        waiting,
        backlog,
        readable_bytes: tcb.map_or(0, |tcb| tcb.readable_bytes()),
        unsent_bytes: tcb.map_or(0, |tcb| tcb.unsent_bytes()),
        unacked_bytes: tcb.map_or(0, |tcb| tcb.octets_in_flight()),
        timers: timers
            .map(|(kind, deadline)| TimerView {
                kind,
                armed_at_us: deadline.armed_at,
                at_us: deadline.at,
                why: deadline.why,
            })
            .collect(),
        tcb: tcb.map_or_else(BTreeMap::new, |tcb| {
            tcb.variables().map(|(var, value)| (var.name(), value)).collect()
        }),
    }
}

fn segment_view(packet: &Packet) -> SegmentView {
    // A packet the link has damaged no longer decodes; its headers are then unknown here, as they are to its receiver.
    let segment = wire::decode(&packet.bytes).ok();
    let segment = segment.as_ref();
    SegmentView {
        segment: packet.id.0,
        from: packet.from,
        sent_at_us: packet.sent_at,
        arrives_at_us: packet.arrives_at,
        control: segment.map(|segment| segment.control.to_string()).unwrap_or_default(),
        seq: segment.map_or(0, |segment| segment.seq.0),
        ack: segment.map_or(0, |segment| segment.ack.0),
        length: segment.map_or(0, |segment| segment.text_len()),
        window: segment.map_or(0, |segment| segment.window),
        corrupted: packet.corrupted,
        copy_of: packet.copy_of.map(|id| id.0),
    }
}
