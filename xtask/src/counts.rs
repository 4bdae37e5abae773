//! Counting what the tests print, and the table at the end.

use std::ops::AddAssign;
use std::time::Duration;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    /// A check that is one thing, such as the format.
    pub(crate) const ONE_PASSED: Self = Self { passed: 1, failed: 0 };
    pub(crate) const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    pub(crate) const fn total(self) -> u64 {
        self.passed + self.failed
    }

    /// Adds what a line of output says, if it is the closing line of one run of cargo's or Node's test runner.
    pub(crate) fn read_line(&mut self, line: &str) {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("test result: ") {
            self.passed += number_before(rest, " passed");
            self.failed += number_before(rest, " failed");
        } else if let Some(number) = line.strip_prefix("ℹ pass ") {
            self.passed += number.parse().unwrap_or(0);
        } else if let Some(number) =
            line.strip_prefix("ℹ fail ").or_else(|| line.strip_prefix("ℹ cancelled "))
        {
            self.failed += number.parse().unwrap_or(0);
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The number that stands right before `word` in `text`, or 0.
fn number_before(text: &str, word: &str) -> u64 {
    let Some(end) = text.find(word) else { return 0 };
    let digits = text[..end].rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
    digits.parse().unwrap_or(0)
}

/// What became of one step.
pub(crate) enum Verdict {
    Passed(Counts),
    Failed(Counts),
    NotRun,
}

/// One row of the closing table.
pub(crate) struct Row {
    pub(crate) step: &'static str,
    pub(crate) verdict: Verdict,
    pub(crate) time: Duration,
}

/// The closing table, whose last line is `N passed, N failed`.
pub(crate) fn summary(rows: &[Row]) -> String {
    let mut text = format!("{:<14} {:<8} {:>7} {:>8}\n", "step", "result", "checks", "time");
    let mut all = Counts::default();
    for row in rows {
        let (word, counts) = match row.verdict {
            Verdict::Passed(counts) => ("passed", counts),
            Verdict::Failed(counts) => ("FAILED", counts),
            Verdict::NotRun => ("not run", Counts::default()),
        };
        all += counts;
        let ran = !matches!(row.verdict, Verdict::NotRun);
        let checks = if ran { counts.total().to_string() } else { "-".to_owned() };
        let time = if ran { seconds(row.time) } else { "-".to_owned() };
        text += &format!("{:<14} {word:<8} {checks:>7} {time:>8}\n", row.step);
    }
    text + &format!("\n{} passed, {} failed", all.passed, all.failed)
}

/// `duration` with one decimal.
pub(crate) fn seconds(duration: Duration) -> String {
    let tenths = duration.as_millis() / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], passed: u64, failed: u64) {
        let mut counts = Counts::default();
        for line in lines {
            counts.read_line(line);
        }
        assert_eq!(counts, Counts { passed, failed });
    }

    #[test]
    fn counts_what_cargo_prints() {
        check(
            &[
                "running 3 tests",
                "test a ... ok",
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            ],
            15,
            2,
        );
    }

    #[test]
    fn counts_what_node_prints() {
        check(&["ℹ tests 7", "ℹ pass 5", "ℹ fail 1", "ℹ cancelled 1", "ℹ skipped 0"], 5, 2);
    }

    #[test]
    fn other_output_counts_nothing() {
        check(&["", "5 passed", "x test result: 4 passed", "ℹ pass many"], 0, 0);
    }

    #[test]
    fn the_summary_ends_with_the_totals() {
        let rows = [
            Row {
                step: "format",
                verdict: Verdict::Passed(Counts::ONE_PASSED),
                time: Duration::from_millis(1_250),
            },
            Row {
                step: "test",
                verdict: Verdict::Failed(Counts { passed: 40, failed: 2 }),
                time: Duration::ZERO,
            },
            Row { step: "size", verdict: Verdict::NotRun, time: Duration::ZERO },
        ];
        let text = summary(&rows);
        assert!(text.ends_with("\n41 passed, 2 failed"), "{text}");
        assert!(text.contains("1.2 s"), "{text}");
        assert!(text.contains("not run"), "{text}");
    }
}
