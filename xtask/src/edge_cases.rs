//! The second table of `cargo xtask requirements`: the cases that other stacks' test suites try, and our tests of each.
//!
//! The cases are in `docs/edge-cases.txt`, the table is written to `docs/edge-cases.md`. A test named there that does
//! not exist is an error.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Outcome;
use crate::process::{read, root};

const LIST: &str = "docs/edge-cases.txt";
pub(crate) const TABLE: &str = "docs/edge-cases.md";

/// The files that have a test of this name.
pub(crate) type Files = BTreeMap<String, Vec<String>>;

#[derive(Debug, PartialEq, Eq)]
struct Case {
    text: String,
    answer: Answer,
}

/// What we have for a case.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Tests(Vec<String>),
    /// Why there is none.
    Out(String),
}

/// The cases under one heading.
#[derive(Debug, PartialEq, Eq)]
struct Group {
    heading: String,
    cases: Vec<Case>,
}

/// The text of the table.
pub(crate) fn table(files: &Files) -> Outcome<String> {
    write_table(&parse(&read(&root().join(LIST))?)?, files)
}

/// Headings end in a colon; under them `case | test, test` or `case | out: why`.
fn parse(list: &str) -> Outcome<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let wrong = || format!("{LIST}: cannot read `{line}`");
        if let Some(heading) = line.strip_suffix(':') {
            groups.push(Group { heading: heading.to_owned(), cases: Vec::new() });
            continue;
        }
        let (text, answer) = line.split_once(" | ").ok_or_else(wrong)?;
        let answer = match answer.strip_prefix("out: ") {
            Some(why) => Answer::Out(why.to_owned()),
            None => Answer::Tests(answer.split(", ").map(str::to_owned).collect()),
        };
        let group = groups.last_mut().ok_or_else(wrong)?;
        group.cases.push(Case { text: text.trim().to_owned(), answer });
    }
    Ok(groups)
}

fn write_table(groups: &[Group], files: &Files) -> Outcome<String> {
    let cases = || groups.iter().flat_map(|group| &group.cases);
    let tested = cases().filter(|case| matches!(case.answer, Answer::Tests(_))).count();
    let mut table = format!(
        "# Cases that other stacks try\n\nWritten by `cargo xtask requirements` from `docs/edge-cases.txt`: what the public test suites of smoltcp, gVisor, lwIP\nand others pay attention to, in our words, and our tests of it.\n\n{} cases: {tested} tested, {} outside.\n",
        cases().count(),
        cases().count() - tested,
    );
    for Group { heading, cases } in groups {
        let _ = write!(table, "\n## {heading}\n\n| case | tests |\n|---|---|\n");
        for case in cases {
            let answer = match &case.answer {
                Answer::Out(why) => format!("outside: {why}"),
                Answer::Tests(names) => {
                    names.iter().map(|name| located(name, files)).collect::<Outcome<Vec<_>>>()?.join("<br>")
                }
            };
            let _ = writeln!(table, "| {} | {answer} |", case.text);
        }
    }
    Ok(table)
}

/// A test with the file it stands in.
fn located(name: &str, files: &Files) -> Outcome<String> {
    let files = files.get(name).ok_or_else(|| format!("{LIST} names a test that does not exist: {name}"))?;
    Ok(files.iter().map(|file| format!("`{file}` {name}")).collect::<Vec<_>>().join("<br>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_have_tests_or_a_reason() {
        let groups =
            parse("# a remark\nOpening:\nlost SYN | syn_lost, syn_lost_twice\nECN | out: no router\n");
        let files: Files = ["syn_lost", "syn_lost_twice"]
            .map(|name| (name.to_owned(), vec!["tests/x.rs".to_owned()]))
            .into();
        let table = write_table(&groups.expect("it is well formed"), &files).expect("the tests exist");
        assert!(table.contains("2 cases: 1 tested, 1 outside."));
        assert!(table.contains("| lost SYN | `tests/x.rs` syn_lost<br>`tests/x.rs` syn_lost_twice |"));
        assert!(table.contains("| ECN | outside: no router |"));
    }

    #[test]
    fn a_case_without_heading_or_answer_is_an_error() {
        assert!(parse("lost SYN | syn_lost").is_err());
        assert!(parse("Opening:\nlost SYN").is_err());
    }

    #[test]
    fn a_test_that_does_not_exist_is_an_error() {
        let groups = parse("Opening:\nlost SYN | syn_lost").expect("it is well formed");
        assert!(write_table(&groups, &Files::new()).is_err());
    }
}
