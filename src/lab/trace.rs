//! What the ladder draws: segments and what became of them, the states along the lifelines, the timers beside them.
//!
//! Derived from the records alone, so it is right at every place in time, also after a step back.

use std::rc::Rc;

use super::session::Session;
use crate::host::{HostId, SocketId};
use crate::net::{By, PacketId, Record, Verdict, What};
use crate::tcp::{Control, Effect, Event, Segment, SendReason, SeqNumber, State, Tcb, TimerKind, Transition};
use crate::time::{Duration, Instant};
use crate::wire::WireError;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The segments, in the order of their numbers.
    pub packets: Vec<PacketTrace>,
    /// The states, in the order in which they were entered.
    pub bands: Vec<Band>,
    /// The timers, in the order in which they were set.
    pub timers: Vec<TimerBar>,
}

/// One packet and its fate.
#[derive(Clone, Debug, PartialEq)]
pub struct PacketTrace {
    /// Its number.
    pub id: PacketId,
    /// Who sent it.
    pub from: HostId,
    /// When.
    pub sent_at: Instant,
    /// What became of it.
    pub fate: Fate,
    /// The segment, as it was sent.
    pub segment: Segment,
    /// The packet of which the link made this copy.
    pub copy_of: Option<PacketId>,
    /// It was flipped a bit on the way.
    pub corrupted: bool,
    /// It repeats one that was sent before.
    pub retransmission: bool,
    /// Why it was sent; None for a copy that the link made.
    pub why: Option<SendReason>,
    /// How much later than usual it was made to arrive.
    pub delayed: Option<Duration>,
    /// It outlived its connection: when it arrived, or now while it flies, its sender had another one or none.
    pub stale: bool,
    /// The record that sent it.
    pub sent_by: u32,
    /// The record of its arrival.
    pub arrived_as: Option<u32>,
}

/// What became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// On its way.
    Flying {
        /// When it will arrive.
        arrives_at: Instant,
    },
    /// Held on the link.
    Held,
    /// It arrived.
    Arrived(Instant),
    /// It was lost.
    Dropped {
        /// When.
        at: Instant,
        /// By whom.
        by: By,
    },
    /// It arrived and died at a checksum or a header.
    Discarded {
        /// When.
        at: Instant,
        /// Why.
        error: WireError,
    },
    /// It arrived at a host that was down.
    Unheard {
        /// When.
        at: Instant,
    },
}

impl Fate {
    /// When it came to its end.
    #[must_use]
    pub const fn ended_at(self) -> Option<Instant> {
        match self {
            Self::Flying { .. } | Self::Held => None,
            Self::Arrived(at)
            | Self::Dropped { at, .. }
            | Self::Discarded { at, .. }
            | Self::Unheard { at } => Some(at),
        }
    }
}

/// A stretch of time that one end spent in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Whose.
    pub host: HostId,
    /// Of which socket.
    pub socket: SocketId,
    /// Which state.
    pub state: State,
    /// Since when.
    pub from: Instant,
    /// Until when; None: still.
    pub to: Option<Instant>,
}

/// A timer from its setting to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimerBar {
    /// Whose.
    pub host: HostId,
    /// Of which socket.
    pub socket: SocketId,
    /// Which timer.
    pub kind: TimerKind,
    /// When it was set.
    pub armed_at: Instant,
    /// When it expires, or would have.
    pub at: Instant,
    /// How it ended; None: it runs.
    pub ended: Option<(Instant, TimerEnd)>,
}

/// How a timer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerEnd {
    /// It expired.
    Fired,
    /// It was stopped, or went with its connection.
    Stopped,
    /// It was set anew.
    Rearmed,
}

/// One life of a connection at one host: its ends and its initial sequence number.
type Life = (u16, u16, SeqNumber);

impl Trace {
    /// The trace of `records`.
    #[must_use]
    pub fn of(records: &[Rc<Record>]) -> Self {
        let mut builder = Builder::default();
        for record in records {
            builder.add(record);
        }
        builder.finish()
    }

    /// The trace of `session` up to its cursor. When packets in flight will arrive only its world knows.
    #[must_use]
    pub fn of_session(session: &Session) -> Self {
        let mut trace = Self::of(session.records());
        for packet in session.world().link().in_flight() {
            let Ok(index) = trace.packets.binary_search_by_key(&packet.id, |packet| packet.id) else {
                continue;
            };
            trace.packets[index].fate =
                packet.arrives_at.map_or(Fate::Held, |arrives_at| Fate::Flying { arrives_at });
        }
        trace
    }

    /// The packet of that number.
    #[must_use]
    pub fn packet(&self, id: PacketId) -> Option<&PacketTrace> {
        let index = self.packets.binary_search_by_key(&id, |packet| packet.id);
        index.ok().map(|index| &self.packets[index])
    }
}

#[derive(Default)]
struct Builder {
    trace: Trace,
    /// The connection of each packet at its sender; None for a reply from no connection.
    lives: Vec<Option<Life>>,
    /// The connections that each host has now.
    alive: [Vec<(SocketId, Life)>; 2],
}

impl Builder {
    fn add(&mut self, record: &Record) {
        match &record.what {
            What::Transition { transition, packet, .. } => {
                if let Some(packet) = packet {
                    self.end(*packet, Fate::Arrived(record.at), Some(record.id));
                }
                self.add_transition(record, transition);
            }
            What::Discarded { packet, error } => {
                self.end(*packet, Fate::Discarded { at: record.at, error: *error }, Some(record.id));
            }
            What::Unheard { packet } => self.end(*packet, Fate::Unheard { at: record.at }, Some(record.id)),
            What::Verdict { packet, verdict, by, copy } => {
                self.judge(record, *packet, *verdict, *by, *copy);
            }
            What::Crashed => self.crash(record),
            What::Call { .. } | What::Restarted | What::CableCut | What::CableMended | What::Setting(_) => {}
        }
    }

    fn add_transition(&mut self, record: &Record, transition: &Transition) {
        let Some(host) = record.host else { return };
        if let Some(socket) = record.socket {
            self.add_bands(record.at, host, socket, transition);
            self.add_timers(record.at, host, socket, transition);
            self.note_life(host, socket, &transition.after);
        }
        let life = record.socket.is_some().then(|| life_of(&transition.after));
        for ((segment, why), id) in transition.sent().zip(&record.sent) {
            let repeats = matches!(why, SendReason::Retransmission | SendReason::PartialAck)
                || (why == SendReason::AcceptOpen && self.has_sent(host, segment));
            self.lives.push(life);
            self.trace.packets.push(PacketTrace {
                id: *id,
                from: host,
                sent_at: record.at,
                // Until a verdict says otherwise; the time of arrival is known to the world, not to the records.
                fate: Fate::Flying { arrives_at: record.at },
                segment: segment.clone(),
                copy_of: None,
                corrupted: false,
                retransmission: repeats,
                why: Some(why),
                delayed: None,
                stale: false,
                sent_by: record.id,
                arrived_as: None,
            });
        }
    }

    fn has_sent(&self, host: HostId, segment: &Segment) -> bool {
        let same = |packet: &PacketTrace| packet.from == host && packet.segment.seq == segment.seq;
        segment.has(Control::SYN)
            && self
                .trace
                .packets
                .iter()
                .any(|packet| same(packet) && packet.segment.control == segment.control)
    }

    fn add_bands(&mut self, at: Instant, host: HostId, socket: SocketId, transition: &Transition) {
        let is_known = self.trace.bands.iter().any(|band| band.host == host && band.socket == socket);
        if !is_known && transition.from() == State::Listen && transition.to() != State::Listen {
            // A child begins where its listener stands: a band without length would only clutter.
            self.push_band(at, host, socket, transition.to());
            return;
        }
        for fired in transition.fired.iter().filter(|fired| fired.from != fired.to) {
            self.push_band(at, host, socket, fired.to);
        }
    }

    fn push_band(&mut self, at: Instant, host: HostId, socket: SocketId, state: State) {
        self.close_band(at, host, socket);
        self.trace.bands.push(Band { host, socket, state, from: at, to: None });
    }

    fn close_band(&mut self, at: Instant, host: HostId, socket: SocketId) {
        let mut open = self.trace.bands.iter_mut().rev();
        if let Some(band) = open.find(|b| b.host == host && b.socket == socket && b.to.is_none()) {
            band.to = Some(at);
        }
    }

    fn add_timers(&mut self, at: Instant, host: HostId, socket: SocketId, transition: &Transition) {
        if let Event::Timeout(kind) = transition.cause {
            self.end_timer(at, host, socket, kind, TimerEnd::Fired);
        }
        for effect in &transition.effects {
            match effect {
                Effect::ArmTimer { kind, at: expiry, .. } => {
                    self.end_timer(at, host, socket, *kind, TimerEnd::Rearmed);
                    let bar = TimerBar { host, socket, kind: *kind, armed_at: at, at: *expiry, ended: None };
                    self.trace.timers.push(bar);
                }
                Effect::StopTimer { kind, .. } => {
                    self.end_timer(at, host, socket, *kind, TimerEnd::Stopped);
                }
                Effect::Send { .. }
                | Effect::Deliver { .. }
                | Effect::Signal(_)
                | Effect::Drop(_)
                | Effect::DeleteTcb
                | Effect::Reply(_) => {}
            }
        }
    }

    fn end_timer(&mut self, at: Instant, host: HostId, socket: SocketId, kind: TimerKind, end: TimerEnd) {
        let same = |bar: &&mut TimerBar| {
            bar.host == host && bar.socket == socket && bar.kind == kind && bar.ended.is_none()
        };
        if let Some(bar) = self.trace.timers.iter_mut().rev().find(same) {
            bar.ended = Some((at, end));
        }
    }

    fn note_life(&mut self, host: HostId, socket: SocketId, tcb: &Tcb) {
        let alive = &mut self.alive[host.index()];
        alive.retain(|(id, _)| *id != socket);
        if tcb.state != State::Closed && tcb.state != State::Listen {
            alive.push((socket, life_of(tcb)));
        }
    }

    fn judge(&mut self, record: &Record, id: PacketId, verdict: Verdict, by: By, copy: Option<PacketId>) {
        let at = record.at;
        match verdict {
            Verdict::Drop => self.end(id, Fate::Dropped { at, by }, Some(record.id)),
            Verdict::Hold => self.change(id, |packet| packet.fate = Fate::Held),
            Verdict::Release => {
                self.change(id, |packet| packet.fate = Fate::Flying { arrives_at: at });
            }
            Verdict::Delay(by) => self.change(id, |packet| {
                packet.delayed = Some(packet.delayed.unwrap_or_default() + by);
            }),
            Verdict::Corrupt { .. } => self.change(id, |packet| packet.corrupted = true),
            Verdict::Duplicate => self.copy(record, id, copy),
            Verdict::Deliver | Verdict::Swap => {}
        }
    }

    fn copy(&mut self, record: &Record, id: PacketId, copy: Option<PacketId>) {
        let Some(copy) = copy else { return };
        let Ok(index) = self.trace.packets.binary_search_by_key(&id, |packet| packet.id) else { return };
        let original = self.trace.packets[index].clone();
        self.lives.push(self.lives[index]);
        self.trace.packets.push(PacketTrace {
            id: copy,
            sent_at: record.at.max(original.sent_at),
            copy_of: Some(id),
            why: None,
            sent_by: record.id,
            fate: Fate::Flying { arrives_at: record.at },
            arrived_as: None,
            ..original
        });
    }

    fn crash(&mut self, record: &Record) {
        let Some(host) = record.host else { return };
        self.alive[host.index()].clear();
        for band in self.trace.bands.iter_mut().filter(|band| band.host == host && band.to.is_none()) {
            band.to = Some(record.at);
        }
        for bar in self.trace.timers.iter_mut().filter(|bar| bar.host == host && bar.ended.is_none()) {
            bar.ended = Some((record.at, TimerEnd::Stopped));
        }
    }

    fn end(&mut self, id: PacketId, fate: Fate, record: Option<u32>) {
        let Ok(index) = self.trace.packets.binary_search_by_key(&id, |packet| packet.id) else { return };
        let stale = self.is_stale(index);
        let packet = &mut self.trace.packets[index];
        packet.fate = fate;
        packet.arrived_as = record;
        packet.stale = stale;
    }

    /// Its sender no longer has the connection it was sent on. A last word (RST, an ACK, a FIN) is not stale: it was
    /// meant to outlive its TCB.
    fn is_stale(&self, index: usize) -> bool {
        let packet = &self.trace.packets[index];
        let alive = &self.alive[packet.from.index()];
        let is_last_word = !packet.segment.has(Control::SYN) && packet.segment.text.is_empty();
        !is_last_word && self.lives[index].is_some_and(|life| alive.iter().all(|(_, known)| *known != life))
    }

    fn change(&mut self, id: PacketId, change: impl FnOnce(&mut PacketTrace)) {
        if let Ok(index) = self.trace.packets.binary_search_by_key(&id, |packet| packet.id) {
            change(&mut self.trace.packets[index]);
        }
    }

    fn finish(mut self) -> Trace {
        for index in 0..self.trace.packets.len() {
            if self.trace.packets[index].fate.ended_at().is_none() {
                self.trace.packets[index].stale = self.is_stale(index);
            }
        }
        self.trace
    }
}

fn life_of(tcb: &Tcb) -> Life {
    (tcb.local.port, tcb.remote.port, tcb.snd.iss)
}
