//! `cargo xtask requirements`: each requirement of RFC 9293, what this stack makes of it, and the tests that name it.
//!
//! A test names a requirement by its own name: `must_13_...` is a test of MUST-13. The list of requirements is
//! `docs/requirements.txt`, the table is written to `docs/rfc9293.md`. A second table, of cases that other stacks try,
//! is made by [`edge_cases`].

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::process::{read, root, write};
use crate::{Outcome, edge_cases};

const LIST: &str = "docs/requirements.txt";
const TABLE: &str = "docs/rfc9293.md";
/// Where tests are written.
const FOLDERS: [&str; 3] = ["crates", "src", "tests"];
const KINDS: [&str; 4] = ["MUST", "SHLD", "MAY", "REC"];

/// What the stack makes of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Core,
    Knob,
    Out,
}

#[derive(Debug, PartialEq, Eq)]
struct Requirement {
    id: String,
    section: String,
    standing: Standing,
    text: String,
}

/// The tests of each requirement, as `file: name`.
type Tests = BTreeMap<String, Vec<String>>;

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let check_only = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => return Err("requirements takes --check or nothing".to_owned()),
    };
    let requirements = parse(&read(&root().join(LIST))?)?;
    let files = find_tests()?;
    let tests = by_requirement(&files);
    let unknown: Vec<_> = tests.keys().filter(|id| requirements.iter().all(|r| r.id != **id)).collect();
    if !unknown.is_empty() {
        return Err(format!("tests name requirements that do not exist: {unknown:?}"));
    }
    let tables =
        [(TABLE, write_table(&requirements, &tests)), (edge_cases::TABLE, edge_cases::table(&files)?)];
    for (name, table) in tables {
        let path = root().join(name);
        if !check_only {
            write(&path, &table)?;
        } else if read(&path) != Ok(table) {
            return Err(format!("{name} is out of date; run cargo xtask requirements"));
        }
    }
    if !check_only {
        println!("{}", summary(&requirements, &tests));
    }
    Ok(())
}

fn parse(list: &str) -> Outcome<Vec<Requirement>> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let requirements: Vec<_> = lines.map(parse_line).collect::<Outcome<_>>()?;
    for (i, requirement) in requirements.iter().enumerate() {
        if requirements[..i].iter().any(|before| before.id == requirement.id) {
            return Err(format!("{} is listed twice", requirement.id));
        }
    }
    Ok(requirements)
}

fn parse_line(line: &str) -> Outcome<Requirement> {
    let wrong = || format!("{LIST}: cannot read `{line}`");
    let parts: Vec<_> = line.split('|').map(str::trim).collect();
    let [id, section, standing, text] = parts[..] else { return Err(wrong()) };
    let is_id = id
        .split_once('-')
        .is_some_and(|(kind, number)| KINDS.contains(&kind) && number.parse::<u32>().is_ok());
    let standing = match standing {
        "core" => Standing::Core,
        "knob" => Standing::Knob,
        "out" => Standing::Out,
        _ => return Err(wrong()),
    };
    if !is_id || text.is_empty() {
        return Err(wrong());
    }
    Ok(Requirement { id: id.to_owned(), section: section.to_owned(), standing, text: text.to_owned() })
}

/// Every test by its name, and the files that have one of that name.
fn find_tests() -> Outcome<edge_cases::Files> {
    let mut files = edge_cases::Files::new();
    for folder in FOLDERS {
        visit(&root().join(folder), &mut |path, text| {
            let file = path.strip_prefix(root()).unwrap_or(path).display().to_string();
            for name in test_names(text) {
                files.entry(name.to_owned()).or_default().push(file.clone());
            }
        })?;
    }
    files.values_mut().for_each(|files| files.sort());
    Ok(files)
}

/// The tests whose names begin with a requirement's id.
fn by_requirement(files: &edge_cases::Files) -> Tests {
    let mut tests = Tests::new();
    for (name, files) in files {
        if let Some(id) = requirement_of(name) {
            tests.entry(id).or_default().extend(files.iter().map(|file| format!("`{file}` {name}")));
        }
    }
    tests.values_mut().for_each(|names| names.sort());
    tests
}

fn visit(folder: &Path, look: &mut impl FnMut(&Path, &str)) -> Outcome {
    let cannot = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.is_dir() {
            visit(&path, look)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            look(&path, &read(&path)?);
        }
    }
    Ok(())
}

/// The names of the tests in a source file. A function that is no test does not count.
fn test_names(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("fn ") {
            found.extend(rest.split(['(', '<']).next().filter(|_| is_test));
            is_test = false;
        } else if line.starts_with("#[test]") || line.contains("_test]") {
            is_test = true;
        }
    }
    found
}

/// `must_13_time_wait_lasts_2msl` is about MUST-13.
fn requirement_of(name: &str) -> Option<String> {
    let (kind, rest) = name.split_once('_')?;
    let kind = KINDS.iter().find(|known| known.eq_ignore_ascii_case(kind))?;
    let number = rest.split('_').next()?;
    number.bytes().all(|b| b.is_ascii_digit()).then(|| format!("{kind}-{number}"))
}

fn status(requirement: &Requirement, tests: &Tests) -> &'static str {
    match (requirement.standing, tests.contains_key(&requirement.id)) {
        (Standing::Core, true) => "covered",
        (Standing::Knob, true) => "covered (setting)",
        (Standing::Core | Standing::Knob, false) => "open",
        (Standing::Out, _) => "outside",
    }
}

fn summary(requirements: &[Requirement], tests: &Tests) -> String {
    let count = |wanted: &str| requirements.iter().filter(|r| status(r, tests) == wanted).count();
    format!(
        "{} requirements: {} covered, {} covered by a setting, {} open, {} outside",
        requirements.len(),
        count("covered"),
        count("covered (setting)"),
        count("open"),
        count("outside")
    )
}

fn write_table(requirements: &[Requirement], tests: &Tests) -> String {
    let mut table = String::from(
        "# RFC 9293, requirement by requirement\n\nWritten by `cargo xtask requirements` from `docs/requirements.txt` and the names of the tests. \"Open\" means that no\ntest names it yet; \"outside\" that this stack does not have it.\n\n",
    );
    let _ = writeln!(table, "{}.\n", summary(requirements, tests));
    table.push_str("| id | section | in our words | status | tests |\n|---|---|---|---|---|\n");
    for requirement in requirements {
        let named = tests.get(&requirement.id).map_or_else(String::new, |names| names.join("<br>"));
        let Requirement { id, section, text, .. } = requirement;
        let _ = writeln!(table, "| {id} | {section} | {text} | {} | {named} |", status(requirement, tests));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_every_requirement_of_appendix_b() {
        let list = read(&root().join(LIST)).expect("it is there");
        let requirements = parse(&list).expect("it is well formed");
        for (kind, last) in [("MUST", 69), ("SHLD", 31), ("MAY", 18), ("REC", 1)] {
            for number in 1..=last {
                let id = format!("{kind}-{number}");
                assert!(requirements.iter().any(|requirement| requirement.id == id), "{id}");
            }
        }
        assert_eq!(requirements.len(), 69 + 31 + 18 + 1);
    }

    #[test]
    fn a_malformed_line_is_an_error() {
        for line in [
            "MUST-1 | 3.1 | core",
            "MUST | 3.1 | core | x",
            "MUST-1 | 3.1 | perhaps | x",
            "MUST-1 | 3.1 | core |",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
        assert!(parse("MUST-1 | 3.1 | core | x\nMUST-1 | 3.1 | core | y").is_err());
    }

    #[test]
    fn only_tests_count() {
        let text = "#[test]\nfn must_3_x() {}\nfn must_4_helper() {}\n    #[test]\n    #[should_panic]\n    fn shld_12_y() {}\n#[test]\nfn mustard() {}\n";
        let names = test_names(text);
        assert_eq!(names, ["must_3_x", "shld_12_y", "mustard"]);
        let ids: Vec<_> = names.into_iter().filter_map(requirement_of).collect();
        assert_eq!(ids, ["MUST-3", "SHLD-12"]);
    }
}
