//! What the ladder draws: segments and what became of them, the states along the lifelines, the timers beside them.
//!
//! All of it follows from the records, so it is also right after a step back.

mod build;

pub use self::build::Tracer;
use super::log::Records;
use crate::host::{HostId, SocketId};
use crate::net::{By, Link, PacketId};
use tcp::time::{Duration, Instant};
use tcp::wire::WireError;
use tcp::{Segment, State, TimerKind};

/// What the ladder draws of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The segments, in the order of their numbers.
    pub packets: Vec<PacketTrace>,
    /// The states, in the order in which they were entered.
    pub bands: Vec<Band>,
    /// The timers, in the order in which they were set.
    pub timers: Vec<TimerBar>,
}

/// One packet and its fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketTrace {
    /// Its number.
    pub id: PacketId,
    /// Who sent it.
    pub from: HostId,
    /// When.
    pub sent_at: Instant,
    /// When it arrives if nobody interferes.
    pub usual_at: Instant,
    /// What became of it.
    pub fate: Fate,
    /// The segment, as it was sent.
    pub segment: Segment,
    /// The packet of which the link made this copy.
    pub copy_of: Option<PacketId>,
    /// A bit of it was flipped on the way.
    pub corrupted: bool,
    /// It repeats one that was sent before.
    pub retransmission: bool,
    /// How much later than usual it was made to arrive.
    pub delayed: Option<Duration>,
    /// It is older than its sender's connection: when it arrived (or now, if it is on its way), the sender has another
    /// connection or none.
    pub stale: bool,
    /// The record that sent it.
    pub sent_by: u32,
    /// The record of its arrival.
    pub arrived_as: Option<u32>,
}

impl PacketTrace {
    /// When it arrived, or will; of one that was lost, when it would have. None while it is held.
    #[must_use]
    pub fn due_at(&self) -> Option<Instant> {
        match self.fate {
            Fate::Flying { arrives_at } => Some(arrives_at),
            Fate::Held => None,
            Fate::Arrived(at) | Fate::Discarded { at, .. } | Fate::Unheard { at } => Some(at),
            Fate::Dropped { at, .. } => Some(self.usual_at.max(at)),
        }
    }
}

/// What became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "some fields say by their names what they are")]
pub enum Fate {
    /// On its way.
    Flying { arrives_at: Instant },
    /// Held on the link.
    Held,
    /// It arrived.
    Arrived(Instant),
    /// It was lost.
    Dropped { at: Instant, by: By },
    /// It arrived and died at a checksum or a header.
    Discarded { at: Instant, error: WireError },
    /// It arrived at a host that was down.
    Unheard { at: Instant },
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
#[expect(missing_docs, reason = "some fields say by their names what they are")]
pub struct Band {
    pub host: HostId,
    pub socket: SocketId,
    pub state: State,
    /// Since when.
    pub from: Instant,
    /// Until when; None: still.
    pub to: Option<Instant>,
}

/// A timer from its setting to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "some fields say by their names what they are")]
pub struct TimerBar {
    pub host: HostId,
    pub socket: SocketId,
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
    /// The trace of a run of which these are the records, and whose link is `link` now.
    #[must_use]
    pub fn of(records: Records<'_>, link: &Link) -> Self {
        let mut tracer = Tracer::default();
        records.iter().for_each(|record| tracer.add(record));
        tracer.finish(link)
    }

    /// The packet of that number.
    #[must_use]
    pub fn packet(&self, id: PacketId) -> Option<&PacketTrace> {
        let index = self.packets.binary_search_by_key(&id, |packet| packet.id);
        index.ok().map(|index| &self.packets[index])
    }
}
