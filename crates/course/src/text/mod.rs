//! The words, apart from the logic: one file of rules and one of short texts a language.
//!
//! Every function is an exhaustive match on an enum of the layers below, so a rule without a text does not compile.
//! Templates name what they need of the run in braces, see [`super::template`]. The page's program has none of the
//! words: it reads them from a file a language, see [`table`].

pub(super) mod en;
pub mod table;
pub(super) mod zh;

use core::mem::discriminant;

use self::table::{Key, entry, keys, texts};
use super::Lang;
use super::claims::{CLAIMS, Claim, NoteRef};
use super::experiments::{self, EXPERIMENTS, ExperimentText};
use lab::host::Errno;
use tcp::edge::{EDGES, Edge};
use tcp::wire::WireError;
use tcp::{Dispute, DropReason, IcmpKind, Rule, SendReason, State, Test, TimerKind};

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

/// What happens outside the state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub const ALL: [Self; 21] = [
        Self::Call,
        Self::CallWaits,
        Self::CallFailed,
        Self::Discarded,
        Self::Unheard,
        Self::Delivered,
        Self::Dropped,
        Self::Unreachable,
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

/// What a record shows besides its rules: a signal to the application, or what became of the congestion window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Remark {
    /// Every remark.
    pub const ALL: [Self; 9] = [
        Self::InTrouble,
        Self::SlowStart,
        Self::CongestionAvoidance,
        Self::Collapsed,
        Self::Halved,
        Self::Inflated,
        Self::PartlyRepaired,
        Self::Repaired,
        Self::Idle,
    ];
}

/// The text of that name in a language.
macro_rules! in_lang {
    ($lang:ident, $file:ident::$name:ident($key:expr)) => {
        match $lang {
            Lang::ZhHans => zh::$file::$name($key),
            Lang::En => en::$file::$name($key),
        }
    };
}

texts! {
    from 0;
    /// The explanation of a rule.
    rule(rule: Rule, lang) -> RuleText = in_lang!(lang, rules::rule(rule));
    /// The explanation of what happened outside the state machine.
    deed(deed: Deed, lang) -> RuleText = in_lang!(lang, words::deed(deed));
    /// A sentence about something that a record shows besides its rules.
    remark(remark: Remark, lang) -> &'static str = in_lang!(lang, words::remark(remark));
    /// The words for a state.
    state(state: State, lang) -> StateText = in_lang!(lang, words::state(state));
    /// The words for a test.
    test(test: Test, lang) -> TestText = in_lang!(lang, words::test(test));
    /// Why a segment was thrown away: a sentence.
    drop_reason(reason: DropReason, lang) -> &'static str = in_lang!(lang, words::drop_reason(reason));
    /// The name of a timer.
    timer(kind: TimerKind, lang) -> &'static str = in_lang!(lang, words::timer(kind));
    /// What happens when a timer expires: a sentence.
    timer_waits(kind: TimerKind, lang) -> &'static str = in_lang!(lang, words::timer_waits(kind));
    /// Why a segment is sent: a phrase.
    send_reason(why: SendReason, lang) -> &'static str = in_lang!(lang, words::send_reason(why));
    /// What an ICMP report says: a clause.
    icmp(kind: IcmpKind, lang) -> &'static str = in_lang!(lang, words::icmp(kind));
    /// What the error of a call means: a sentence.
    errno(errno: Errno, lang) -> &'static str = in_lang!(lang, words::errno(errno));
    /// Why a packet died before TCP saw it: a clause.
    wire_error(error: WireError, lang) -> &'static str = in_lang!(lang, words::wire_error(error));
    /// What good stacks do where they disagree: a sentence.
    dispute(dispute: Dispute, lang) -> &'static str = in_lang!(lang, words::dispute(dispute));
    /// What it means to take an edge of the diagram: a sentence.
    edge(edge: &'static Edge, lang) -> Option<&'static str> = in_lang!(lang, words::edge(edge.id));
    /// The title of a note.
    note_title(note: NoteRef, lang) -> &'static str = in_lang!(lang, words::note_title(note));
    /// For a claim that does not simply hold: what the note says, what the standard says, where to see it.
    trial(claim: &'static Claim, lang) -> Option<&'static str> = claim.written_trial(lang);
    /// A text of an experiment.
    experiment(text: ExperimentText, lang) -> &'static str = text.written(lang);
}

keys!(Rule, Deed, Remark, State, Test, DropReason, TimerKind, SendReason, IcmpKind, Dispute, Errno, NoteRef);

entry! {
    RuleText { title, happened, why, otherwise }
    StateText { name, waits, seen }
    TestText { question, passed, failed }
}

impl Key for WireError {
    const COUNT: usize = Self::ALL.len();

    fn nth(place: usize) -> Self {
        Self::ALL[place]
    }

    /// What the checksums are makes no other text.
    fn place(self) -> usize {
        let is_same = |error: &Self| discriminant(error) == discriminant(&self);
        Self::ALL.iter().position(is_same).unwrap_or(Self::COUNT)
    }
}

impl Key for &'static Edge {
    const COUNT: usize = EDGES.len();

    fn nth(place: usize) -> Self {
        &EDGES[place]
    }

    fn place(self) -> usize {
        EDGES.iter().position(|edge| edge.id == self.id).unwrap_or(Self::COUNT)
    }
}

impl Key for &'static Claim {
    const COUNT: usize = CLAIMS.len();

    fn nth(place: usize) -> Self {
        &CLAIMS[place]
    }

    fn place(self) -> usize {
        CLAIMS.iter().position(|claim| claim.id == self.id).unwrap_or(Self::COUNT)
    }
}

impl Key for ExperimentText {
    const COUNT: usize = experiments::TEXTS;

    fn nth(place: usize) -> Self {
        // There are some hundred.
        Self(place as u32)
    }

    fn place(self) -> usize {
        self.0 as usize
    }
}

/// Changes when the keys or their order may have: a hash of the files that declare them. A table that was written for
/// other keys would answer with the wrong texts.
pub const FINGERPRINT: u32 = {
    let files: &[&[u8]] = &[
        include_bytes!("mod.rs"),
        include_bytes!("../../../lab/src/host/errno.rs"),
        include_bytes!("../../../tcp/src/dispute.rs"),
        include_bytes!("../../../tcp/src/edge.rs"),
        include_bytes!("../../../tcp/src/icmp.rs"),
        include_bytes!("../../../tcp/src/rule.rs"),
        include_bytes!("../../../tcp/src/state.rs"),
        include_bytes!("../../../tcp/src/timer.rs"),
        include_bytes!("../../../tcp/src/transition.rs"),
        include_bytes!("../../../tcp/src/wire.rs"),
    ];
    let mut hash = table::HASH_OF_NOTHING;
    let mut i = 0;
    while i < files.len() {
        hash = table::hash(hash, files[i]);
        i += 1;
    }
    // The file of the claims is mostly words, which may change without making other keys.
    let mut i = 0;
    while i < CLAIMS.len() {
        hash = table::hash(hash, CLAIMS[i].id.as_bytes());
        i += 1;
    }
    // What is left of the experiments without their words says where each belongs.
    let mut i = 0;
    while i < EXPERIMENTS.len() {
        hash = table::hash(hash, EXPERIMENTS[i].json.as_bytes());
        i += 1;
    }
    hash
};

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
