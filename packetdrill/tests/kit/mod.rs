//! Helpers shared by the suites.
#![allow(dead_code, reason = "each suite is a crate of its own and uses a part of this")]

pub(crate) mod any_text;

use std::path::{Path, PathBuf};

use packetdrill::suite::{self, Outcome, Settings};
use packetdrill::{Mode, Verdict, mutate, parse, run};

/// The top folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace").to_owned()
}

/// Every mutant of every script that passes must fail, in every mode in which the script passes.
#[track_caller]
pub(crate) fn check_mutants(scripts: &[PathBuf], settings: &Settings) {
    let (mut count, mut survivors) = (0, Vec::new());
    for path in scripts {
        let Outcome::Pass(most_exact) = suite::judge(path, settings) else { continue };
        let source = std::fs::read_to_string(path).expect("the script can be read");
        let script = parse(&source, &settings.definitions).expect("it passes");
        for mode in Mode::ALL.into_iter().filter(|mode| *mode >= most_exact) {
            // A script may pass only in a more exact mode, because rule N6 puts acknowledgements aside.
            if run(&script, mode) != Verdict::Pass {
                continue;
            }
            for mutant in mutate::mutants(&script, mode) {
                count += 1;
                let verdict = run(&mutant.script, mode);
                if !matches!(verdict, Verdict::Fail(_)) {
                    let (line, what) = (mutant.line, mutant.what);
                    survivors.push(format!("{}:{line}: {mode}: {what}: {verdict:?}", path.display()));
                }
            }
        }
    }
    println!("{count} mutants of {} scripts, {} survive", scripts.len(), survivors.len());
    assert!(count > scripts.len(), "{count} mutants of {} scripts", scripts.len());
    assert!(survivors.is_empty(), "{} of {count}:\n{}", survivors.len(), survivors.join("\n"));
}
