//! `cargo xtask test`: runs the steps of [`steps`], stops at the first that fails, and closes with a table.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::Outcome;
use crate::process::Stopwatch;
use crate::report::{Counts, Row, Verdict, seconds, summary};
use crate::steps::{self, STEPS, Step};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let chosen = parse(arguments)?;
    let rows = run_steps(&chosen, |step| {
        println!("\n=== {}: {}", step.name, step.about);
        (step.run)()
    });
    println!("\n{}", summary(&rows));
    match rows.iter().find(|row| matches!(row.verdict, Verdict::Failed(_))) {
        Some(row) => {
            Err(format!("the step `{0}` failed; run it alone with `cargo xtask test --only {0}`", row.step))
        }
        None => Ok(()),
    }
}

/// The steps to run, in their order.
fn parse(arguments: &[String]) -> Outcome<Vec<&'static Step>> {
    let mut names = BTreeSet::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument != "--only" {
            return Err(format!("test does not know `{argument}`; it takes --only STEP[,STEP...]"));
        }
        let value = arguments.next().ok_or("--only needs the name of a step")?;
        for name in value.split(',') {
            let step = STEPS.iter().find(|step| step.name == name).ok_or_else(|| {
                let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
                format!("there is no step `{name}`; there are {}", known.join(", "))
            })?;
            names.insert(step.name);
            // A test of the page tests the page as the sources are now, never an old build.
            names.extend(step.needs);
        }
    }
    Ok(STEPS.iter().filter(|step| names.is_empty() || names.contains(step.name)).collect())
}

/// Runs each step until one fails. One row a step, also for those that were not reached.
fn run_steps(chosen: &[&'static Step], run: impl Fn(&Step) -> steps::Outcome) -> Vec<Row> {
    let mut failed = false;
    let mut rows = Vec::new();
    for step in chosen {
        if failed {
            rows.push(Row { step: step.name, verdict: Verdict::NotRun, time: Duration::ZERO });
            continue;
        }
        let watch = Stopwatch::start();
        let verdict = match run(step) {
            Ok(counts) => Verdict::Passed(counts),
            Err((mut counts, message)) => {
                failed = true;
                println!("\n{}: {message}", step.name);
                // A step can fail without any of its tests failing, by not compiling for one.
                if counts.failed == 0 {
                    counts += Counts::ONE_FAILED;
                }
                Verdict::Failed(counts)
            }
        };
        let word = if failed { "FAILED after" } else { "passed in" };
        println!("--- {} {word} {}", step.name, seconds(watch.elapsed()));
        rows.push(Row { step: step.name, verdict, time: watch.elapsed() });
    }
    rows
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
            if step.name == second {
                Err((Counts::default(), "broken".to_owned()))
            } else {
                Ok(Counts::ONE_PASSED)
            }
        });
        assert!(matches!(rows[0].verdict, Verdict::Passed(Counts::ONE_PASSED)));
        assert!(matches!(rows[1].verdict, Verdict::Failed(Counts::ONE_FAILED)));
        assert!(matches!(rows[2].verdict, Verdict::NotRun));
        assert!(summary(&rows).ends_with("1 passed, 1 failed"));
    }
}
