//! What the ladder draws: segments and what became of them, the states along the lifelines, the timers beside them.
//!
//! Derived from the records alone, so it is right at every place in time, also after a step back.

mod build;

pub use self::build::Tracer;
use super::session::Session;
use crate::host::{HostId, SocketId};
use crate::net::{By, PacketId};
use tcp::time::{Duration, Instant};
use tcp::wire::WireError;
use tcp::{Segment, SendReason, State, TimerKind};

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

impl Trace {
    /// The trace of `session` up to its cursor.
    #[must_use]
    pub fn of_session(session: &Session) -> Self {
        let mut tracer = Tracer::default();
        session.records().iter().for_each(|record| tracer.add(record));
        tracer.finish(session.world().link())
    }

    /// The packet of that number.
    #[must_use]
    pub fn packet(&self, id: PacketId) -> Option<&PacketTrace> {
        let index = self.packets.binary_search_by_key(&id, |packet| packet.id);
        index.ok().map(|index| &self.packets[index])
    }

    /// What of it lies between two moments, in whole or in part: a window of a long run.
    #[must_use]
    pub fn between(&self, from: Instant, to: Instant) -> Self {
        let overlaps =
            |start: Instant, end: Option<Instant>| start <= to && end.is_none_or(|end| end >= from);
        let packets = self.packets.iter().filter(|packet| overlaps(packet.sent_at, packet.fate.ended_at()));
        let bands = self.bands.iter().filter(|band| overlaps(band.from, band.to));
        let timers = self.timers.iter().filter(|bar| overlaps(bar.armed_at, bar.ended.map(|(at, _)| at)));
        Self {
            packets: packets.cloned().collect(),
            bands: bands.cloned().collect(),
            timers: timers.cloned().collect(),
        }
    }

    /// The stretches up to `now` that are longer than `longer_than` and in which nothing happened: no packet was on
    /// its way (one that is held waits, and is on no way), no state changed, no timer was set or ended.
    #[must_use]
    pub fn silences(&self, now: Instant, longer_than: Duration) -> Vec<(Instant, Instant)> {
        let mut busy: Vec<(Instant, Instant)> = vec![(now, now)];
        busy.extend(self.packets.iter().map(|packet| match packet.fate {
            Fate::Flying { .. } => (packet.sent_at, now),
            Fate::Held => (packet.sent_at, packet.sent_at),
            fate => (packet.sent_at, fate.ended_at().unwrap_or(now)),
        }));
        let mut moments: Vec<_> = self.bands.iter().flat_map(|band| [Some(band.from), band.to]).collect();
        for bar in &self.timers {
            moments.extend([Some(bar.armed_at), bar.ended.map(|(at, _)| at)]);
        }
        busy.extend(moments.into_iter().flatten().map(|at| (at, at)));
        busy.sort_unstable();
        let mut silences = Vec::new();
        let mut quiet_since = None;
        for (from, to) in busy {
            if let Some(since) = quiet_since.filter(|since| from.since(*since) > longer_than) {
                silences.push((since, from));
            }
            quiet_since = quiet_since.max(Some(to));
        }
        silences
    }
}
