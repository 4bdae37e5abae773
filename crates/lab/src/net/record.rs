//! The record of one thing that happened in the world.

use std::rc::Rc;

use serde::Serialize;
use strum::EnumDiscriminants;
use ts_rs::TS;

use super::link_rule::LinkRule;
use super::packet::{By, PacketId, Sending, Verdict};
use crate::host::{CallResult, HostId, Program, SocketCall, SocketId};
use tcp::time::{Duration, Instant};
use tcp::wire::WireError;
use tcp::{Config, Transition, WhatIf};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// Its index in the run, from 0.
    pub id: u32,
    /// When it happened.
    pub at: Instant,
    /// On which host; None if it happened on the link.
    pub host: Option<HostId>,
    /// On which socket of that host, if on any.
    pub socket: Option<SocketId>,
    /// What happened.
    pub what: What,
    /// The packets that were sent, in the order of the transition's `Send` effects.
    pub sent: Vec<PacketId>,
}

impl Record {
    /// About how many octets of memory it takes, including the transition and the list of packets.
    #[must_use]
    pub fn octets(&self) -> usize {
        let transition =
            if let What::Transition { transition, .. } = &self.what { transition.octets() } else { 0 };
        size_of::<Self>() + transition + self.sent.capacity() * size_of::<PacketId>()
    }

    /// The socket call that was made, and its result.
    #[must_use]
    pub const fn call(&self) -> Option<(&SocketCall, &CallResult)> {
        match &self.what {
            What::Transition { call: Some((call, result)), .. } | What::Call { call, result, .. } => {
                Some((call, result))
            }
            _ => None,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EnumDiscriminants)]
#[strum_discriminants(name(RecordKind), derive(Serialize, TS), serde(rename_all = "kebab-case"))]
#[strum_discriminants(doc = " The kinds of records.")]
#[expect(missing_docs, reason = "most fields say by their names what they are")]
pub enum What {
    /// An event of a TCB.
    Transition {
        /// The record of the TCB.
        transition: Rc<Transition>,
        /// The packet that arrived, if one did.
        packet: Option<PacketId>,
        /// The call that was made and its result, if there was one. If a call causes several transitions (closing a
        /// listener resets the connections in its backlog), the first one has it.
        call: Option<(SocketCall, CallResult)>,
        /// The call was made by the host's program, not by the learner.
        by_program: bool,
    },
    /// A call without an event of a TCB.
    Call {
        call: SocketCall,
        result: CallResult,
        /// It was made by the host's program, not by the learner.
        by_program: bool,
    },
    /// A packet arrived and was dropped because of a checksum or a header.
    Discarded { packet: PacketId, sending: Sending, error: WireError },
    /// A packet arrived at a host that is down.
    Unheard { packet: PacketId, sending: Sending },
    /// Something was done to a packet on the link; `copy` is the copy, if one was made.
    Verdict { packet: PacketId, sending: Sending, verdict: Verdict, by: By, copy: Option<PacketId> },
    /// The host lost its power and everything it knew.
    Crashed,
    /// The host is up again.
    Restarted,
    /// The cable was cut.
    CableCut,
    /// The cable was repaired.
    CableMended,
    /// A setting was changed.
    Setting(Setting),
}

/// A setting and its new value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "most fields say by their names what they are")]
pub enum Setting {
    /// How long a packet is on its way.
    Latency { from: HostId, latency: Duration },
    /// How many packets of a thousand are lost.
    Loss { from: HostId, per_mille: u16 },
    /// How many packets of a thousand arrive twice.
    Duplication { from: HostId, per_mille: u16 },
    /// A standing rule was added.
    RuleAdded(LinkRule),
    /// A standing rule was removed.
    RuleRemoved(LinkRule),
    /// All standing rules were removed.
    RulesCleared,
    /// The settings of the record's host.
    Config(Config),
    /// The rules that the record's host breaks.
    WhatIf(WhatIf),
    /// The program of the record's host.
    Program(Program),
}
