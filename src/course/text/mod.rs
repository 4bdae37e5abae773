//! The words, apart from the logic: one file of rules and one of short texts a language.
//!
//! Every function is an exhaustive match on an enum of the layers below, so a rule without a text does not compile.
//! Templates name what they need of the run in braces, see [`super::template`].

pub(super) mod en;
pub(super) mod zh;

use super::Lang;
use crate::host::Errno;
use crate::tcp::{DropReason, Rule, SendReason, Signal, State, Test, TimerKind, TimerReason};
use crate::wire::WireError;

/// The explanation of a rule, or of a deed, as templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// A few words.
    pub title: &'static str,
    /// What happened, in this run's numbers. What arrived or was called is said before it.
    pub happened: &'static str,
    /// The rule.
    pub why: &'static str,
    /// What would happen without it.
    pub otherwise: &'static str,
}

impl RuleText {
    /// The four parts by name.
    #[must_use]
    pub const fn parts(&self) -> [(&'static str, &'static str); 4] {
        [("title", self.title), ("happened", self.happened), ("why", self.why), ("otherwise", self.otherwise)]
    }
}

/// A state (claim C40).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateText {
    /// Its name in the notes' words.
    pub name: &'static str,
    /// What an end in this state waits for.
    pub waits: &'static str,
    /// When one meets it.
    pub seen: &'static str,
}

/// A test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestText {
    /// What is asked.
    pub question: &'static str,
    /// The outcome that lets the segment go on.
    pub passed: &'static str,
    /// The other outcome.
    pub failed: &'static str,
}

/// An edge of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeText {
    /// What makes a connection take it.
    pub event: &'static str,
    /// What it does then; may be empty.
    pub action: &'static str,
    /// What that means.
    pub about: &'static str,
}

/// What happens outside the state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the record of the same name")]
pub enum Deed {
    Call,
    CallFailed,
    Discarded,
    Unheard,
    Delivered,
    Dropped,
    Lost,
    LostInCable,
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

impl Deed {
    /// Every deed.
    pub const ALL: [Self; 19] = [
        Self::Call,
        Self::CallFailed,
        Self::Discarded,
        Self::Unheard,
        Self::Delivered,
        Self::Dropped,
        Self::Lost,
        Self::LostInCable,
        Self::Delayed,
        Self::Held,
        Self::Released,
        Self::Duplicated,
        Self::Swapped,
        Self::Corrupted,
        Self::Crashed,
        Self::Restarted,
        Self::CableCut,
        Self::CableMended,
        Self::Setting,
    ];
}

/// Defines a text that both languages have under the same name.
macro_rules! in_both {
    ($($(#[$doc:meta])* $name:ident($arg:ident: $ty:ty) -> $text:ty, $file:ident;)+) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $name($arg: $ty, lang: Lang) -> $text {
            match lang {
                Lang::ZhHans => zh::$file::$name($arg),
                Lang::En => en::$file::$name($arg),
            }
        })+
    };
}

in_both! {
    /// The explanation of a rule.
    rule(rule: Rule) -> RuleText, rules;
    /// The explanation of what happened outside the state machine.
    deed(deed: Deed) -> RuleText, words;
    /// The words for a state.
    state(state: State) -> StateText, words;
    /// The words for a test.
    test(test: Test) -> TestText, words;
    /// Why a segment was thrown away: a sentence.
    drop_reason(reason: DropReason) -> &'static str, words;
    /// The name of a timer.
    timer(kind: TimerKind) -> &'static str, words;
    /// What happens when a timer expires: a sentence.
    timer_waits(kind: TimerKind) -> &'static str, words;
    /// Why a timer was set or stopped: a phrase.
    timer_reason(why: TimerReason) -> &'static str, words;
    /// Why a segment is sent: a phrase.
    send_reason(why: SendReason) -> &'static str, words;
    /// What the application learns: a sentence.
    signal(signal: Signal) -> &'static str, words;
    /// What the error of a call means: a sentence.
    errno(errno: Errno) -> &'static str, words;
    /// Why a packet died before TCP saw it: a clause.
    wire_error(error: WireError) -> &'static str, words;
    /// The words for an edge of the diagram, by its id.
    edge(id: &str) -> Option<EdgeText>, words;
}

/// The formula of a test, the same in every language; empty where the question says it all.
#[must_use]
pub const fn formula(test: Test) -> &'static str {
    match test {
        Test::NotRst | Test::HasAck | Test::NotAck | Test::HasSyn | Test::NotSyn | Test::HasFin => "",
        Test::BacklogHasRoom => "waiting < backlog",
        Test::AckOfOurSyn => "ISS < SEG.ACK ≤ SND.NXT",
        Test::InWindow => "RCV.NXT ≤ SEG.SEQ < RCV.NXT+RCV.WND",
        Test::RstExact => "SEG.SEQ = RCV.NXT",
        Test::AckNotTooOld => "SND.UNA − MAX.SND.WND ≤ SEG.ACK",
        Test::AckNotBeyondSent => "SEG.ACK ≤ SND.NXT",
        Test::AckIsNew => "SND.UNA < SEG.ACK ≤ SND.NXT",
        Test::WindowIsNewer => "SND.WL1 < SEG.SEQ, SND.WL1 = SEG.SEQ ∧ SND.WL2 ≤ SEG.ACK",
        Test::CoversOurFin => "FIN < SEG.ACK",
        Test::TextIsNext => "SEG.SEQ = RCV.NXT",
        Test::FinIsNext => "FIN = RCV.NXT",
        Test::RetriesLeft => "retries < limit",
        Test::NothingUnread => "bytes = 0",
        Test::NothingQueued => "bytes = 0",
        Test::WindowOpen => "SND.NXT < SND.UNA+SND.WND",
        Test::SynIsNewer => "RCV.NXT ≤ SEG.SEQ",
        Test::NetworkHasRoom => "SND.NXT < SND.UNA+CWND",
        Test::NothingInFlight => "SND.UNA = SND.NXT",
        Test::ChallengesLeft => "answered < limit",
    }
}
