//! `cargo xtask rules`: each rule of the state machine with the tests that fire it and the languages that explain it.
//!
//! The tests themselves tell: run with a folder in the environment, they leave there which rule fired in which test.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::process::{self, cargo, root};

/// Read by `crates/invariants/src/fired.rs`.
const FOLDER: &str = "TCP_STATE_LAB_RULES";
/// The suite whose tests watch rules, and the one that knows them all.
const SUITES: [&str; 2] = ["tcp", "rules"];
/// The languages of the course.
const LANGUAGES: [&str; 2] = ["zh-Hans", "en"];
/// How many tests are named for one rule.
const NAMED: usize = 2;

pub(crate) fn run(arguments: &[String]) -> Outcome {
    process::no_arguments("rules", arguments)?;
    let seen = watch()?;
    let (table, faults) = report(&seen);
    print!("{table}");
    if faults.is_empty() {
        println!(
            "\n{} rules, each fired by a test and explained in {}",
            seen.known.len(),
            LANGUAGES.join(" and ")
        );
        return Ok(());
    }
    Err(faults.join("\n       "))
}

/// What the tests left behind.
#[derive(Default)]
struct Seen {
    /// Each rule, in the project's order, with the languages that explain it.
    known: Vec<(String, Vec<String>)>,
    /// The tests that fired each rule.
    fired: BTreeMap<String, BTreeSet<String>>,
}

/// Runs the suites and reads what they saw.
fn watch() -> Outcome<Seen> {
    let folder = root().join("target").join("rules");
    // What an earlier run saw must not count.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("cannot clear {}: {error}", folder.display()))?;
    }
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let mut test = cargo();
    // All packages, though it is two suites that run: with fewer, crates would be compiled once more.
    test.args(["test", "--quiet", "--locked", "--workspace"]).env(FOLDER, &folder);
    for suite in SUITES {
        test.args(["--test", suite]);
    }
    process::capture(&mut test)?;
    read(&folder)
}

fn read(folder: &Path) -> Outcome<Seen> {
    let mut seen = Seen::default();
    for path in process::files(folder)? {
        let text = process::read(&path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "known") {
            seen.known = text.lines().map(known_rule).collect();
        } else {
            for rule in text.lines() {
                seen.fired.entry(rule.to_owned()).or_default().insert(name.clone());
            }
        }
    }
    Ok(seen)
}

fn known_rule(line: &str) -> (String, Vec<String>) {
    let mut parts = line.split('\t').map(str::to_owned);
    (parts.next().unwrap_or_default(), parts.collect())
}

/// The table, and what is wrong.
fn report(seen: &Seen) -> (String, Vec<String>) {
    let mut table = String::new();
    let mut faults = Vec::new();
    if seen.known.is_empty() {
        faults.push("the tests told of no rule at all".to_owned());
    }
    for (rule, languages) in &seen.known {
        let tests = seen.fired.get(rule);
        let count = tests.map_or(0, BTreeSet::len);
        let mut named: Vec<_> = tests.into_iter().flatten().take(NAMED).map(String::as_str).collect();
        let more = format!("and {} more", count.saturating_sub(NAMED));
        if count > NAMED {
            named.push(&more);
        }
        table += &format!("{rule:<38} {:<11} {}\n", languages.join(" "), named.join(", "));
        if count == 0 {
            faults.push(format!("no test fires the rule {rule}"));
        }
        for language in LANGUAGES.iter().filter(|language| !languages.iter().any(|known| known == *language))
        {
            faults.push(format!("the rule {rule} has no text in {language}"));
        }
    }
    for rule in seen.fired.keys().filter(|rule| seen.known.iter().all(|(known, _)| known != *rule)) {
        faults.push(format!("a test fires {rule}, which is no rule"));
    }
    (table, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(known: &str, fired: &[(&str, &str)]) -> Seen {
        let mut seen = Seen { known: known.lines().map(known_rule).collect(), ..Seen::default() };
        for (rule, test) in fired {
            seen.fired.entry((*rule).to_owned()).or_default().insert((*test).to_owned());
        }
        seen
    }

    #[test]
    fn a_rule_with_tests_and_texts_is_in_order() {
        let (table, faults) = report(&seen("a\tzh-Hans\ten", &[("a", "one"), ("a", "two"), ("a", "three")]));
        assert!(table.contains("and 1 more"), "{table}");
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(report(&seen("a\tzh-Hans\ten", &[])).1, ["no test fires the rule a"]);
        assert_eq!(report(&seen("a\ten", &[("a", "one")])).1, ["the rule a has no text in zh-Hans"]);
        assert_eq!(
            report(&seen("a\tzh-Hans\ten", &[("a", "t"), ("b", "t")])).1,
            ["a test fires b, which is no rule"]
        );
        assert_eq!(report(&Seen::default()).1.len(), 1);
    }
}
