//! `cargo xtask test` and `cargo xtask check`: run the steps of `steps.rs`, stop at the first that fails, and close with
//! a table.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::Outcome;
use crate::counts::Counts;
use crate::process::{Stopwatch, no_arguments};
use crate::steps::{QUICK, STEPS, Step};

/// One row of the closing table.
struct Row {
    step: &'static str,
    /// None if the step was not reached.
    counts: Option<Counts>,
    time: Duration,
}

impl Row {
    fn has_failed(&self) -> bool {
        self.counts.is_some_and(|counts| counts.failed > 0)
    }
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    run_chosen(&parse(arguments)?)
}

/// `cargo xtask check`.
pub(crate) fn run_quick(arguments: &[String]) -> Outcome {
    no_arguments("check", arguments)?;
    run_chosen(&named(&QUICK)?)
}

fn run_chosen(chosen: &[&'static Step]) -> Outcome {
    let rows = run_steps(chosen, |step| {
        println!("\n=== {}: {}", step.name, step.about);
        (step.run)()
    });
    let failed = rows.iter().find(|row| row.has_failed());
    if let Some(row) = failed {
        println!("\nThe step `{0}` failed; run it alone with `cargo xtask test --only {0}`.", row.step);
    }
    println!("\n{}", summary(&rows));
    // Nothing may follow the last line, so the failure is only told by the exit code.
    if failed.is_some() { std::process::exit(1) } else { Ok(()) }
}

/// The steps to run, in their order.
fn parse(arguments: &[String]) -> Outcome<Vec<&'static Step>> {
    let mut names = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument != "--only" {
            return Err(format!("test does not know `{argument}`; it takes --only STEP[,STEP...]"));
        }
        names.extend(arguments.next().ok_or("--only needs the name of a step")?.split(','));
    }
    if names.is_empty() { Ok(STEPS.iter().collect()) } else { named(&names) }
}

/// The steps of these names, and those that they need: a test of the page tests it as the sources are now.
fn named(names: &[&str]) -> Outcome<Vec<&'static Step>> {
    let mut wanted = BTreeSet::new();
    for name in names {
        let step = STEPS.iter().find(|step| step.name == *name).ok_or_else(|| {
            let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            format!("there is no step `{name}`; there are {}", known.join(", "))
        })?;
        wanted.insert(step.name);
        wanted.extend(step.needs);
    }
    Ok(STEPS.iter().filter(|step| wanted.contains(step.name)).collect())
}

/// Runs each step until one fails. One row a step, also for those that were not reached.
fn run_steps(chosen: &[&'static Step], run: impl Fn(&Step) -> Outcome<Counts>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for step in chosen {
        if rows.iter().any(Row::has_failed) {
            rows.push(Row { step: step.name, counts: None, time: Duration::ZERO });
            continue;
        }
        let watch = Stopwatch::start();
        let counts = run(step).unwrap_or_else(|message| {
            println!("\n{}: {message}", step.name);
            Counts::ONE_FAILED
        });
        let row = Row { step: step.name, counts: Some(counts), time: watch.elapsed() };
        let word = if row.has_failed() { "FAILED after" } else { "passed in" };
        println!("--- {} {word} {}", step.name, seconds(row.time));
        rows.push(row);
    }
    rows
}

/// The closing table, whose last line is `N passed, N failed`.
fn summary(rows: &[Row]) -> String {
    let mut text = format!("{:<14} {:<8} {:>7} {:>8}\n", "step", "result", "checks", "time");
    let mut all = Counts::default();
    for row in rows {
        let Some(counts) = row.counts else {
            text += &format!("{:<14} not run\n", row.step);
            continue;
        };
        all += counts;
        let word = if row.has_failed() { "FAILED" } else { "passed" };
        text += &format!("{:<14} {word:<8} {:>7} {:>8}\n", row.step, counts.total(), seconds(row.time));
    }
    let time = rows.iter().map(|row| row.time).sum();
    text + &format!("{:<14} {:>24}\n\n{} passed, {} failed", "in all", seconds(time), all.passed, all.failed)
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Outcome<Vec<&'static str>> {
        let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
        parse(&arguments).map(|steps| steps.iter().map(|step| step.name).collect())
    }

    #[test]
    fn without_arguments_every_step_runs() {
        let all: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        assert_eq!(names(&[]), Ok(all));
    }

    #[test]
    fn chosen_steps_bring_what_they_need_in_order() {
        assert_eq!(names(&["--only", "format"]), Ok(vec!["format"]));
        assert_eq!(names(&["--only", "e2e,format"]), Ok(vec!["format", "build", "e2e"]));
        assert!(names(&["--only", "fromat"]).expect_err("no such step").contains("format"));
        assert!(names(&["--only"]).is_err());
        assert!(names(&["format"]).is_err());
    }

    #[test]
    fn what_a_step_needs_is_a_step_before_it() {
        for (position, step) in STEPS.iter().enumerate() {
            for need in step.needs {
                assert!(
                    STEPS[..position].iter().any(|earlier| earlier.name == *need),
                    "{} needs {need}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn the_first_failure_stops_the_rest_and_always_counts() {
        let chosen: Vec<_> = STEPS.iter().take(3).collect();
        let second = chosen[1].name;
        let rows = run_steps(&chosen, |step| {
            if step.name == second { Err("broken".to_owned()) } else { Ok(Counts::ONE_PASSED) }
        });
        let counts: Vec<_> = rows.iter().map(|row| row.counts).collect();
        assert_eq!(counts, [Some(Counts::ONE_PASSED), Some(Counts::ONE_FAILED), None]);
        let text = summary(&rows);
        assert!(text.contains("not run"), "{text}");
        assert!(text.ends_with("\n1 passed, 1 failed"), "{text}");
    }

    #[test]
    fn the_quick_steps_need_no_others() {
        let steps = named(&QUICK).expect("they are steps");
        assert_eq!(steps.iter().map(|step| step.name).collect::<Vec<_>>(), QUICK);
    }
}
