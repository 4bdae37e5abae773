//! From a record to its explanation.

mod check_line;
mod deed;
mod happened;
mod one_sentence;
mod quiet_ends;
mod slots;

use serde::Serialize;
use ts_rs::TS;

use crate::claims::{self, Claim, NoteRef, Standing};
use crate::notation::{Notation, Numbers};
use crate::template::filled;
use crate::text::{self, Phrase, phrase};
use crate::typesetting::Writer;
use crate::{Lang, Span, plain};
use lab::Records;
use lab::host::{HostId, SocketCall};
use lab::net::{Record, What};
use tcp::time::Duration;
use tcp::{Dispute, Endpoint, Segment, SeqNumber, Space, Transition};

pub use check_line::CheckLine;
pub use quiet_ends::{QuietEnd, quiet};

/// What the reader is told of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Explanation {
    /// A few words.
    pub title: String,
    /// What happened, in this run's numbers.
    pub happened: Vec<Span>,
    /// The rule, in the notes' words.
    pub why: Vec<Span>,
    /// What would have happened without it; may be empty.
    pub otherwise: Vec<Span>,
    /// Where a note is imprecise or wrong: what it says, and what the standard says.
    pub trial: Option<Vec<Span>>,
    /// The tests made, in order.
    pub checks: Vec<CheckLine>,
    /// Why the segment was thrown away, if it was.
    pub dropped: Vec<Vec<Span>>,
    /// The notes this is taken from.
    pub sources: Vec<NoteRef>,
    /// The clauses of the standards.
    pub clauses: &'static [&'static str],
    /// The claims it shows.
    pub claims: &'static [&'static str],
    /// The scenario that breaks or shows the rule.
    pub experiment: Option<&'static str>,
}

/// The explanation of `records[index]`. The records after it do not matter; those before it give the letters.
///
/// # Panics
/// If there is no such record.
#[must_use]
pub fn explain(records: Records<'_>, index: usize, notation: Notation, lang: Lang) -> Explanation {
    explain_with(records, index, numbers(records, index), notation, lang)
}

/// [`explain`] for one who has read the records up to this one already, and knows their `numbers`.
///
/// # Panics
/// If there is no such record.
#[must_use]
pub fn explain_with(
    records: Records<'_>,
    index: usize,
    numbers: Numbers,
    notation: Notation,
    lang: Lang,
) -> Explanation {
    let telling = Telling::new(records, index, numbers, notation, lang);
    match &telling.record.what {
        What::Transition { transition, call, .. } => {
            telling.explain_transition(transition, call.as_ref().map(|(call, _)| call))
        }
        _ => telling.explain_deed(),
    }
}

/// One plain sentence about `records[index]`, for the log that a screen reader speaks.
///
/// # Panics
/// If there is no such record.
#[must_use]
pub fn describe(records: Records<'_>, index: usize, notation: Notation, lang: Lang) -> String {
    describe_with(records, index, numbers(records, index), notation, lang)
}

/// [`describe`] for one who knows the `numbers` already.
///
/// # Panics
/// If there is no such record.
#[must_use]
pub fn describe_with(
    records: Records<'_>,
    index: usize,
    numbers: Numbers,
    notation: Notation,
    lang: Lang,
) -> String {
    let telling = Telling::new(records, index, numbers, notation, lang);
    match &telling.record.what {
        What::Transition { transition, call, .. } => {
            telling.describe_transition(transition, call.as_ref().map(|(call, _)| call))
        }
        _ => plain(&telling.explain_deed().happened),
    }
}

/// A length of time, rounded as a reader wants it: minutes, seconds, or tenths.
#[must_use]
fn duration(length: Duration, lang: Lang) -> String {
    let micros = length.as_micros();
    if micros >= 60_000_000 && micros.is_multiple_of(60_000_000) {
        return filled(phrase(Phrase::Minutes, lang), &[("count", &(micros / 60_000_000))]);
    }
    let digits = format!("{}.{:03}", micros / 1_000_000, micros / 1_000 % 1_000);
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    filled(phrase(Phrase::Seconds, lang), &[("count", &digits)])
}

/// The letters known once `records[index]` is there.
fn numbers(records: Records<'_>, index: usize) -> Numbers {
    let mut numbers = Numbers::default();
    records.first(index + 1).iter().for_each(|record| numbers.read(record));
    numbers
}

/// What is being told: a record after those before it.
struct Telling<'a> {
    records: Records<'a>,
    record: &'a Record,
    numbers: Numbers,
    notation: Notation,
    lang: Lang,
}

impl<'a> Telling<'a> {
    fn new(records: Records<'a>, index: usize, numbers: Numbers, notation: Notation, lang: Lang) -> Self {
        let record = records.get(index).expect("the record is one of them");
        let records = records.first(index + 1);
        Self { records, record, numbers, notation, lang }
    }

    fn host(&self) -> HostId {
        self.record.host.unwrap_or(HostId::Client)
    }

    fn segment(&self, segment: &Segment, from: HostId) -> String {
        self.numbers.segment_text(segment, from, self.notation)
    }

    /// A number of the connection, counted by this record's host or by the other one.
    fn seq(&self, transition: &Transition, space: Space, value: u32) -> String {
        let owner = match space {
            Space::Ours => self.host(),
            Space::Theirs => self.host().other(),
            Space::Count => return value.to_string(),
        };
        self.numbers.seq_text(ends(transition), owner, SeqNumber(value), self.notation)
    }

    fn explain_transition(&self, transition: &Transition, call: Option<&SocketCall>) -> Explanation {
        let headline = transition.headline();
        let words = text::rule(headline.rule, self.lang);
        let fill = |slot| self.fill(transition, call, headline, slot);
        let mut writer = Writer::new(self.lang, &fill);
        let happened = self.happened(transition, call, headline);
        let mut dropped: Vec<_> = transition.dropped().collect();
        dropped.dedup();
        Explanation {
            title: plain(&writer.write(&words.title)),
            happened,
            why: writer.write(&words.why),
            otherwise: self.otherwise(&words.otherwise, Dispute::of(transition), &mut writer),
            trial: self.trial(headline.rule.claims()),
            checks: transition.checks.iter().map(|check| self.check_line(transition, check)).collect(),
            dropped: dropped.iter().map(|why| writer.write(text::drop_reason(*why, self.lang))).collect(),
            sources: claims::sources(headline.rule.claims()),
            clauses: headline.rule.clauses(),
            claims: headline.rule.claims(),
            experiment: claims::experiment_of(headline.rule.claims()),
        }
    }

    /// What would happen without the rule, and what other stacks do instead.
    fn otherwise(&self, words: &str, dispute: Option<Dispute>, writer: &mut Writer<'_>) -> Vec<Span> {
        let mut spans = writer.write(words);
        if let Some(dispute) = dispute {
            let between = phrase(Phrase::BetweenSentences, self.lang);
            spans.push(Span::Text(format!("{between}{}", text::dispute(dispute, self.lang))));
        }
        spans
    }

    fn trial(&self, ids: &[&str]) -> Option<Vec<Span>> {
        let claim =
            ids.iter().filter_map(|id| Claim::find(id)).find(|claim| claim.standing != Standing::Holds)?;
        let spans = Writer::new(self.lang, &|_| None).write(text::trial(claim, self.lang)?);
        Some(spans)
    }
}

/// The two ends of the connection, this one first. Where the TCB is fresh or gone, the segment knows them.
fn ends(transition: &Transition) -> (Endpoint, Endpoint) {
    let after = &transition.after;
    let of_segment = |segment: &Segment| (segment.destination, segment.source);
    transition.segment().map_or((after.local, after.remote), of_segment)
}
