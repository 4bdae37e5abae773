//! What an event does: the segments it sends and why, the segments it drops and why, the timers it sets.

use serde::{Deserialize, Serialize};

use crate::segment::Segment;
use crate::time::Instant;
use crate::timer::{TimerKind, TimerReason};
use crate::user_calls::Reply;

/// What an event did, in the order in which it was done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// A segment left.
    Send {
        /// The segment.
        segment: Segment,
        /// Why.
        why: SendReason,
    },
    /// So many bytes became readable.
    Deliver {
        /// How many.
        bytes: u32,
    },
    /// The application learns something.
    Signal(Signal),
    /// A timer was set (or set anew).
    ArmTimer {
        /// Which.
        kind: TimerKind,
        /// When it expires.
        at: Instant,
        /// Why.
        why: TimerReason,
    },
    /// A running timer was stopped.
    StopTimer {
        /// Which.
        kind: TimerKind,
        /// Why.
        why: TimerReason,
    },
    /// The segment was thrown away.
    Drop(DropReason),
    /// The TCB is gone.
    DeleteTcb,
    /// The call's answer.
    Reply(Reply),
}

/// Why a segment is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SendReason {
    /// To open: SYN.
    Open,
    /// To answer a SYN: SYN,ACK.
    AcceptOpen,
    /// New data.
    Data,
    /// No more data will follow: FIN.
    Close,
    /// To acknowledge.
    Acknowledge,
    /// The retransmission timer expired.
    Retransmission,
    /// Three duplicate acknowledgements showed that it was lost.
    FastRetransmit,
    /// SACK showed that it was lost as well.
    SackRetransmit,
    /// A partial acknowledgement showed that the next segment was lost as well.
    PartialAck,
    /// To probe a shut window.
    WindowProbe,
    /// To ask whether the other end is still there.
    KeepaliveProbe,
    /// The application has read, and the window opened enough to say so.
    WindowUpdate,
    /// To ask the sender of a doubtful segment whether it is who it says (RFC 5961).
    Challenge,
    /// To answer a segment that belongs to no connection, or that proves the other end wrong.
    Reset,
    /// The application aborts.
    Abort,
}

impl SendReason {
    /// Every reason.
    pub const ALL: [Self; 15] = [
        Self::Open,
        Self::AcceptOpen,
        Self::Data,
        Self::Close,
        Self::Acknowledge,
        Self::Retransmission,
        Self::FastRetransmit,
        Self::SackRetransmit,
        Self::PartialAck,
        Self::WindowProbe,
        Self::KeepaliveProbe,
        Self::WindowUpdate,
        Self::Challenge,
        Self::Reset,
        Self::Abort,
    ];
}

/// Why a segment, or the part of it that matters, is thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropReason {
    /// An RST where there is no connection.
    RstAtClosed,
    /// There is no connection.
    NoConnection,
    /// An RST at a listening end.
    RstAtListen,
    /// An acknowledgement at a listening end.
    AckAtListen,
    /// Neither SYN, ACK nor RST at a listening end.
    NotASyn,
    /// No room in the backlog.
    BacklogFull,
    /// It acknowledges something never sent.
    AckUnacceptable,
    /// An RST without the acknowledgement that would prove it.
    RstUnproven,
    /// Neither SYN nor RST while a SYN,ACK is awaited.
    NeitherSynNorRst,
    /// No timestamps, although both ends agreed on them.
    TimestampMissing,
    /// Its timestamp is older than what came before it.
    TimestampTooOld,
    /// Its numbers lie outside the receive window.
    OutsideWindow,
    /// An RST inside the window whose number is not the next expected.
    RstNotExact,
    /// An RST in TIME-WAIT, ignored by RFC 1337.
    RstInTimeWait,
    /// A SYN on an open connection.
    SynInWindow,
    /// No ACK bit.
    NoAck,
    /// It acknowledges something long past.
    AckTooOld,
    /// Text after the application closed its reading side.
    ReadShut,
    /// Text after the other end's FIN.
    TextAfterFin,
    /// Text and FIN were received before.
    AlreadyReceived,
    /// SYN and FIN at once, which this host takes from nobody.
    SynWithFin,
    /// Text that came with a SYN, which this host leaves for later.
    TextOnSyn,
}

impl DropReason {
    /// Every reason, in order.
    pub const ALL: [Self; 22] = [
        Self::RstAtClosed,
        Self::NoConnection,
        Self::RstAtListen,
        Self::AckAtListen,
        Self::NotASyn,
        Self::BacklogFull,
        Self::AckUnacceptable,
        Self::RstUnproven,
        Self::NeitherSynNorRst,
        Self::TimestampMissing,
        Self::TimestampTooOld,
        Self::OutsideWindow,
        Self::RstNotExact,
        Self::RstInTimeWait,
        Self::SynInWindow,
        Self::NoAck,
        Self::AckTooOld,
        Self::ReadShut,
        Self::TextAfterFin,
        Self::AlreadyReceived,
        Self::SynWithFin,
        Self::TextOnSyn,
    ];
}

/// What the application learns without asking: the `signal the user` of the RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// The connection is open.
    Established,
    /// The other end has no more to send: end of file.
    PeerClosed,
    /// "connection reset"
    Reset,
    /// "connection reset" after the other end's FIN, where this is reported as a broken pipe.
    BrokenPipe,
    /// "connection refused"
    Refused,
    /// R1 is reached: a segment was repeated several times and nobody answers (RFC 9293 §3.8.3, SHLD-9).
    InTrouble,
    /// The retry limit or the user time-out is reached.
    TimedOut,
    /// It ended because there is no way to the other end's network, as was reported.
    NetUnreachable,
    /// It ended because there is no way to the other end, as was reported.
    HostUnreachable,
}

/// The segments sent among `effects`, with the reasons.
pub fn sent(effects: &[Effect]) -> impl Iterator<Item = (&Segment, SendReason)> {
    effects.iter().filter_map(|effect| match effect {
        Effect::Send { segment, why } => Some((segment, *why)),
        _ => None,
    })
}

/// The answer to a call among `effects`.
#[must_use]
pub fn reply(effects: &[Effect]) -> Option<&Reply> {
    effects.iter().find_map(|effect| match effect {
        Effect::Reply(reply) => Some(reply),
        _ => None,
    })
}

/// What the application learnt by `effects`.
pub fn signals(effects: &[Effect]) -> impl Iterator<Item = Signal> + '_ {
    effects.iter().filter_map(|effect| match effect {
        Effect::Signal(signal) => Some(*signal),
        _ => None,
    })
}
