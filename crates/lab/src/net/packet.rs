//! A packet on the link, and what can be done to it.

use core::fmt;
use core::hash::{Hash, Hasher};

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::host::HostId;
use tcp::IcmpKind;
use tcp::time::{Duration, Instant};

/// The number of a packet: from 1, in the order of sending, both directions together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct PacketId(pub u32);

impl fmt::Display for PacketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Where in the records a packet was sent. Of a copy that the link made: where the original was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// The number of the record.
    pub record: u32,
    /// Which of the segments it sent, from 0.
    pub place: u32,
}

/// It is history: nothing that is to come depends on it, so no hash counts it.
impl Hash for Sending {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A packet in flight.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Packet {
    /// Its number.
    pub id: PacketId,
    /// Who sent it.
    pub from: HostId,
    /// The bytes on the wire.
    pub bytes: Bytes,
    /// When it was sent.
    pub sent_at: Instant,
    /// When it arrives; None while it is held.
    pub arrives_at: Option<Instant>,
    /// If the link made this copy: the original.
    pub copy_of: Option<PacketId>,
    /// The link has flipped a bit of it.
    pub corrupted: bool,
    /// Of two packets that arrive at the same instant, the one with the lower rank is first. It is the packet's number,
    /// unless packets have changed places.
    pub(super) rank: u32,
    /// If it is held: how long it was still on its way.
    pub(super) left: Duration,
    /// Where it was sent.
    pub(super) sending: Sending,
}

impl Packet {
    /// The host that will receive it.
    #[must_use]
    pub const fn to(&self) -> HostId {
        self.from.other()
    }

    /// It waits on the link until it is released.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.arrives_at.is_none()
    }
}

/// The report of a router, if none is named.
pub const DEFAULT_REPORT: IcmpKind = IcmpKind::HostUnreachable;

/// What happens to a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub enum Verdict {
    /// It arrives now.
    Deliver,
    /// It is lost.
    Drop,
    /// It is lost, and a router next to the sender reports why by ICMP.
    Unreachable(IcmpKind),
    /// It arrives later by this time.
    Delay(Duration),
    /// It waits on the link until it is released.
    Hold,
    /// It was held and continues: it arrives after the rest of its latency.
    Release,
    /// A copy arrives right after it.
    Duplicate,
    /// It changes places with the next packet in the same direction.
    Swap,
    /// One bit is flipped, so that a checksum fails.
    Corrupt {
        /// In which byte of the packet. The default is the first of the text, or the last of the sequence number.
        byte: Option<u16>,
    },
}

/// Who decided what happens to a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The learner, for this packet.
    Learner,
    /// A standing rule.
    Rule,
    /// Chance: the loss rate of the link.
    Loss,
    /// Chance: the duplication rate of the link.
    Duplication,
    /// The cable is cut.
    CutCable,
    /// The link holds as many packets as it can.
    FullLink,
}
