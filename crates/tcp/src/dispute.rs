//! Questions on which good stacks disagree. Each is a setting in [`crate::Config`] whose default follows RFC 9293. The
//! course tells for each question which stacks do it differently.

use serde::Serialize;
use strum::VariantArray;

use crate::check::Test;
use crate::rule::Rule;
use crate::segment::Control;
use crate::state::State;
use crate::tcb::Reader;
use crate::transition::Transition;

/// A question on which good stacks disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Dispute {
    /// SYN,ACK at LISTEN: RST or silence.
    SynAckAtListen,
    /// A wrong acknowledgement in SYN-SENT: when the SYN is sent again.
    BadAckInSynSent,
    /// FIN in FIN-WAIT-1: whether the acknowledgement carries our own FIN once more.
    FinInFinWait1,
    /// RST in TIME-WAIT: it ends TIME-WAIT, or is ignored.
    RstInTimeWait,
    /// SYN in TIME-WAIT: a challenge, a new connection, or RST.
    SynInTimeWait,
    /// SYN on an open connection: it is challenged, or ends the connection.
    SynWhenOpen,
    /// RST in a SYN-RECEIVED that began with connect(): which error.
    RstWhileOpening,
    /// RST in CLOSE-WAIT: which error.
    RstInCloseWait,
    /// close() with data unread: RST or FIN.
    UnreadData,
    /// Text after shutdown(SHUT_RD): dropped or kept.
    TextAfterShutdown,
    /// SYN and FIN in one segment: both count, or the segment is dropped.
    SynWithFin,
    /// The acknowledgement of a FIN: at once or later.
    AckOfFin,
    /// How long the repeats of a SYN wait.
    SynRetries,
    /// Text with a SYN: kept or ignored.
    TextOnSyn,
}

impl Dispute {
    /// The question that `transition` answers in one way or another.
    #[must_use]
    #[expect(clippy::wildcard_enum_match_arm, reason = "most rules are not in dispute")]
    pub fn of(transition: &Transition) -> Option<Self> {
        let fired = transition.headline();
        let has = |bit| transition.segment().is_some_and(|segment| segment.has(bit));
        let has_text = transition.segment().is_some_and(|segment| !segment.text.is_empty());
        let left_unread = transition.check(Test::NothingUnread).is_some_and(|check| !check.passed);
        match fired.rule {
            Rule::ListenRcvAck if has(Control::SYN) => Some(Self::SynAckAtListen),
            Rule::ListenIgnoresSynAck => Some(Self::SynAckAtListen),
            Rule::ListenRcvSyn if has(Control::FIN) => Some(Self::SynWithFin),
            Rule::SynFinDropped => Some(Self::SynWithFin),
            Rule::ListenRcvSyn | Rule::SynSentRcvSyn | Rule::SynSentRcvSynAck if has_text => {
                Some(Self::TextOnSyn)
            }
            Rule::TextOnSynIgnored => Some(Self::TextOnSyn),
            Rule::SynSentRcvBadAck | Rule::SynAgainAtOnce => Some(Self::BadAckInSynSent),
            Rule::FinWait1RcvFin | Rule::FinAgainWithAck => Some(Self::FinInFinWait1),
            Rule::RstEndsClosing if fired.from == State::TimeWait => Some(Self::RstInTimeWait),
            Rule::TimeWaitIgnoresRst => Some(Self::RstInTimeWait),
            Rule::TimeWaitGivesWay | Rule::TimeWaitRefusesSyn => Some(Self::SynInTimeWait),
            Rule::SynChallenged | Rule::SynResets if fired.from == State::TimeWait => {
                Some(Self::SynInTimeWait)
            }
            Rule::SynChallenged | Rule::SynResets => Some(Self::SynWhenOpen),
            Rule::SynReceivedRcvRstActive => Some(Self::RstWhileOpening),
            Rule::RstResets if fired.from == State::CloseWait => Some(Self::RstInCloseWait),
            Rule::CloseWithUnreadData => Some(Self::UnreadData),
            Rule::CloseEstablished | Rule::CloseCloseWait | Rule::CloseOrphans if left_unread => {
                Some(Self::UnreadData)
            }
            Rule::TextAfterShutdownRead => Some(Self::TextAfterShutdown),
            Rule::TextInOrder if transition.before.reader == Reader::Shut => Some(Self::TextAfterShutdown),
            Rule::EstablishedRcvFin => Some(Self::AckOfFin),
            Rule::RetransmitSyn => Some(Self::SynRetries),
            _ => None,
        }
    }
}
