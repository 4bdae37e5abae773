//! The project's own scripts: each passes by the letter, and no mutant of one does.

mod kit;

use std::path::PathBuf;

use packetdrill::suite::{self, Outcome, Settings};
use packetdrill::{Mode, report};

fn scripts() -> Vec<PathBuf> {
    suite::scripts(&[kit::root().join("tests/packetdrill")]).expect("the folder can be read")
}

#[test]
fn our_scripts_pass_by_the_letter() {
    let settings = Settings { mode: Mode::Strict, ..Settings::default() };
    let scripts = scripts();
    assert!(scripts.len() >= 60, "{} scripts", scripts.len());
    let outcomes = scripts.iter().map(|path| (path, suite::judge(path, &settings)));
    let wrong: Vec<_> = outcomes
        .filter(|(_, outcome)| !matches!(outcome, Outcome::Pass(_)))
        .map(|(path, outcome)| report::line(path, &outcome))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_says_which_clause_demands_it() {
    for path in scripts() {
        let source = std::fs::read_to_string(&path).expect("the script can be read");
        let first = source.lines().next().unwrap_or_default();
        let names_a_source = ["// RFC ", "// POSIX "].iter().any(|start| first.starts_with(start));
        assert!(names_a_source && first.contains(':') | source.lines().nth(1).is_some_and(|l| l.contains(':')), "{}: {first}", path.display());
    }
}

#[test]
fn no_mutant_of_them_passes() {
    kit::check_mutants(&scripts(), &Settings { mode: Mode::Strict, ..Settings::default() });
}
