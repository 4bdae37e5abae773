//! The record of one event: everything the page, the explanations, the exports and the tests read.
//!
//! Every event of a TCB gives exactly one [`Transition`], even when nothing changes. It is complete: nothing is run
//! again to explain it. What changed in the TCB is not stored but derived, by comparing `before` and `after`.

use std::rc::Rc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::icmp::IcmpReport;
use super::rule::{Fired, Rule};
use super::segment::{Endpoint, Segment};
use super::seq::SeqNumber;
use super::state::State;
use super::tcb::Tcb;
use super::timer::{TimerKind, TimerReason};
use crate::time::Instant;

/// What can happen to one end of a connection (RFC 9293 §3.10): a call, a segment, a time-out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The application asks for something.
    Call(Call),
    /// A segment with a good checksum arrives.
    SegmentArrives(Segment),
    /// A timer expires.
    Timeout(TimerKind),
    /// A report arrives that a segment could not be passed on.
    IcmpArrives(IcmpReport),
}

/// The calls of RFC 9293 §3.10.1-3.10.5, with the two that the BSD interface splits off from CLOSE.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// Passive OPEN: listen().
    OpenPassive,
    /// Active OPEN: connect().
    OpenActive {
        /// The local end, fully specified.
        local: Endpoint,
        /// The remote end, fully specified.
        remote: Endpoint,
    },
    /// SEND: send(), write().
    Send {
        /// The data.
        data: Bytes,
        /// Where to, if the end still listens (RFC 9293 §3.10.2, LISTEN).
        remote: Option<Endpoint>,
    },
    /// RECEIVE of at most so many bytes: recv(), read().
    Receive {
        /// The size of the application's buffer.
        max_bytes: u32,
    },
    /// CLOSE in the sense of the RFC, "I have no more data to send": shutdown(SHUT_WR).
    Shutdown,
    /// shutdown(SHUT_RD): the application will read no more. Not a call of the RFC.
    ShutdownRead,
    /// close(): as `Shutdown`, and nobody is left to read (the half-duplex close of RFC 9293 §3.6.1, MAY-1).
    Close,
    /// ABORT: close() with SO_LINGER on and a time of zero.
    Abort,
    /// The settings of this connection have changed: setsockopt(). They come with every event; this one makes them
    /// take effect now.
    Configure,
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reply {
    /// It succeeded, or is under way.
    Ok,
    /// So many bytes were taken.
    Sent(u32),
    /// These bytes were handed over.
    Received(Bytes),
    /// The other end has closed and all was read: recv() returns 0.
    EndOfFile,
    /// Nothing could be done yet: the call would block.
    WouldBlock,
    /// The call is refused.
    Refused(CallError),
}

/// Why a call is refused, in the words of RFC 9293 §3.10. The host layer turns these into errno values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallError {
    /// "connection already exists"
    AlreadyExists,
    /// "connection does not exist"
    DoesNotExist,
    /// "connection closing"
    Closing,
    /// "remote socket unspecified"
    RemoteUnspecified,
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

/// A test the stack made on the way, with what it compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Check {
    /// Which test.
    pub test: Test,
    /// It held.
    pub passed: bool,
    /// What was compared, in the order the text names them.
    pub operands: Operands,
}

/// The tests, in the words of RFC 9293 §3.10. "Holds" is always the way that lets the segment go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// The RST bit is off.
    NotRst,
    /// The ACK bit is on.
    HasAck,
    /// The ACK bit is off (LISTEN: nothing can be acknowledged yet).
    NotAck,
    /// The SYN bit is on.
    HasSyn,
    /// The SYN bit is off.
    NotSyn,
    /// The FIN bit is on.
    HasFin,
    /// The backlog has room.
    BacklogHasRoom,
    /// SYN-SENT: ISS < SEG.ACK =< SND.NXT.
    AckOfOurSyn,
    /// It carries timestamps, as agreed.
    HasTimestamps,
    /// SEG.TSval >= TS.Recent.
    TimestampNotTooOld,
    /// The segment overlaps the receive window.
    InWindow,
    /// SEG.SEQ = RCV.NXT: an RST is believed only then.
    RstExact,
    /// SND.UNA - MAX.SND.WND =< SEG.ACK.
    AckNotTooOld,
    /// SEG.ACK =< SND.NXT.
    AckNotBeyondSent,
    /// SND.UNA < SEG.ACK =< SND.NXT: it acknowledges something new.
    AckIsNew,
    /// The window it carries is newer than the one known (SND.WL1, SND.WL2).
    WindowIsNewer,
    /// SEG.ACK covers our FIN.
    CoversOurFin,
    /// The text begins at RCV.NXT.
    TextIsNext,
    /// The FIN's number is RCV.NXT: nothing is missing before it.
    FinIsNext,
    /// The retry limit R2 is not reached.
    RetriesLeft,
    /// Nothing that the application has not read.
    NothingUnread,
    /// Nothing waits to be sent.
    NothingQueued,
    /// The usable window has room.
    WindowOpen,
    /// The timestamp of a SYN is later than those of the connection that is in TIME-WAIT.
    SynTimeIsNewer,
    /// SEG.SEQ lies beyond all numbers of the connection that is in TIME-WAIT.
    SynIsNewer,
    /// Congestion control lets more be in flight.
    NetworkHasRoom,
    /// Nothing is unacknowledged: a small segment may go (Nagle).
    NothingInFlight,
    /// Fewer doubtful segments were answered lately than the limit allows.
    ChallengesLeft,
    /// The segment that a report quotes is in flight.
    QuotesWhatIsInFlight,
    /// SEG.ACK is a cookie that this listener gave, and one more.
    CookieIsOurs,
}

impl Test {
    /// Every test, in order.
    pub const ALL: [Self; 30] = [
        Self::NotRst,
        Self::HasAck,
        Self::NotAck,
        Self::HasSyn,
        Self::NotSyn,
        Self::HasFin,
        Self::BacklogHasRoom,
        Self::AckOfOurSyn,
        Self::HasTimestamps,
        Self::TimestampNotTooOld,
        Self::InWindow,
        Self::RstExact,
        Self::AckNotTooOld,
        Self::AckNotBeyondSent,
        Self::AckIsNew,
        Self::WindowIsNewer,
        Self::CoversOurFin,
        Self::TextIsNext,
        Self::FinIsNext,
        Self::RetriesLeft,
        Self::NothingUnread,
        Self::NothingQueued,
        Self::WindowOpen,
        Self::SynTimeIsNewer,
        Self::SynIsNewer,
        Self::NetworkHasRoom,
        Self::NothingInFlight,
        Self::ChallengesLeft,
        Self::QuotesWhatIsInFlight,
        Self::CookieIsOurs,
    ];
}

/// A variable of RFC 9293 §3.3.1, or a count, that a check compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Var {
    /// First number of the segment; in the other end's sequence space.
    #[serde(rename = "SEG.SEQ")]
    SegSeq,
    /// Acknowledgement number; in our sequence space.
    #[serde(rename = "SEG.ACK")]
    SegAck,
    /// Numbers the segment uses: a count.
    #[serde(rename = "SEG.LEN")]
    SegLen,
    /// The window it carries: a count of octets.
    #[serde(rename = "SEG.WND")]
    SegWnd,
    /// TSval: the time it was sent, by the other end's clock.
    #[serde(rename = "SEG.TSval")]
    SegTsval,
    /// The latest timestamp that came in turn; by the other end's clock.
    #[serde(rename = "TS.Recent")]
    TsRecent,
    /// The first number of the segment that a report quotes; ours.
    #[serde(rename = "ICMP.SEQ")]
    QuotedSeq,
    /// Oldest unacknowledged number; ours.
    #[serde(rename = "SND.UNA")]
    SndUna,
    /// Next number to send; ours.
    #[serde(rename = "SND.NXT")]
    SndNxt,
    /// The window the other end allows us.
    #[serde(rename = "SND.WND")]
    SndWnd,
    /// SEG.SEQ of the last window update; the other end's space.
    #[serde(rename = "SND.WL1")]
    SndWl1,
    /// SEG.ACK of the last window update; ours.
    #[serde(rename = "SND.WL2")]
    SndWl2,
    /// The largest window the other end ever allowed.
    #[serde(rename = "MAX.SND.WND")]
    MaxSndWnd,
    /// Our initial sequence number.
    #[serde(rename = "ISS")]
    Iss,
    /// The number of our FIN.
    #[serde(rename = "FIN")]
    FinSeq,
    /// The other end's initial sequence number.
    #[serde(rename = "IRS")]
    Irs,
    /// Next number expected; the other end's space.
    #[serde(rename = "RCV.NXT")]
    RcvNxt,
    /// Our receive window.
    #[serde(rename = "RCV.WND")]
    RcvWnd,
    /// How often it was sent again: a count.
    #[serde(rename = "retries")]
    Retries,
    /// The limit of that count.
    #[serde(rename = "limit")]
    RetryLimit,
    /// Doubtful segments answered lately: a count.
    #[serde(rename = "answered")]
    Answered,
    /// cwnd: how many octets congestion control lets be in flight.
    #[serde(rename = "CWND")]
    Cwnd,
    /// ssthresh: where slow start ends.
    #[serde(rename = "SSTHRESH")]
    Ssthresh,
    /// Bytes waiting: a count.
    #[serde(rename = "bytes")]
    Bytes,
    /// Connections waiting in the backlog: a count.
    #[serde(rename = "waiting")]
    Waiting,
    /// How many the backlog holds: a count.
    #[serde(rename = "backlog")]
    Backlog,
}

/// Whose numbers a variable is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Space {
    /// Counted from ISS.
    Ours,
    /// Counted from IRS.
    Theirs,
    /// Not a sequence number.
    Count,
}

impl Var {
    /// The sequence space it lives in.
    #[must_use]
    pub const fn space(self) -> Space {
        match self {
            Self::SegAck
            | Self::QuotedSeq
            | Self::SndUna
            | Self::SndNxt
            | Self::SndWl2
            | Self::Iss
            | Self::FinSeq => Space::Ours,
            Self::SegSeq | Self::SndWl1 | Self::Irs | Self::RcvNxt => Space::Theirs,
            Self::SegLen
            | Self::SegWnd
            | Self::SegTsval
            | Self::TsRecent
            | Self::SndWnd
            | Self::MaxSndWnd
            | Self::RcvWnd
            | Self::Retries
            | Self::RetryLimit
            | Self::Answered
            | Self::Cwnd
            | Self::Ssthresh
            | Self::Bytes
            | Self::Waiting
            | Self::Backlog => Space::Count,
        }
    }

    /// The name in the RFC's spelling.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SegSeq => "SEG.SEQ",
            Self::SegAck => "SEG.ACK",
            Self::SegLen => "SEG.LEN",
            Self::SegWnd => "SEG.WND",
            Self::SegTsval => "SEG.TSval",
            Self::QuotedSeq => "ICMP.SEQ",
            Self::TsRecent => "TS.Recent",
            Self::SndUna => "SND.UNA",
            Self::SndNxt => "SND.NXT",
            Self::SndWnd => "SND.WND",
            Self::SndWl1 => "SND.WL1",
            Self::SndWl2 => "SND.WL2",
            Self::MaxSndWnd => "MAX.SND.WND",
            Self::Iss => "ISS",
            Self::FinSeq => "FIN",
            Self::Irs => "IRS",
            Self::RcvNxt => "RCV.NXT",
            Self::RcvWnd => "RCV.WND",
            Self::Retries => "retries",
            Self::RetryLimit => "limit",
            Self::Answered => "answered",
            Self::Cwnd => "CWND",
            Self::Ssthresh => "SSTHRESH",
            Self::Bytes => "bytes",
            Self::Waiting => "waiting",
            Self::Backlog => "backlog",
        }
    }
}

/// Up to four named values. A fixed array, because every segment makes several checks and all of them are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Operands {
    // Names and values apart: a third less to keep than pairs, which would be padded.
    names: [Option<Var>; 4],
    values: [u32; 4],
}

impl Operands {
    pub(super) fn new(values: &[(Var, u32)]) -> Self {
        let mut operands = Self::default();
        for (i, (name, value)) in values.iter().enumerate().take(4) {
            operands.names[i] = Some(*name);
            operands.values[i] = *value;
        }
        operands
    }

    /// The values in order.
    pub fn iter(&self) -> impl Iterator<Item = (Var, u32)> + '_ {
        self.names.into_iter().flatten().zip(self.values)
    }

    /// The value of `var`, if it was compared.
    #[must_use]
    pub fn value(&self, var: Var) -> Option<u32> {
        self.iter().find(|&(v, _)| v == var).map(|(_, value)| value)
    }
}

/// The record of one event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Transition {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub cause: Event,
    /// The tests made, in the order of the RFC.
    pub checks: Vec<Check>,
    /// The rules that fired, in order; never empty.
    pub fired: Vec<Fired>,
    /// What was done, in order.
    pub effects: Vec<Effect>,
    /// The TCB before the event.
    pub before: Rc<Tcb>,
    /// The TCB after it; the same `Rc` if nothing changed.
    pub after: Rc<Tcb>,
}

impl Transition {
    /// The rule to name when one must be named: the last that changed the state, else the last that fired.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.headline().rule
    }

    /// The same with the step it made.
    #[must_use]
    pub fn headline(&self) -> Fired {
        let changed = self.fired.iter().rev().find(|fired| fired.from != fired.to);
        *changed.or(self.fired.last()).expect("step() fires at least one rule")
    }

    /// The state before.
    #[must_use]
    pub fn from(&self) -> State {
        self.before.state
    }

    /// The state after.
    #[must_use]
    pub fn to(&self) -> State {
        self.after.state
    }

    /// The segment that caused it, if a segment did.
    #[must_use]
    pub const fn segment(&self) -> Option<&Segment> {
        match &self.cause {
            Event::SegmentArrives(segment) => Some(segment),
            Event::Call(_) | Event::Timeout(_) | Event::IcmpArrives(_) => None,
        }
    }

    /// The segments sent, with the reasons.
    pub fn sent(&self) -> impl Iterator<Item = (&Segment, SendReason)> {
        sent(&self.effects)
    }

    /// The reasons for which the segment was thrown away.
    pub fn dropped(&self) -> impl Iterator<Item = DropReason> + '_ {
        self.effects.iter().filter_map(|effect| match effect {
            Effect::Drop(reason) => Some(*reason),
            _ => None,
        })
    }

    /// The answer to the call that caused it.
    #[must_use]
    pub fn reply(&self) -> Option<&Reply> {
        reply(&self.effects)
    }

    /// What the application learnt.
    pub fn signals(&self) -> impl Iterator<Item = Signal> + '_ {
        signals(&self.effects)
    }

    /// The check named `test`, if it was made.
    #[must_use]
    pub fn check(&self, test: Test) -> Option<&Check> {
        self.checks.iter().find(|check| check.test == test)
    }

    /// The TCB is gone.
    #[must_use]
    pub fn deletes_tcb(&self) -> bool {
        self.effects.contains(&Effect::DeleteTcb)
    }

    /// The numbers that changed: name, before, after. What the TCB panel marks.
    #[must_use]
    pub fn changed(&self) -> Vec<(Var, SeqNumber, SeqNumber)> {
        let pairs = self.before.variables().zip(self.after.variables());
        pairs.filter(|(b, a)| b.1 != a.1).map(|(b, a)| (b.0, SeqNumber(b.1), SeqNumber(a.1))).collect()
    }
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
