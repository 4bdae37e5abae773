//! Stand-in until branch `host` is merged: only the types the scenario files and the course read.
#![expect(missing_docs, reason = "stand-in")]

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::host::{CallResult, HostId, SocketCall, SocketId};
use crate::tcp::Transition;
use crate::time::{Duration, Instant};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PacketId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Deliver,
    Drop,
    Delay(Duration),
    Hold,
    Release,
    Duplicate,
    Swap,
    Corrupt { byte: Option<u16> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRule {
    pub from: HostId,
    #[serde(default)]
    pub matches: Match,
    pub nth: u32,
    pub verdict: Verdict,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Match {
    pub syn: Option<bool>,
    pub ack: Option<bool>,
    pub fin: Option<bool>,
    pub rst: Option<bool>,
    pub text: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireError {
    Truncated,
    NotIpv4,
    BadIpHeaderLength,
    BadTotalLength,
    Fragment,
    BadIpChecksum,
    NotTcp,
    BadDataOffset,
    BadTcpChecksum { found: u16, expected: u16 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Learner,
    Rule,
    Loss,
    CutCable,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub id: u32,
    pub at: Instant,
    pub host: Option<HostId>,
    pub socket: Option<SocketId>,
    pub what: What,
    pub sent: Vec<PacketId>,
}

#[derive(Clone, Debug)]
pub enum What {
    Transition {
        transition: Rc<Transition>,
        packet: Option<PacketId>,
        call: Option<(SocketCall, CallResult)>,
        by_program: bool,
    },
    Call {
        call: SocketCall,
        result: CallResult,
        by_program: bool,
    },
    Discarded {
        packet: PacketId,
        error: WireError,
    },
    Unheard {
        packet: PacketId,
    },
    Verdict {
        packet: PacketId,
        verdict: Verdict,
        by: By,
        copy: Option<PacketId>,
    },
    Crashed,
    Restarted,
    CableCut,
    CableMended,
    Setting,
}
