//! How many tests passed and failed, as the runners say it in the end.

use std::ops::AddAssign;

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

    /// What a line of output says, if it is a closing line of cargo's runner, of nextest or of Playwright.
    pub(crate) fn of_line(line: &str) -> Self {
        let words: Vec<_> = line.split_whitespace().collect();
        let is_closing = match words[..] {
            ["test", "result:", ..] => true,
            ["Summary", ..] => words.contains(&"run:"),
            // Playwright gives each number a line of its own, the last one with the time.
            [_, "failed"] => true,
            [_, "passed", time] => time.starts_with('('),
            _ => false,
        };
        if !is_closing {
            return Self::default();
        }
        let number_before = |name: &str| {
            let is_name = |word: &&str| word.trim_end_matches([',', ';']) == name;
            let at = words.iter().position(is_name)?;
            words[at.checked_sub(1)?].parse().ok()
        };
        Self { passed: number_before("passed").unwrap_or(0), failed: number_before("failed").unwrap_or(0) }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(output: &str, passed: u64, failed: u64) {
        let mut counts = Counts::default();
        output.lines().for_each(|line| counts += Counts::of_line(line));
        assert_eq!(counts, Counts { passed, failed });
    }

    #[test]
    fn cargo_counts_each_suite() {
        check(
            "running 3 tests
             test a ... ok
             test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
             test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            15,
            2,
        );
    }

    #[test]
    fn nextest_counts_all() {
        check("     Summary [  20.769s] 62 tests run: 62 passed, 0 skipped", 62, 0);
        check("     Summary [   1.0s] 5 tests run: 3 passed (1 slow), 2 failed, 1 skipped", 3, 2);
    }

    #[test]
    fn playwright_counts_all() {
        check(
            "  2 failed\n    [e2e] › crash.test.mjs:17:1 › a panic\n  3 skipped\n  60 passed (2.0m)",
            60,
            2,
        );
    }

    #[test]
    fn other_output_counts_nothing() {
        check("\n5 passed\nx test result: 4 passed\nSummary of 3 passed\nmany failed", 0, 0);
    }
}
