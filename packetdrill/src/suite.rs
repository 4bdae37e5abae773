//! Finds scripts on disk and runs them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::departures::{Departure, Departures};
use crate::error::Obstacle;
use crate::lexer::Definition;
use crate::mode::Mode;
use crate::parser::parse;
use crate::run::{Verdict, run};
use crate::script::Script;

/// How scripts are run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The least exact mode that is tried.
    pub mode: Mode,
    /// Defined names for scripts.
    pub definitions: Vec<Definition>,
    /// The scripts that are known to contradict the standard.
    pub departures: Departures,
    /// Play against the kernel of this machine instead of the lab's stack, only by the rules of `mode`.
    #[cfg(all(feature = "linux", target_os = "linux"))]
    pub against_linux: bool,
}

/// The result of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It passed, and this is the most exact mode in which it did.
    Pass(Mode),
    /// It failed.
    Fail(Reason),
    /// It could not be run.
    Skip(Reason),
    /// It failed, and it is known to contradict the standard.
    Departure(Departure, Reason),
}

/// Why a script did not pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// The line, if there is one.
    pub line: Option<u32>,
    /// The column, for a syntax error.
    pub column: Option<u32>,
    /// What the script expects.
    pub expected: Option<String>,
    /// What happened instead; or what is wrong, if nothing was expected.
    pub got: String,
}

/// The scripts in `paths`, files or folders, sorted.
///
/// # Errors
/// A path that cannot be read.
pub fn scripts(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for path in paths {
        collect(path, &mut found).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !fs::metadata(path)?.is_dir() {
        found.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "pkt") {
            collect(&path, found)?;
        }
    }
    Ok(())
}

/// Runs the script at `path`.
#[must_use]
pub fn judge(path: &Path, settings: &Settings) -> Outcome {
    let outcome = match fs::read_to_string(path) {
        Ok(source) => judge_source(&source, settings),
        Err(error) => Outcome::Fail(Reason { got: error.to_string(), ..Reason::default() }),
    };
    match (outcome, settings.departures.find(path)) {
        (Outcome::Fail(reason), Some(departure)) => Outcome::Departure(departure.clone(), reason),
        (Outcome::Pass(_), Some(departure)) => {
            let got = format!("stale entry: it passes, and is listed as contradicting {}", departure.clause);
            Outcome::Fail(Reason { got, ..Reason::default() })
        }
        (outcome, _) => outcome,
    }
}

fn judge_source(source: &str, settings: &Settings) -> Outcome {
    match parse(source, &settings.definitions) {
        #[cfg(all(feature = "linux", target_os = "linux"))]
        Ok(script) if settings.against_linux => {
            outcome_of(crate::linux::play(&script, settings.mode), settings.mode)
        }
        Ok(script) => judge_script(&script, settings.mode),
        Err(error) => {
            let reason = Reason {
                line: Some(error.line),
                column: Some(error.column),
                expected: None,
                got: error.message,
            };
            match error.obstacle {
                Obstacle::Syntax => Outcome::Fail(reason),
                Obstacle::Unsupported => Outcome::Skip(reason),
            }
        }
    }
}

/// Runs `script` in one mode after the other, up to `mode`, until it passes.
#[must_use]
pub fn judge_script(script: &Script, mode: Mode) -> Outcome {
    let mut outcome = None;
    for mode in Mode::ALL.into_iter().filter(|tried| *tried <= mode) {
        match outcome_of(run(script, mode), mode) {
            Outcome::Pass(mode) => return Outcome::Pass(mode),
            failed => outcome = Some(failed),
        }
    }
    // Never happens: at least the most exact mode was tried.
    outcome.unwrap_or_else(|| Outcome::Fail(Reason::default()))
}

fn outcome_of(verdict: Verdict, mode: Mode) -> Outcome {
    match verdict {
        Verdict::Pass => Outcome::Pass(mode),
        Verdict::Fail(mismatch) => {
            let (line, expected) = (Some(mismatch.line), Some(mismatch.expected));
            Outcome::Fail(Reason { line, column: None, expected, got: mismatch.got })
        }
        Verdict::Skip(gap) => {
            let got = format!("not supported: {}", gap.what);
            Outcome::Skip(Reason { line: Some(gap.line), got, ..Reason::default() })
        }
    }
}
