//! `cargo xtask bench`: what the design promises, measured, beside what it is compared with.
//!
//! The measurements are made where what they measure lives: the size of the page in [`size`], the page itself in
//! `e2e/bench.mjs`, the stack and the lab in `crates/lab/benches/peers/`, the search in `crates/lab/tests/search/`. Each prints rows; this makes
//! one table of them.

use std::process::Command;

use crate::process::{self, cargo, command};
use crate::{Outcome, build, size, system, tools};

/// How a row begins; its cells follow, separated by tabs.
const ROW: &str = "row\t";
const HEADS: [&str; CELLS] = ["what", "measured", "reference in the same run", "ratio or budget", "verdict"];
const CELLS: usize = 5;
/// The verdict of a row that does not keep its promise.
const OVER: &str = "OVER";

type Row = [String; CELLS];

/// The suite of deep searches, compiled as the benchmarks are.
const SEARCH: &str = "test --package lab --locked --profile bench --test search";
/// One of them.
const ONE_SEARCH: &str = "-- --nocapture --exact every_run_with_two_losses_and_a_copy";

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let (stack, page) = parse(arguments)?;
    let mut rows = Vec::new();
    // The page first: it is built anew if its sources have changed, and nothing must be built beside a measurement.
    if page {
        build::build()?;
    }
    if stack {
        println!("Building the benchmarks ...");
        let host = process::capture(command("rustc").args(["--print", "host-tuple"]))?;
        process::run(peers(host.trim()).arg("--no-run"))?;
        process::run(cargo().args(SEARCH.split(' ')).arg("--no-run"))?;
        println!("Measuring the stack and the lab ...");
        rows.extend(measured(&mut peers(host.trim()))?);
        rows.extend(measured(cargo().args(SEARCH.split(' ')).args(ONE_SEARCH.split(' ')))?);
    }
    if page {
        rows.push(size_row(size::first_screen()?));
        system::require_node()?;
        tools::ensure_e2e_packages()?;
        let browser = system::ensure_browser()?;
        println!("Measuring the page ...");
        rows.extend(measured(command("node").arg("e2e/bench.mjs").env("CHROMIUM", browser.chromium))?);
    }
    println!("\n{}", table(&rows));
    // Not a failure: a budget is no test, and a busy machine is no reason for a red one.
    Ok(())
}

/// The stack against its peers, compiled like the page: a panic aborts. Cargo does not do that to benchmarks by itself;
/// with a target named the flag reaches no build script.
fn peers(host: &str) -> Command {
    let mut command = cargo();
    command.env("RUSTFLAGS", "-C panic=abort");
    command.args(["bench", "--package", "lab", "--locked", "--quiet", "--bench", "peers", "--target", host]);
    command
}

/// Whether to measure the stack, and whether the page.
fn parse(arguments: &[String]) -> Outcome<(bool, bool)> {
    match arguments {
        [] => Ok((true, true)),
        [only, what] if only == "--only" && what == "stack" => Ok((true, false)),
        [only, what] if only == "--only" && what == "page" => Ok((false, true)),
        _ => Err("bench takes --only stack or --only page, or nothing for both".to_owned()),
    }
}

/// Runs a measurement and returns its rows.
fn measured(command: &mut Command) -> Outcome<Vec<Row>> {
    let mut rows = Vec::new();
    if !process::tee(command, |line| rows.extend(row(line)))? {
        return Err(format!("`{}` failed", process::display(command)));
    }
    if rows.is_empty() {
        return Err(format!("`{}` measured nothing", process::display(command)));
    }
    Ok(rows)
}

fn row(line: &str) -> Option<Row> {
    let cells: Vec<_> = line.strip_prefix(ROW)?.split('\t').map(str::to_owned).collect();
    cells.try_into().ok()
}

fn size_row(bytes: u64) -> Row {
    let limit = size::LIMIT_BYTES;
    let percent = bytes * 100 / limit;
    let verdict = if bytes <= limit { "ok" } else { OVER };
    [
        "first screen, brotli".to_owned(),
        format!("{bytes} B"),
        String::new(),
        format!("{}.{:02} of {limit} B", percent / 100, percent % 100),
        verdict.to_owned(),
    ]
}

/// The rows under their heads, and how many keep their promise.
fn table(rows: &[Row]) -> String {
    let heads = HEADS.map(str::to_owned);
    let all = || std::iter::once(&heads).chain(rows);
    let widths: [usize; CELLS] =
        std::array::from_fn(|i| all().map(|row| row[i].chars().count()).max().unwrap_or(0));
    let mut text = String::new();
    for row in all() {
        let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text += cells.join(" | ").trim_end();
        text.push('\n');
    }
    let over = rows.iter().filter(|row| row[CELLS - 1] == OVER).count();
    text + &format!("\n{} within what was promised, {over} over", rows.len() - over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_are_measured_unless_one_is_chosen() {
        let parse =
            |arguments: &[&str]| parse(&arguments.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(parse(&[]), Ok((true, true)));
        assert_eq!(parse(&["--only", "stack"]), Ok((true, false)));
        assert_eq!(parse(&["--only", "page"]), Ok((false, true)));
        assert!(parse(&["--only"]).is_err());
        assert!(parse(&["page"]).is_err());
    }

    #[test]
    fn rows_are_told_from_other_output() {
        let cells = ["a", "1 ms", "b 2 ms", "0.50", "ok"].map(str::to_owned);
        assert_eq!(row("row\ta\t1 ms\tb 2 ms\t0.50\tok"), Some(cells));
        assert_eq!(row("row\ttoo\tfew"), None);
        assert_eq!(row("Compiling"), None);
    }

    #[test]
    fn the_table_counts_what_is_over() {
        let rows = [size_row(size::LIMIT_BYTES), size_row(size::LIMIT_BYTES + 1)];
        let text = table(&rows);
        assert!(text.starts_with("what "), "{text}");
        assert!(text.ends_with("1 within what was promised, 1 over"), "{text}");
    }
}
