//! All words that a reader sees, looked up by the stable name of what they are about.
//!
//! They are data: `texts/` has a folder for each language and in it a file for each topic, which a translator can edit.
//! Templates name what they need of the run in braces, see [`super::template`].

mod load;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_variant::to_variant_name;
use strum::VariantArray;

use super::Lang;
use super::claims::{Claim, NoteRef};
use lab::host::{Errno, HostId};
use tcp::edge::Edge;
use tcp::wire::WireError;
use tcp::{Dispute, DropReason, IcmpKind, Rule, SendReason, State, Test, TimerKind};

use load::texts;
pub use load::{TextsError, is_loaded, load};

/// The texts of one topic, by the names of what they are about.
type Topic<T = String> = BTreeMap<String, T>;

/// The texts of a language: a field for each file of its folder.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    language: Language,
    rules: Topic<RuleText>,
    deeds: Topic<RuleText>,
    remarks: Topic,
    states: Topic<StateText>,
    tests: Topic<TestText>,
    reasons: Reasons,
    disputes: Topic,
    edges: Topic<EdgeText>,
    claims: Claims,
    phrases: Topic,
    messages: Topic,
    errors: Topic,
    glossary: Glossary,
}

/// Which language it is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    tag: Lang,
    /// How a sentence begins that follows another one about the same host, by how it begins otherwise.
    pronouns: Topic,
}

/// Why something happens, or cannot happen.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reasons {
    drop: Topic,
    send: Topic,
    timer: Topic<TimerText>,
    icmp: Topic,
    wire: Topic,
    errno: Topic,
}

/// The notes and what they claim.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    notes: Topic,
    claims: Topic<ClaimText>,
}

/// The terms that a language uses for the things of TCP.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Each term, by its English name; several where the notes use several.
    pub terms: BTreeMap<String, String>,
    /// Words that mean a term but are not the notes' word for it, each with the word to use.
    #[serde(default)]
    pub avoid: BTreeMap<String, String>,
}

/// The explanation of a rule, or of a deed, as templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// A few words.
    pub title: String,
    /// What happened, in this run's numbers. What arrived or was called is said before it.
    pub happened: String,
    /// The rule.
    pub why: String,
    /// What would happen without it; may be empty.
    #[serde(default)]
    pub otherwise: String,
}

/// A state (claim C40).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateText {
    /// Its name in the notes' words.
    pub name: String,
    /// What an end in this state waits for.
    pub waits: String,
    /// When one meets it.
    pub seen: String,
    /// What it means, in a few words.
    pub meaning: String,
}

/// A test.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestText {
    /// What is asked.
    pub question: String,
    /// The outcome that lets the segment go on.
    pub passed: String,
    /// The other outcome.
    pub failed: String,
}

/// A timer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct TimerText {
    name: String,
    expires: String,
}

/// An edge of the diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EdgeText {
    /// The event that leads over it.
    pub event: String,
    /// What is done then; may be empty.
    #[serde(default)]
    pub action: String,
    /// The event as the drawing shows it, if that must be shorter.
    short_event: Option<String>,
    /// The action as the drawing shows it, if that must be shorter.
    short_action: Option<String>,
    /// What it means to take it: a sentence.
    pub meaning: String,
}

impl EdgeText {
    /// The event and the action as the drawing shows them.
    #[must_use]
    pub fn short(&self) -> (&str, &str) {
        (self.short_event.as_ref().unwrap_or(&self.event), self.short_action.as_ref().unwrap_or(&self.action))
    }
}

/// A claim of the notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimText {
    wording: String,
    trial: Option<String>,
}

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

/// The text of that name. One that is missing shows its name, which is better than nothing; the tests find it.
fn find<'a>(topic: &'a Topic, name: &'a str) -> &'a str {
    topic.get(name).map_or(name, String::as_str)
}

/// [`find`] for texts of several parts.
fn parts<T: Default>(topic: &'static Topic<T>, name: &str, first: fn(&mut T) -> &mut String) -> &'static T {
    topic.get(name).unwrap_or_else(|| {
        let mut text = T::default();
        name.clone_into(first(&mut text));
        Box::leak(Box::new(text))
    })
}

/// The name of a variant, as it is in the files: the one that JSON has for it.
fn name(variant: &impl Serialize) -> &'static str {
    to_variant_name(variant).unwrap_or("?")
}

/// The explanation of a rule.
#[must_use]
pub fn rule(rule: Rule, lang: Lang) -> &'static RuleText {
    parts(&texts(lang).rules, rule.name(), |text| &mut text.title)
}

/// The explanation of what happened outside the state machine.
#[must_use]
pub fn deed(deed: Deed, lang: Lang) -> &'static RuleText {
    parts(&texts(lang).deeds, name(&deed), |text| &mut text.title)
}

/// A sentence about something that a record shows besides its rules.
#[must_use]
pub fn remark(remark: Remark, lang: Lang) -> &'static str {
    find(&texts(lang).remarks, name(&remark))
}

/// The words for a state.
#[must_use]
pub fn state(state: State, lang: Lang) -> &'static StateText {
    parts(&texts(lang).states, state.name(), |text| &mut text.name)
}

/// The words for a test.
#[must_use]
pub fn test(test: Test, lang: Lang) -> &'static TestText {
    parts(&texts(lang).tests, name(&test), |text| &mut text.question)
}

/// Why a segment was thrown away: a sentence.
#[must_use]
pub fn drop_reason(reason: DropReason, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.drop, name(&reason))
}

/// Why a segment is sent: a phrase.
#[must_use]
pub fn send_reason(why: SendReason, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.send, name(&why))
}

/// The name of a timer.
#[must_use]
pub fn timer(kind: TimerKind, lang: Lang) -> &'static str {
    &parts(&texts(lang).reasons.timer, kind.name(), |text| &mut text.name).name
}

/// What happens when a timer expires: a sentence.
#[must_use]
pub fn timer_waits(kind: TimerKind, lang: Lang) -> &'static str {
    &parts(&texts(lang).reasons.timer, kind.name(), |text| &mut text.expires).expires
}

/// What an ICMP report says: a clause.
#[must_use]
pub fn icmp(kind: IcmpKind, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.icmp, name(&kind))
}

/// Why a packet died before TCP saw it: a clause.
#[must_use]
pub fn wire_error(error: WireError, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.wire, name(&error))
}

/// What the error of a call means: a sentence.
#[must_use]
pub fn errno(errno: Errno, lang: Lang) -> &'static str {
    find(&texts(lang).reasons.errno, errno.name())
}

/// What good stacks do where they disagree: a sentence.
#[must_use]
pub fn dispute(dispute: Dispute, lang: Lang) -> &'static str {
    find(&texts(lang).disputes, name(&dispute))
}

/// The words for an edge of the diagram.
#[must_use]
pub fn edge(edge: &'static Edge, lang: Lang) -> &'static EdgeText {
    parts(&texts(lang).edges, edge.id, |text| &mut text.event)
}

/// The title of a note.
#[must_use]
pub fn note_title(note: NoteRef, lang: Lang) -> &'static str {
    find(&texts(lang).claims.notes, name(&note))
}

/// A claim in a sentence.
#[must_use]
pub fn wording(claim: &Claim, lang: Lang) -> &'static str {
    texts(lang).claims.claims.get(claim.id).map_or(claim.id, |text| &text.wording)
}

/// For a claim that does not simply hold: what the note says, what the standard says, where to see it.
#[must_use]
pub fn trial(claim: &Claim, lang: Lang) -> Option<&'static str> {
    texts(lang).claims.claims.get(claim.id)?.trial.as_deref()
}

/// A part of a sentence.
#[must_use]
pub fn phrase(phrase: Phrase, lang: Lang) -> &'static str {
    find(&texts(lang).phrases, name(&phrase))
}

/// A host, as a sentence names it.
#[must_use]
pub fn host(host: HostId, lang: Lang) -> &'static str {
    match host {
        HostId::Client => phrase(Phrase::TheClient, lang),
        HostId::Server => phrase(Phrase::TheServer, lang),
    }
}

/// `sentence` with its first word, the host, turned into a pronoun.
pub(super) fn with_pronoun(sentence: &str, lang: Lang) -> Option<String> {
    // The longest beginning counts: "{host}'s" before "{host}".
    let mut pronouns = texts(lang).language.pronouns.iter().rev();
    pronouns.find_map(|(host, pronoun)| Some(format!("{pronoun}{}", sentence.strip_prefix(host)?)))
}

/// A fixed text of the page.
#[must_use]
pub fn message(name: &'static str, lang: Lang) -> &'static str {
    find(&texts(lang).messages, name)
}

/// About something that is wrong.
#[must_use]
pub fn error(name: &'static str, lang: Lang) -> &'static str {
    find(&texts(lang).errors, name)
}

/// The terms of a language.
#[must_use]
pub fn glossary(lang: Lang) -> &'static Glossary {
    &texts(lang).glossary
}

/// The formula of a test, the same in every language; empty where the question says it all.
#[must_use]
pub const fn formula(test: Test) -> &'static str {
    match test {
        Test::NotRst | Test::HasAck | Test::NotAck | Test::HasSyn | Test::NotSyn | Test::HasFin => "",
        Test::HasTimestamps => "",
        Test::BacklogHasRoom => "waiting < backlog",
        Test::AckOfOurSyn => "ISS < SEG.ACK ≤ SND.NXT",
        Test::TimestampNotTooOld => "SEG.TSval ≥ TS.Recent",
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
        Test::SynTimeIsNewer => "TS.Recent < SEG.TSval",
        Test::NetworkHasRoom => "SND.NXT < SND.UNA+CWND",
        Test::NothingInFlight => "SND.UNA = SND.NXT",
        Test::QuotesWhatIsInFlight => "SND.UNA ≤ ICMP.SEQ < SND.NXT",
        Test::CookieIsOurs => "",
        Test::ChallengesLeft => "answered < limit",
    }
}
