//! What a learner can do to the world, fully resolved; and what is wrong with what cannot be done.

use core::fmt;

use super::link_rule::LinkRule;
use super::packet::{PacketId, Verdict};
use crate::host::{HostId, Program, SocketCall};
use tcp::time::Duration;
use tcp::{Config, WhatIf};

/// One thing to do to the world. The clock stands still meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// A socket call on a host. It may fail; that is a result, not an error.
    Call {
        /// Where.
        host: HostId,
        /// Which.
        call: SocketCall,
    },
    /// A verdict on a packet in flight.
    Verdict {
        /// Which packet.
        packet: PacketId,
        /// What to do to it.
        verdict: Verdict,
    },
    /// The host loses its power and all it knows. Nothing is sent.
    Crash(HostId),
    /// The host comes up again, knowing nothing; its program starts anew.
    Restart(HostId),
    /// The cable is cut: what is in flight is lost, held packets too, and so is what is sent until it is mended.
    CutCable,
    /// The cable is whole again.
    MendCable,
    /// A standing rule for packets still to be sent.
    AddRule(LinkRule),
    /// One standing rule less: the one at this place among those that have not fired yet, counted from 0.
    RemoveRule(u32),
    /// No standing rules.
    ClearRules,
    /// How long packets will be on their way; those in flight keep their time.
    SetLatency {
        /// Whose packets.
        from: HostId,
        /// How long.
        latency: Duration,
    },
    /// How many packets of a thousand are lost.
    SetLoss {
        /// Whose packets.
        from: HostId,
        /// How many, at most 1000.
        per_mille: u16,
    },
    /// How many packets of a thousand arrive twice.
    SetDuplication {
        /// Whose packets.
        from: HostId,
        /// How many, at most 1000.
        per_mille: u16,
    },
    /// The choices of a host's stack. They are read at every event, so open connections follow them too.
    SetConfig {
        /// Which host.
        host: HostId,
        /// The choices.
        config: Config,
    },
    /// The rules a host's stack breaks on purpose.
    SetWhatIf {
        /// Which host.
        host: HostId,
        /// The rules.
        what_if: WhatIf,
    },
    /// The host runs this program. The one before ends, and as when any process ends its descriptors are closed.
    RunProgram {
        /// Which host.
        host: HostId,
        /// The program.
        program: Program,
    },
}

/// Why an input cannot be. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputError {
    /// No packet of that number is in flight.
    NoSuchPacket(PacketId),
    /// The packet is held already, or it is held and cannot be delayed.
    Held(PacketId),
    /// The packet is not held.
    NotHeld(PacketId),
    /// No other packet in the same direction follows it.
    NothingToSwap(PacketId),
    /// A bit of it is flipped already; flipping it again would repair it.
    AlreadyCorrupted(PacketId),
    /// The packet has no such byte.
    NoSuchByte {
        /// The one asked for.
        byte: u16,
        /// How many there are.
        length: u16,
    },
    /// The host is down already.
    AlreadyDown(HostId),
    /// The host is up already.
    AlreadyUp(HostId),
    /// The cable is cut already.
    AlreadyCut,
    /// The cable is whole.
    NotCut,
    /// A rate above 1000 per mille.
    NotPerMille(u16),
    /// A standing rule cannot release: what it could release was never held.
    ReleaseByRule,
    /// There are as many standing rules as can be.
    TooManyRules,
    /// There is no standing rule at that place.
    NoSuchRule(u32),
    /// A latency or a delay of more than a day.
    TooLong(Duration),
    /// There are as many packets on the link as can be.
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

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchPacket(packet) => write!(f, "no packet {packet} is in flight"),
            Self::Held(packet) => write!(f, "packet {packet} is held"),
            Self::NotHeld(packet) => write!(f, "packet {packet} is not held"),
            Self::NothingToSwap(packet) => write!(f, "no packet follows {packet} in its direction"),
            Self::AlreadyCorrupted(packet) => write!(f, "packet {packet} is corrupted already"),
            Self::NoSuchByte { byte, length } => {
                write!(f, "there is no byte {byte}: the packet has {length}")
            }
            Self::AlreadyDown(host) => write!(f, "the {host} is down already"),
            Self::AlreadyUp(host) => write!(f, "the {host} is up already"),
            Self::AlreadyCut => f.write_str("the cable is cut already"),
            Self::NotCut => f.write_str("the cable is not cut"),
            Self::NotPerMille(rate) => write!(f, "{rate} of a thousand is more than all"),
            Self::ReleaseByRule => f.write_str("a standing rule cannot release a packet"),
            Self::TooManyRules => f.write_str("there are as many standing rules as can be"),
            Self::NoSuchRule(index) => write!(f, "there is no standing rule {index}"),
            Self::TooLong(length) => write!(f, "{length} is more than a day"),
            Self::LinkFull => f.write_str("there are as many packets on the link as can be"),
        }
    }
}

impl core::error::Error for InputError {}
