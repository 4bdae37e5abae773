//! Which rules the searches must reach, and why the others cannot be reached by them.

use std::collections::BTreeSet;

use tcp::Rule;

use crate::model::Opening;

/// What every search reaches.
const ALWAYS: [Rule; 28] = [
    Rule::OpenActive,
    Rule::SendQueued,
    Rule::SendAccepted,
    Rule::ReceiveDelivers,
    Rule::ReceiveEndOfFile,
    Rule::CloseEstablished,
    Rule::CloseCloseWait,
    Rule::CloseOrphans,
    Rule::SynSentRcvSynAck,
    Rule::OutsideWindow,
    Rule::TimeWaitRcvFin,
    Rule::RepeatedFin,
    Rule::SynReceivedRcvAck,
    Rule::AckAdvances,
    Rule::AckDuplicate,
    Rule::FinWait1RcvAckOfFin,
    Rule::ClosingRcvAckOfFin,
    Rule::LastAckRcvAckOfFin,
    Rule::TimeWaitRcvAck,
    Rule::TextInOrder,
    Rule::FinBehindHole,
    Rule::EstablishedRcvFin,
    Rule::FinWait1RcvFin,
    Rule::FinWait1RcvFinAck,
    Rule::FinWait2RcvFin,
    Rule::RetransmitData,
    Rule::RetransmitFin,
    Rule::TimeWaitExpires,
];

/// What every search reaches in which the server listens.
const WHERE_ONE_LISTENS: [Rule; 9] = [
    Rule::OpenPassive,
    Rule::ClosedRcvAck,
    Rule::ListenRcvAck,
    Rule::ListenRcvSyn,
    Rule::SynReceivedRcvSynAgain,
    Rule::SynAckAgain,
    Rule::RstEndsClosing,
    Rule::RetransmitSyn,
    Rule::RetransmitSynAck,
];

/// What every search reaches in which both connect.
const WHERE_BOTH_CONNECT: [Rule; 3] =
    [Rule::CloseSynReceivedQueued, Rule::SynSentRcvSyn, Rule::SynReceivedRcvSynAck];

/// What a search with this opening must reach: what all of them do, what its opening brings, and `more`.
pub(crate) fn expected(opening: Opening, more: &[Rule]) -> BTreeSet<Rule> {
    let of_the_opening: &[Rule] = match opening {
        Opening::Passive => &WHERE_ONE_LISTENS,
        Opening::Simultaneous => &WHERE_BOTH_CONNECT,
    };
    [&ALWAYS, of_the_opening, more].concat().into_iter().collect()
}

/// Why no search can reach `rule`; None if one must.
pub(crate) const fn out_of_reach(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::OpenActiveFromListen | Rule::OpenRefused | Rule::SendFromListen => "nobody opens twice",
        Rule::SendBufferFull
        | Rule::ProbeZeroWindow
        | Rule::SendSmallSegment
        | Rule::TextFillsHole
        | Rule::TextOutOfOrder
        | Rule::SackRepeatsHole => "each says less than fills a segment, a buffer or a window",
        Rule::SendAfterClose
        | Rule::SendWithoutConnection
        | Rule::ReceiveWaits
        | Rule::ReceiveAfterShutdown
        | Rule::ReceiveWithoutConnection
        | Rule::ShutdownRead
        | Rule::TextAfterShutdownRead
        | Rule::CloseListen
        | Rule::CloseSynSent
        | Rule::CloseSynReceived
        | Rule::CloseAgain
        | Rule::CloseWithoutConnection
        | Rule::CloseWithUnreadData
        | Rule::TextAfterClose
        | Rule::TextAfterFin
        | Rule::AbortSendsReset
        | Rule::AbortSilently
        | Rule::AbortWithoutConnection => {
            "each speaks once, then finishes, reads all there is to read, and closes"
        }
        Rule::OptionsApplied => "no setting changes",
        Rule::SynFinDropped
        | Rule::ListenIgnoresSynAck
        | Rule::TextOnSynIgnored
        | Rule::SynAgainAtOnce
        | Rule::FinAgainWithAck
        | Rule::ListenSynCookie
        | Rule::ListenRcvCookie
        | Rule::TimestampMissing
        | Rule::TimestampTooOld
        | Rule::TimeWaitIgnoresRst
        | Rule::TimeWaitGivesWay
        | Rule::TimeWaitRefusesSyn
        | Rule::SynResets
        | Rule::AckDelayed
        | Rule::DelayedAckExpires
        | Rule::NagleWaits
        | Rule::ProbeKeepalive
        | Rule::KeepaliveExhausted
        | Rule::UserTimeoutExpires
        | Rule::FinWait2Expires => "a setting that is off",
        Rule::ListenBacklogFull | Rule::ChallengeLimited => "there are too few packets to exceed a limit",
        Rule::ClosedRcvWithoutAck | Rule::SynReceivedRcvRstPassive | Rule::SynReceivedRcvRstActive => {
            "a SYN would have to be overtaken by a whole connection"
        }
        Rule::ListenRcvOther | Rule::WithoutAck => "whatever is no SYN has ACK or is an RST",
        Rule::SynSentRcvBadAck
        | Rule::SynSentRcvBadAckRst
        | Rule::SynSentRcvOther
        | Rule::SynReceivedRcvBadAck
        | Rule::AckOfUnsent => "there was no connection before this one",
        Rule::SynSentRcvRst | Rule::SynSentRcvRstWithoutAck => "nobody refuses",
        Rule::RstResets | Rule::RstChallenged => {
            "an RST comes from an end that has closed, to one that has nothing left to learn, with its next number"
        }
        Rule::AckTooOld => "all that is said fits into one window",
        Rule::IcmpOfNothingInFlight | Rule::IcmpSourceQuench | Rule::IcmpEndsConnection | Rule::IcmpNoted => {
            "the wire has no routers"
        }
        Rule::RetriesExhausted => "so little is lost that nobody gives up",
        Rule::SpuriousTimeout => "only timers that run expire",
        Rule::ListenRcvSynTwoWay
        | Rule::SynSentRcvSynAckTwoWay
        | Rule::ClosedRcvSynAckTwoWay
        | Rule::SkipTimeWait
        | Rule::CloseWaitForgets => "a rule broken on purpose",
        Rule::OpenPassive
        | Rule::OpenActive
        | Rule::SendQueued
        | Rule::SendAccepted
        | Rule::ReceiveDelivers
        | Rule::ReceiveEndOfFile
        | Rule::CloseSynReceivedQueued
        | Rule::CloseEstablished
        | Rule::CloseCloseWait
        | Rule::CloseOrphans
        | Rule::ClosedRcvRst
        | Rule::ClosedRcvAck
        | Rule::ListenRcvRst
        | Rule::ListenRcvAck
        | Rule::ListenRcvSyn
        | Rule::SynSentRcvSynAck
        | Rule::SynSentRcvSyn
        | Rule::OutsideWindow
        | Rule::KeepaliveAnswered
        | Rule::OutsideWindowRst
        | Rule::SynReceivedRcvSynAgain
        | Rule::SynReceivedRcvSynAck
        | Rule::TimeWaitRcvFin
        | Rule::SynAckAgain
        | Rule::RepeatedFin
        | Rule::RstEndsClosing
        | Rule::SynChallenged
        | Rule::SynReceivedRcvAck
        | Rule::AckAdvances
        | Rule::AckDuplicate
        | Rule::FastRetransmit
        | Rule::AckMovesWindow
        | Rule::FinWait1RcvAckOfFin
        | Rule::ClosingRcvAckOfFin
        | Rule::LastAckRcvAckOfFin
        | Rule::TimeWaitRcvAck
        | Rule::TextInOrder
        | Rule::FinBehindHole
        | Rule::EstablishedRcvFin
        | Rule::FinWait1RcvFin
        | Rule::FinWait1RcvFinAck
        | Rule::FinWait2RcvFin
        | Rule::RetransmitSyn
        | Rule::RetransmitSynAck
        | Rule::RetransmitData
        | Rule::RetransmitFin
        | Rule::TimeWaitExpires => return None,
    })
}
