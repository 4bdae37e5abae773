//! Scripts on disk: which there are, and what becomes of each.

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
    /// Names that scripts may ask for.
    pub definitions: Vec<Definition>,
    /// The scripts that are known to contradict the standard.
    pub departures: Departures,
}

/// What became of a script.
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
    /// The line, where there is one.
    pub line: Option<u32>,
    /// The column, of an error of the language.
    pub column: Option<u32>,
    /// What the script has.
    pub expected: Option<String>,
    /// What came instead; or what is wrong, where nothing was expected.
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

/// Runs `script` in the most exact mode in which it passes, up to `mode`.
#[must_use]
pub fn judge_script(script: &Script, mode: Mode) -> Outcome {
    let mut outcome = None;
    for mode in Mode::ALL.into_iter().filter(|tried| *tried <= mode) {
        match run(script, mode) {
            Verdict::Pass => return Outcome::Pass(mode),
            Verdict::Fail(mismatch) => {
                let (line, expected) = (Some(mismatch.line), Some(mismatch.expected));
                outcome = Some(Outcome::Fail(Reason { line, column: None, expected, got: mismatch.got }));
            }
            Verdict::Skip(gap) => {
                let got = format!("not supported: {}", gap.what);
                outcome = Some(Outcome::Skip(Reason { line: Some(gap.line), got, ..Reason::default() }));
            }
        }
    }
    // The most exact mode is always tried.
    outcome.unwrap_or_else(|| Outcome::Fail(Reason::default()))
}
