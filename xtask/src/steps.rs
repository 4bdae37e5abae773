//! The steps of `cargo xtask test`. To add one, write its function and its line in [`STEPS`].

use std::path::Path;
use std::process::Command;

use crate::counts::Counts;
use crate::process::{self, cargo, command};
use crate::system::WASM;
use crate::tools::WASM_BINDGEN;
use crate::{Outcome, build, requirements, rules, size, system, tools};

pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Steps without which this one means nothing.
    pub(crate) needs: &'static [&'static str],
    /// Returns what was counted, or why it could not be.
    pub(crate) run: fn() -> Outcome<Counts>,
}

/// In the order they run: what fails fastest comes first.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "format", about: "the code is formatted", needs: &[], run: format },
    Step { name: "clippy", about: "lints, for this machine", needs: &[], run: clippy },
    Step { name: "test", about: "tests that run on this machine", needs: &[], run: test_native },
    Step { name: "clippy-wasm", about: "lints, for the browser", needs: &[], run: clippy_wasm },
    Step { name: "doc", about: "the documentation builds without a warning", needs: &[], run: doc },
    Step {
        name: "fuzz",
        about: "the fuzz targets compile, without a warning",
        needs: &[],
        run: fuzz_targets,
    },
    Step { name: "rules", about: "every rule is fired by a test and explained", needs: &[], run: every_rule },
    Step {
        name: "requirements",
        about: "docs/rfc9293.md names tests that exist",
        needs: &[],
        run: requirements_table,
    },
    Step { name: "test-wasm", about: "tests that run in a browser", needs: &[], run: test_wasm },
    Step { name: "build", about: "the page as it is published", needs: &[], run: build_page },
    Step { name: "size", about: "the page is not too large", needs: &["build"], run: page_size },
    Step { name: "e2e", about: "the built page in a real browser", needs: &["build"], run: e2e },
    Step { name: "accessibility", about: "WCAG 2.2 AA by axe", needs: &["build"], run: accessibility },
];

/// The steps of `cargo xtask check`: what is worth knowing after each change.
pub(crate) const QUICK: [&str; 3] = ["format", "clippy", "test"];

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Runs a program that is one check.
fn single(command: &mut Command) -> Outcome<Counts> {
    process::run(command).map(|()| Counts::ONE_PASSED)
}

/// Runs a test runner and counts what it reports. A run without a single test is a failure: it checks nothing.
fn counted(command: &mut Command) -> Outcome<Counts> {
    let mut counts = Counts::default();
    let is_fine = process::tee(command, |line| counts += Counts::of_line(line))?;
    match (is_fine, counts) {
        (true, Counts { passed: 0, failed: 0 }) => {
            Err(format!("`{}` ran no test", process::display(command)))
        }
        // It did not compile, or broke off.
        (false, Counts { failed: 0, .. }) => Err(format!("`{}` failed", process::display(command))),
        _ => Ok(counts),
    }
}

fn format() -> Outcome<Counts> {
    single(cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> Outcome<Counts> {
    single(cargo().args(["clippy", "--workspace", "--all-targets", "--locked"]).args(DENY_WARNINGS))
}

fn clippy_wasm() -> Outcome<Counts> {
    system::ensure_wasm_target()?;
    // The page and its test for the browser; the crates below it are the same everywhere.
    let arguments = ["clippy", "--locked", "--target", WASM, "--lib", "--bins", "--test", BROWSER_SUITE];
    single(cargo().args(arguments).args(DENY_WARNINGS))
}

fn doc() -> Outcome<Counts> {
    single(cargo().args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"))
}

fn test_native() -> Outcome<Counts> {
    // tests/tidy asks git which files there are.
    system::require_git()?;
    // nextest names what fails more clearly. It is not installed for that: compiling it takes longer than the tests.
    let mut test = cargo();
    if system::has_nextest() {
        test.args(["nextest", "run", "--no-fail-fast", "--status-level", "slow"]);
    } else {
        test.args(["test", "--no-fail-fast"]);
    }
    counted(test.args(["--workspace", "--locked"]))
}

/// They are a workspace of their own. Running them needs cargo-fuzz and time; their checks are run in short by
/// crates/invariants/tests.
fn fuzz_targets() -> Outcome<Counts> {
    let manifest = process::root().join("fuzz").join("Cargo.toml");
    single(cargo().args(["fmt", "--check", "--manifest-path"]).arg(&manifest))?;
    let target = process::root().join("target");
    // The same folder as for all the rest, unless the environment names another.
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or(target.into());
    let mut clippy = cargo();
    clippy.args(["clippy", "--locked", "--manifest-path"]).arg(&manifest).env("CARGO_TARGET_DIR", target);
    single(clippy.args(DENY_WARNINGS))
}

fn every_rule() -> Outcome<Counts> {
    rules::run(&[]).map(|()| Counts::ONE_PASSED)
}

fn requirements_table() -> Outcome<Counts> {
    requirements::run(&["--check".to_owned()]).map(|()| Counts::ONE_PASSED)
}

/// The suite in `tests/` that runs in a browser.
const BROWSER_SUITE: &str = "yew_dom";

fn test_wasm() -> Outcome<Counts> {
    system::ensure_wasm_target()?;
    let browser = system::ensure_browser()?;
    let runner = WASM_BINDGEN.ensure()?.join("wasm-bindgen-test-runner");
    let mut test = cargo();
    test.args(["test", "--locked", "--target", WASM, "--test", BROWSER_SUITE])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser.chromedriver)
        // The default is too short for a machine that is busy with other things.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    counted(&mut test)
}

fn build_page() -> Outcome<Counts> {
    build::build().map(|()| Counts::ONE_PASSED)
}

fn page_size() -> Outcome<Counts> {
    size::check().map(|()| Counts::ONE_PASSED)
}

fn e2e() -> Outcome<Counts> {
    playwright("e2e")
}

fn accessibility() -> Outcome<Counts> {
    playwright("accessibility")
}

/// Runs a project of e2e/playwright.config.mjs.
fn playwright(project: &str) -> Outcome<Counts> {
    system::require_node()?;
    tools::ensure_e2e_packages()?;
    let browser = system::ensure_browser()?;
    let runner = Path::new("node_modules").join("@playwright").join("test").join("cli.js");
    counted(
        command("node")
            .arg(runner)
            .args(["test", "--project", project])
            .current_dir(process::root().join("e2e"))
            .env("CHROMIUM", browser.chromium)
            // Colours would stand between us and the counts.
            .env("NO_COLOR", "1")
            .env_remove("FORCE_COLOR"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suites_with_browser_tests_are_run() {
        let is_for_browser = |path: &Path| {
            std::fs::read_to_string(path).is_ok_and(|text| text.contains("#[wasm_bindgen_test]"))
        };
        let suites = process::files(&process::root().join("tests")).expect("there are suites");
        let found: Vec<_> = suites.iter().filter(|path| is_for_browser(path)).collect();
        assert_eq!(found, [&process::root().join("tests").join("yew_dom.rs")]);
    }

    #[test]
    fn a_run_without_tests_fails() {
        let message = counted(cargo().arg("--version")).expect_err("no test ran");
        assert!(message.contains("ran no test"), "{message}");
    }
}
