//! The results of scripts, as lines for people or as JSON for programs.

use std::path::Path;

use serde::Serialize;

use crate::mode::Mode;
use crate::suite::{Outcome, Reason};

/// How many scripts passed, failed or were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Passed, in any mode.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
    /// Not run, or known to contradict the standard.
    pub skipped: u32,
    /// How many of those skipped are known to contradict the standard.
    pub departures: u32,
    /// How many of the passed ones did so to the letter, …
    pub strict: u32,
    /// … how many needed the rules of loose, …
    pub loose: u32,
    /// … and how many needed the rule of acks.
    pub acks: u32,
}

/// One script, as JSON has it.
#[derive(Serialize)]
struct Entry<'a> {
    script: &'a str,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    got: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<&'a str>,
}

impl Summary {
    /// Counts one result.
    pub fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Pass(mode) => {
                self.passed += 1;
                match mode {
                    Mode::Strict => self.strict += 1,
                    Mode::Loose => self.loose += 1,
                    Mode::Acks => self.acks += 1,
                }
            }
            Outcome::Fail(_) => self.failed += 1,
            Outcome::Skip(_) => self.skipped += 1,
            Outcome::Departure(..) => {
                self.skipped += 1;
                self.departures += 1;
            }
        }
    }

    /// Two lines. The form of the last one never changes.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { passed, failed, skipped, departures, strict, loose, acks } = self;
        let unsupported = skipped - departures;
        format!(
            "mode needed: {strict} strict, {loose} loose, {acks} acks; skipped: {unsupported} not supported, \
             {departures} departures from RFC 9293\n{passed} passed, {failed} failed, {skipped} skipped"
        )
    }

    /// As one JSON object.
    #[must_use]
    pub fn json(&self) -> String {
        json(self)
    }
}

/// One line: `pass PATH`, `fail PATH (expected …; got …; line N)`, `skip PATH (…)`.
#[must_use]
pub fn line(path: &Path, outcome: &Outcome) -> String {
    let path = path.display();
    match outcome {
        Outcome::Pass(Mode::Strict) => format!("pass {path}"),
        Outcome::Pass(mode) => format!("pass {path} (mode {mode})"),
        Outcome::Fail(reason) => format!("fail {path} ({})", sentence(reason)),
        Outcome::Skip(reason) => format!("skip {path} ({})", sentence(reason)),
        Outcome::Departure(departure, reason) => {
            let (clause, why) = (&departure.clause, &departure.reason);
            format!("skip {path} (departs from {clause}: {why}; {})", sentence(reason))
        }
    }
}

/// One JSON object.
#[must_use]
pub fn json_line(path: &Path, outcome: &Outcome) -> String {
    let script = path.to_string_lossy();
    let empty = Entry {
        script: &script,
        outcome: "pass",
        mode: None,
        line: None,
        column: None,
        expected: None,
        got: None,
        clause: None,
    };
    json(&match outcome {
        Outcome::Pass(mode) => Entry { mode: Some(*mode), ..empty },
        Outcome::Fail(reason) => Entry { outcome: "fail", ..entry(empty, reason) },
        Outcome::Skip(reason) => Entry { outcome: "skip", ..entry(empty, reason) },
        Outcome::Departure(departure, reason) => {
            Entry { outcome: "departure", clause: Some(&departure.clause), ..entry(empty, reason) }
        }
    })
}

fn entry<'a>(empty: Entry<'a>, reason: &'a Reason) -> Entry<'a> {
    let expected = reason.expected.as_deref();
    Entry { line: reason.line, column: reason.column, expected, got: Some(&reason.got), ..empty }
}

fn sentence(reason: &Reason) -> String {
    let what = match &reason.expected {
        Some(expected) => format!("expected {expected}; got {}", reason.got),
        None => reason.got.clone(),
    };
    match (reason.line, reason.column) {
        (Some(line), Some(column)) => format!("{what}; line {line}, column {column}"),
        (Some(line), None) => format!("{what}; line {line}"),
        (None, _) => what,
    }
}

fn json(value: &impl Serialize) -> String {
    // Never fails: these are only strings and numbers.
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::departures::Departure;

    fn reason() -> Reason {
        Reason { line: Some(3), column: None, expected: Some("a".to_owned()), got: "b".to_owned() }
    }

    fn departure() -> Outcome {
        let [scripts, clause, reason_given] = ["x", "RFC", "why"].map(str::to_owned);
        Outcome::Departure(Departure { scripts, clause, reason: reason_given }, reason())
    }

    #[test]
    fn lines_say_what_where_and_why() {
        let line = |outcome| line(Path::new("p"), &outcome);
        assert_eq!(line(Outcome::Pass(Mode::Strict)), "pass p");
        assert_eq!(line(Outcome::Pass(Mode::Loose)), "pass p (mode loose)");
        assert_eq!(line(Outcome::Fail(reason())), "fail p (expected a; got b; line 3)");
        assert_eq!(line(departure()), "skip p (departs from RFC: why; expected a; got b; line 3)");
    }

    #[test]
    fn the_summary_ends_with_the_three_counts() {
        let mut summary = Summary::default();
        for outcome in
            [Outcome::Pass(Mode::Loose), Outcome::Fail(reason()), Outcome::Skip(reason()), departure()]
        {
            summary.add(&outcome);
        }
        assert_eq!(summary.text().lines().last(), Some("1 passed, 1 failed, 2 skipped"));
        let expected = r#"{"passed":1,"failed":1,"skipped":2,"departures":1,"strict":0,"loose":1,"acks":0}"#;
        assert_eq!(summary.json(), expected);
    }

    #[test]
    fn json_leaves_out_what_there_is_not() {
        let json = |outcome| json_line(Path::new("p"), &outcome);
        assert_eq!(json(Outcome::Pass(Mode::Acks)), r#"{"script":"p","outcome":"pass","mode":"acks"}"#);
        let expected =
            r#"{"script":"p","outcome":"departure","line":3,"expected":"a","got":"b","clause":"RFC"}"#;
        assert_eq!(json(departure()), expected);
    }
}
