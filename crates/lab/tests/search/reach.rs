//! Which rules the searches must reach, and why they cannot reach the others.

use std::collections::BTreeSet;

use tcp::Rule;

use crate::model::Opening;

/// The rules that every search reaches.
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

/// The rules that every search reaches if the server listens.
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

/// The rules that every search reaches if both connect.
const WHERE_BOTH_CONNECT: [Rule; 3] =
    [Rule::CloseSynReceivedQueued, Rule::SynSentRcvSyn, Rule::SynReceivedRcvSynAck];

/// The rules that a search with this opening must reach: those of all searches, those of the opening, and `more`.
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
        Rule::OpenActiveFromListen | Rule::OpenRefused | Rule::SendFromListen => {
            "each application opens once"
        }
        Rule::SendBufferFull
        | Rule::ProbeZeroWindow
        | Rule::SendSmallSegment
        | Rule::TextFillsHole
        | Rule::TextOutOfOrder
        | Rule::SackRepeatsHole => "the data is too short to fill a segment, a buffer or a window",
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
            "each application sends once, shuts down its direction, reads everything, and closes"
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
            "a SYN would have to arrive after a whole connection"
        }
        Rule::ListenRcvOther | Rule::WithoutAck => "every segment but a SYN or an RST has ACK",
        Rule::SynSentRcvBadAck
        | Rule::SynSentRcvBadAckRst
        | Rule::SynSentRcvOther
        | Rule::SynReceivedRcvBadAck
        | Rule::AckOfUnsent => "there was no connection before this one",
        Rule::SynSentRcvRst | Rule::SynSentRcvRstWithoutAck => "no SYN is refused",
        Rule::RstResets | Rule::RstChallenged => {
            "an RST comes only from a closed end, to an end that has received everything, with the next number"
        }
        Rule::AckTooOld => "all data fits into one window",
        Rule::IcmpOfNothingInFlight | Rule::IcmpSourceQuench | Rule::IcmpEndsConnection | Rule::IcmpNoted => {
            "the wire has no routers"
        }
        Rule::RetriesExhausted => "too little is lost for an end to give up",
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
