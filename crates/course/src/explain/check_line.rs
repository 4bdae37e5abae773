//! A test that was made, with what was compared.

use std::fmt::Display;

use serde::Serialize;
use ts_rs::TS;

use super::{Telling, ends};
use crate::template::filled;
use crate::text::{self, Phrase, phrase};
use crate::typesetting::Writer;
use crate::{Lang, Span};
use tcp::{Check, SeqNumber, Test, Transition, Var};

/// One test, ready to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CheckLine {
    /// Which.
    pub test: Test,
    /// It held.
    pub passed: bool,
    /// What was asked.
    pub question: Vec<Span>,
    /// The outcome in words.
    pub outcome: Vec<Span>,
    /// The formula, in the RFC's names; may be empty.
    pub formula: &'static str,
    /// What was compared: name and value.
    pub operands: Vec<(&'static str, String)>,
    /// For a test that failed: by how much.
    pub margin: Option<String>,
}

impl Telling<'_> {
    pub(super) fn check_line(&self, transition: &Transition, check: &Check) -> CheckLine {
        let words = text::test(check.test, self.lang);
        let mut writer = Writer::new(self.lang, &|_| None);
        let question = writer.write(&words.question);
        let outcome = writer.write(if check.passed { &words.passed } else { &words.failed });
        let value = |var: Var, value: u32| {
            if var == Var::SegAck {
                let number = SeqNumber(value);
                self.numbers.ack_text(ends(transition), self.host(), number, self.notation)
            } else {
                self.seq(transition, var.space(), value)
            }
        };
        CheckLine {
            test: check.test,
            passed: check.passed,
            question,
            outcome,
            formula: formula(check.test),
            operands: check.operands.iter().map(|(var, n)| (var.name(), value(var, n))).collect(),
            margin: if check.passed { None } else { margin(check, self.lang) },
        }
    }
}

/// The formula of a test, the same in every language; empty where the question says it all.
const fn formula(test: Test) -> &'static str {
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

/// By how much a test failed.
fn margin(check: &Check, lang: Lang) -> Option<String> {
    let value = |var| check.operands.value(var).map(SeqNumber);
    let (subject, object) = match check.test {
        Test::InWindow | Test::RstExact | Test::TextIsNext => (Var::SegSeq, Var::RcvNxt),
        Test::AckNotBeyondSent => (Var::SegAck, Var::SndNxt),
        Test::AckNotTooOld | Test::AckIsNew => (Var::SegAck, Var::SndUna),
        Test::AckOfOurSyn => (Var::SegAck, Var::SndNxt),
        Test::TimestampNotTooOld | Test::SynTimeIsNewer => (Var::SegTsval, Var::TsRecent),
        Test::FinIsNext => (Var::FinSeq, Var::RcvNxt),
        Test::CoversOurFin => (Var::SegAck, Var::FinSeq),
        _ => return None,
    };
    let distance = value(subject)?.distance(value(object)?);
    let words = match distance.signum() {
        1 => Phrase::MarginAbove,
        -1 => Phrase::MarginBelow,
        _ => Phrase::MarginEqual,
    };
    let values: [(_, &dyn Display); 3] =
        [("subject", &subject.name()), ("object", &object.name()), ("by", &distance.unsigned_abs())];
    Some(filled(phrase(words, lang), &values))
}
