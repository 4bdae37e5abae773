//! What a learner can do to the world, with all details filled in; and why something cannot be done.

use core::fmt;

use super::link_rule::LinkRule;
use super::packet::{PacketId, Verdict};
use crate::host::{HostId, Program, SocketCall};
use tcp::time::Duration;
use tcp::{Config, WhatIf};

/// One thing to do to the world. It takes no time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// A socket call on a host. It may fail; that is a result, not an error.
    Call {
        /// On which host.
        host: HostId,
        /// Which call.
        call: SocketCall,
    },
    /// A verdict on a packet in flight.
    Verdict {
        /// Which packet.
        packet: PacketId,
        /// What to do to it.
        verdict: Verdict,
    },
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
    /// The settings of a host's stack. They are read at every event, so a change affects open connections too.
    SetConfig {
        /// Which host.
        host: HostId,
        /// The settings.
        config: Config,
    },
    /// The rules that a host's stack breaks on purpose.
    SetWhatIf {
        /// Which host.
        host: HostId,
        /// The rules.
        what_if: WhatIf,
    },
    /// The host runs this program. The old one ends, and its descriptors are closed, as when any process ends.
    RunProgram {
        /// Which host.
        host: HostId,
        /// The program.
        program: Program,
    },
}

/// Why an input is not possible. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputError {
    /// No packet with that number is in flight.
    NoSuchPacket(PacketId),
    /// The packet is held, so it cannot be held again or delayed.
    Held(PacketId),
    /// The packet is not held.
    NotHeld(PacketId),
    /// No packet follows it in the same direction.
    NothingToSwap(PacketId),
    /// One of its bits is flipped already. Flipping it again would repair it.
    AlreadyCorrupted(PacketId),
    /// The packet has no such byte.
    NoSuchByte {
        /// The index of the byte.
        byte: u16,
        /// How many bytes the packet has.
        length: u16,
    },
    /// The host is down already.
    AlreadyDown(HostId),
    /// The host is up already.
    AlreadyUp(HostId),
    /// The cable is cut already.
    AlreadyCut,
    /// The cable is not cut.
    NotCut,
    /// A rate above 1000 per mille.
    NotPerMille(u16),
    /// A standing rule cannot release a packet, since a packet just sent is not held.
    ReleaseByRule,
    /// There is no room for another standing rule.
    TooManyRules,
    /// There is no standing rule with that index.
    NoSuchRule(u32),
    /// A latency or a delay of more than a day.
    TooLong(Duration),
    /// There is no room for another packet on the link.
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
