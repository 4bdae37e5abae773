//! The names of texts that are about nothing of the stack or the lab.

use serde::Serialize;
use strum::VariantArray;

/// What happens outside the state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the record of the same name")]
pub enum Deed {
    Call,
    CallWaits,
    CallFailed,
    Discarded,
    Unheard,
    Delivered,
    Dropped,
    Unreachable,
    Lost,
    LostInCable,
    LostInQueue,
    Delayed,
    Held,
    Released,
    Duplicated,
    Swapped,
    Corrupted,
    Crashed,
    Restarted,
    CableCut,
    CableMended,
    Setting,
}

/// What a record shows besides its rules: a signal to the application, or what became of the congestion window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is documented by its text")]
pub enum Remark {
    InTrouble,
    SlowStart,
    CongestionAvoidance,
    Collapsed,
    Halved,
    Inflated,
    PartlyRepaired,
    Repaired,
    Idle,
}

/// The parts from which sentences are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is documented by its text")]
pub enum Phrase {
    TheClient,
    TheServer,
    Minutes,
    Seconds,
    BetweenSentences,
    BetweenClauses,
    FullStop,
    Gloss,
    SegmentArrives,
    IcmpArrives,
    TimerExpires,
    ApplicationCalls,
    Sends,
    IsInState,
    ClauseState,
    ClauseDrop,
    ClauseSend,
    Told,
    ToldWithClause,
    ToldWithClauses,
    ToldThenClause,
    ToldThenClauses,
    ByLearner,
    ByRule,
    ByLink,
    ByCutCable,
    MarginAbove,
    MarginBelow,
    MarginEqual,
}
