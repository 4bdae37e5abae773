//! What a learner can do to the world, with all details filled in; and why something cannot be done.

use thiserror::Error;

use super::link_rule::LinkRule;
use super::packet::{PacketId, Verdict};
use crate::host::{HostId, Program, SocketCall};
use tcp::time::Duration;
use tcp::{Config, WhatIf};

/// One thing to do to the world. It takes no time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names of the fields say what they are")]
pub enum Input {
    /// A socket call on a host. It may fail; that is a result, not an error.
    Call { host: HostId, call: SocketCall },
    /// A verdict on a packet in flight.
    Verdict { packet: PacketId, verdict: Verdict },
    /// The host loses its power and everything it knows. Nothing is sent.
    Crash(HostId),
    /// The host starts again and knows nothing; its program starts anew.
    Restart(HostId),
    /// The cable is cut: packets in flight are lost, held ones too, and so is everything sent until it is repaired.
    CutCable,
    /// The cable is repaired.
    MendCable,
    /// Add a standing rule for packets that will be sent.
    AddRule(LinkRule),
    /// Remove the standing rule with this index among those that are left, counted from 0.
    RemoveRule(u32),
    /// Remove all standing rules.
    ClearRules,
    /// How long packets will be on their way. Packets in flight keep their arrival time.
    SetLatency { from: HostId, latency: Duration },
    /// How many packets of a thousand are lost, at most 1000.
    SetLoss { from: HostId, per_mille: u16 },
    /// How many packets of a thousand arrive twice, at most 1000.
    SetDuplication { from: HostId, per_mille: u16 },
    /// The settings of a host's stack. They are read at every event, so a change affects open connections too.
    SetConfig { host: HostId, config: Config },
    /// The rules that a host's stack breaks on purpose.
    SetWhatIf { host: HostId, what_if: WhatIf },
    /// The host runs this program. The old one ends, and its descriptors are closed, as when any process ends.
    RunProgram { host: HostId, program: Program },
}

/// Why an input is not possible. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[expect(missing_docs, reason = "each has its message")]
pub enum InputError {
    #[error("no packet {0} is in flight")]
    NoSuchPacket(PacketId),
    /// It can be neither held again nor delayed.
    #[error("packet {0} is held")]
    Held(PacketId),
    #[error("packet {0} is not held")]
    NotHeld(PacketId),
    #[error("no packet follows {0} in its direction")]
    NothingToSwap(PacketId),
    /// To flip the same bit again would repair it.
    #[error("packet {0} is corrupted already")]
    AlreadyCorrupted(PacketId),
    #[error("there is no byte {byte}: the packet has {length}")]
    NoSuchByte { byte: u16, length: u16 },
    #[error("the {0} is down already")]
    AlreadyDown(HostId),
    #[error("the {0} is up already")]
    AlreadyUp(HostId),
    #[error("the cable is cut already")]
    AlreadyCut,
    #[error("the cable is not cut")]
    NotCut,
    #[error("{0} of a thousand is more than all")]
    NotPerMille(u16),
    /// A packet that was just sent is not held.
    #[error("a standing rule cannot release a packet")]
    ReleaseByRule,
    #[error("there are as many standing rules as can be")]
    TooManyRules,
    #[error("there is no standing rule {0}")]
    NoSuchRule(u32),
    #[error("{0} is more than a day")]
    TooLong(Duration),
    #[error("there are as many packets on the link as can be")]
    LinkFull,
}

impl InputError {
    /// The field of the input that is wrong.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::NoSuchPacket(_)
            | Self::Held(_)
            | Self::NotHeld(_)
            | Self::NothingToSwap(_)
            | Self::AlreadyCorrupted(_)
            | Self::LinkFull => "segment",
            Self::NoSuchByte { .. } => "byte",
            Self::AlreadyDown(_) | Self::AlreadyUp(_) => "host",
            Self::AlreadyCut | Self::NotCut => "type",
            Self::NotPerMille(_) => "per_mille",
            Self::ReleaseByRule | Self::TooManyRules => "rule",
            Self::NoSuchRule(_) => "index",
            Self::TooLong(_) => "us",
        }
    }
}
