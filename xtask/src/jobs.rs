//! Long jobs side by side, for the reader who waits: a line when one begins and ends, and a sign of life in between.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::Outcome;
use crate::process::{self, Stopwatch};

/// How often it is told how far the jobs have come.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);
/// How much of what a failed program wrote is shown.
const LINES_OF_FAILURE: usize = 40;

/// Something that takes a while.
pub(crate) struct Job<'a> {
    /// What is worked on.
    pub(crate) name: &'a str,
    /// What is done with it, and how long that usually takes.
    pub(crate) about: String,
    pub(crate) work: Box<dyn Fn(&Progress) -> Outcome + Sync + 'a>,
}

/// How far a job has come.
#[derive(Default)]
pub(crate) struct Progress {
    crates_compiled: AtomicUsize,
}

impl Progress {
    /// Runs `command` and shows what it writes only if it fails.
    pub(crate) fn run(&self, command: &mut Command) -> Outcome {
        let mut output = Vec::new();
        let is_fine = process::lines(command, |line| {
            if line.trim_start().starts_with("Compiling ") {
                self.crates_compiled.fetch_add(1, Ordering::Relaxed);
            }
            output.push(line.to_owned());
        })?;
        if is_fine {
            return Ok(());
        }
        let end = output.len().saturating_sub(LINES_OF_FAILURE);
        Err(format!("`{}` failed:\n{}", process::display(command), output[end..].join("\n")))
    }

    fn in_words(&self) -> String {
        match self.crates_compiled.load(Ordering::Relaxed) {
            0 => String::new(),
            count => format!(" ({count} crates so far)"),
        }
    }
}

/// Does all of `jobs` at once. If some fail, returns what the first of them says.
pub(crate) fn side_by_side(jobs: &[Job<'_>]) -> Outcome {
    let watch = Stopwatch::start();
    let tell = |name: &str, what: &str| println!("    {}  {name}: {what}", watch.minutes());
    let progress: Vec<_> = jobs.iter().map(|_| Progress::default()).collect();
    thread::scope(|scope| {
        let start = |(job, progress)| {
            let Job { name, about, work }: &Job<'_> = job;
            tell(name, &format!("{about} ..."));
            scope.spawn(move || {
                let result = work(progress);
                tell(name, if result.is_ok() { "done" } else { "FAILED" });
                result
            })
        };
        let running: Vec<_> = jobs.iter().zip(&progress).map(start).collect();
        let mut told = Duration::ZERO;
        while running.iter().any(|running| !running.is_finished()) {
            thread::sleep(Duration::from_millis(200));
            if watch.elapsed() - told < SIGN_OF_LIFE {
                continue;
            }
            told = watch.elapsed();
            let left = jobs.iter().zip(&progress).zip(&running).filter(|(_, running)| !running.is_finished());
            let left: Vec<_> =
                left.map(|((job, progress), _)| format!("{}{}", job.name, progress.in_words())).collect();
            tell("still at work", &left.join(", "));
        }
        let broke_off = |_| Err("a job broke off".to_owned());
        running.into_iter().try_for_each(|running| running.join().unwrap_or_else(broke_off))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job<'a>(name: &'a str, result: &'a Outcome) -> Job<'a> {
        Job { name, about: String::new(), work: Box::new(|_| result.clone()) }
    }

    #[test]
    fn all_jobs_are_done_and_a_failure_is_told() {
        let (fine, broken) = (Ok(()), Err("broken".to_owned()));
        assert_eq!(side_by_side(&[job("a", &fine), job("b", &fine)]), Ok(()));
        assert_eq!(side_by_side(&[job("a", &fine), job("b", &broken)]), broken);
    }

    #[test]
    fn a_failed_program_is_shown() {
        let mut command = process::cargo();
        let message = Progress::default().run(command.arg("no-such-subcommand")).expect_err("it fails");
        assert!(message.contains("no such command"), "{message}");
    }
}
