//! What an event does: the segments it sends and why, the segments it drops and why, the timers it sets.

use serde::{Deserialize, Serialize};
use strum::VariantArray;
use ts_rs::TS;

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
    /// Bytes became readable.
    Deliver {
        /// How many.
        bytes: u32,
    },
    /// The application is told something.
    Signal(Signal),
    /// A timer was set, or set again while it was running.
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
    /// The reply to a call.
    Reply(Reply),
}

/// Why a segment is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, VariantArray)]
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
    /// SACK showed that it was lost too.
    SackRetransmit,
    /// A partial acknowledgement showed that the next segment was lost too.
    PartialAck,
    /// To ask whether a closed window has opened.
    WindowProbe,
    /// To ask whether the other end is still there.
    KeepaliveProbe,
    /// The application has read, and the window grew enough to report it.
    WindowUpdate,
    /// To make the sender of a doubtful segment prove that it is the other end (challenge ACK, RFC 5961).
    Challenge,
    /// To answer a segment that belongs to no connection, or that shows that the other end is wrong about this one.
    Reset,
    /// The application aborts.
    Abort,
}

/// Why a segment, or a part of it, is dropped.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, VariantArray,
)]
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
    /// A segment without SYN, ACK or RST at a listening end.
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
    /// It acknowledges something very old.
    AckTooOld,
    /// Text after the application closed its reading side.
    ReadShut,
    /// Text after the other end's FIN.
    TextAfterFin,
    /// Text and FIN were received before.
    AlreadyReceived,
    /// SYN and FIN in one segment, which this host never accepts.
    SynWithFin,
    /// Text that came with a SYN. This host ignores it; the other end sends it again.
    TextOnSyn,
}

/// What the application is told without asking: "signal the user" in the RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "SignalName")]
pub enum Signal {
    /// The connection is open.
    Established,
    /// The other end has no more to send: end of file.
    PeerClosed,
    /// "connection reset"
    Reset,
    /// "connection reset" after the other end's FIN, on a host that reports this as a broken pipe.
    BrokenPipe,
    /// "connection refused"
    Refused,
    /// R1 is reached: a segment was sent several times without an answer (RFC 9293 §3.8.3, SHLD-9).
    InTrouble,
    /// The retry limit or the user time-out is reached.
    TimedOut,
    /// The connection ended, and ICMP had reported that the other end's network cannot be reached.
    NetUnreachable,
    /// The connection ended, and ICMP had reported that the other end cannot be reached.
    HostUnreachable,
}

/// The segments sent among `effects`, with the reasons.
pub fn sent(effects: &[Effect]) -> impl Iterator<Item = (&Segment, SendReason)> {
    effects.iter().filter_map(|effect| {
        if let Effect::Send { segment, why } = effect { Some((segment, *why)) } else { None }
    })
}

/// The reply to a call among `effects`.
#[must_use]
pub fn reply(effects: &[Effect]) -> Option<&Reply> {
    effects.iter().find_map(|effect| if let Effect::Reply(reply) = effect { Some(reply) } else { None })
}

/// What the application was told, among `effects`.
pub fn signals(effects: &[Effect]) -> impl Iterator<Item = Signal> + '_ {
    effects.iter().filter_map(|effect| if let Effect::Signal(signal) = effect { Some(*signal) } else { None })
}
