//! The steps of `cargo xtask test`. To add one, write its function and its line in [`STEPS`].

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, cargo, command};
use crate::report::Counts;
use crate::system::WASM;
use crate::tools::WASM_BINDGEN;
use crate::{build, requirements, rules, size, system, tools};

/// What a step found, and on failure why it failed.
pub(crate) type Outcome = Result<Counts, (Counts, String)>;

pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Steps without which this one means nothing.
    pub(crate) needs: &'static [&'static str],
    pub(crate) run: fn() -> Outcome,
}

/// In the order they run: what fails fastest comes first.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "format", about: "the code is formatted", needs: &[], run: format },
    Step { name: "clippy", about: "lints, for this machine", needs: &[], run: clippy },
    Step { name: "clippy-wasm", about: "lints, for the browser", needs: &[], run: clippy_wasm },
    Step { name: "doc", about: "the documentation builds without a warning", needs: &[], run: doc },
    Step { name: "test", about: "tests that run on this machine", needs: &[], run: test_native },
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
    Step { name: "size", about: "the page is within its budget", needs: &["build"], run: page_size },
    Step { name: "e2e", about: "the built page in a real browser", needs: &["build"], run: e2e },
    Step { name: "accessibility", about: "WCAG 2.2 AA by axe", needs: &["build"], run: accessibility },
];

/// A step that is one check.
fn single(result: crate::Outcome) -> Outcome {
    result.map(|()| Counts::ONE_PASSED).map_err(|message| (Counts::ONE_FAILED, message))
}

/// A step that could not even begin.
fn unready(message: String) -> (Counts, String) {
    (Counts::ONE_FAILED, message)
}

/// Runs a test runner and counts what it reports. A run without a single test is a failure: it checks nothing.
fn counted(command: &mut Command) -> Outcome {
    let mut counts = Counts::default();
    let result = process::tee(command, |line| counts.read_line(line));
    match result {
        Ok(true) if counts.failed == 0 && counts.passed > 0 => Ok(counts),
        Ok(true) if counts.failed == 0 => {
            Err((counts, format!("`{}` ran no test", process::display(command))))
        }
        Ok(_) => Err((counts, format!("`{}` failed", process::display(command)))),
        Err(message) => Err((counts, message)),
    }
}

fn format() -> Outcome {
    single(process::run(cargo().args(["fmt", "--all", "--check"])))
}

fn clippy() -> Outcome {
    single(process::run(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ])))
}

fn clippy_wasm() -> Outcome {
    system::ensure_wasm_target().map_err(unready)?;
    let arguments =
        ["clippy", "--lib", "--bins", "--tests", "--locked", "--target", WASM, "--", "-D", "warnings"];
    single(process::run(cargo().args(arguments)))
}

fn requirements_table() -> Outcome {
    single(requirements::run(&["--check".to_owned()]))
}

fn doc() -> Outcome {
    single(process::run(
        cargo().args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"),
    ))
}

fn test_native() -> Outcome {
    // tests/tidy.rs asks git which files there are.
    system::require_git().map_err(unready)?;
    counted(cargo().args(["test", "--workspace", "--locked"]))
}

/// They are a workspace of their own. Running them needs cargo-fuzz and time; their checks are run in short by
/// tests/properties.rs.
fn fuzz_targets() -> Outcome {
    let manifest = process::root().join("fuzz/Cargo.toml");
    single(process::run(cargo().args(["fmt", "--check", "--manifest-path"]).arg(&manifest)))?;
    let lints = ["--locked", "--", "-D", "warnings"];
    single(process::run(cargo().args(["clippy", "--manifest-path"]).arg(&manifest).args(lints)))
}

fn every_rule() -> Outcome {
    single(rules::run(&[]))
}

fn test_wasm() -> Outcome {
    system::ensure_wasm_target().map_err(unready)?;
    let browser = system::ensure_browser().map_err(unready)?;
    let runner = WASM_BINDGEN.ensure().map_err(unready)?.join("wasm-bindgen-test-runner");
    let root = process::root();
    let mut test = cargo();
    test.args(["test", "--locked", "--target", WASM]);
    // Only what has browser tests: the others would be compiled for the browser to run nothing there.
    if mentions_browser_tests(&root.join("src")) {
        test.arg("--lib");
    }
    for name in browser_suites(&root.join("tests")) {
        test.args(["--test", &name]);
    }
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser.chromedriver)
        // The default is too short for a machine that is busy with other things.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    counted(&mut test)
}

/// The names of the suites in `folder` that have tests for the browser.
fn browser_suites(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = files(folder)
        .into_iter()
        .filter(|path| mentions_browser_tests(path))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

/// Whether `path`, a file or a folder with all below it, has tests for the browser.
fn mentions_browser_tests(path: &Path) -> bool {
    if path.is_dir() {
        return files(path).iter().any(|path| mentions_browser_tests(path));
    }
    fs::read_to_string(path).is_ok_and(|text| text.contains("#[wasm_bindgen_test]"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .map(|entries| entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect())
        .unwrap_or_default()
}

fn build_page() -> Outcome {
    single(build::build())
}

fn page_size() -> Outcome {
    single(size::check())
}

fn e2e() -> Outcome {
    browser_tests("e2e")
}

fn accessibility() -> Outcome {
    browser_tests("e2e/accessibility")
}

/// Runs the `*.test.mjs` files that stand in `folder` itself.
fn browser_tests(folder: &str) -> Outcome {
    system::require_node().map_err(unready)?;
    tools::ensure_e2e_packages().map_err(unready)?;
    let browser = system::ensure_browser().map_err(unready)?;
    let mut suites: Vec<_> = files(&process::root().join(folder))
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    suites.sort();
    if suites.is_empty() {
        return Err(unready(format!("{folder} has no *.test.mjs")));
    }
    counted(
        command("node")
            .args(["--test", "--test-reporter=spec"])
            .args(suites)
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
    fn finds_the_suites_with_browser_tests() {
        let suites = browser_suites(&process::root().join("tests"));
        assert!(suites.contains(&"yew_dom".to_owned()), "{suites:?}");
        assert!(!suites.contains(&"tidy".to_owned()), "{suites:?}");
    }

    #[test]
    fn a_run_without_tests_fails() {
        let (_, message) = counted(cargo().arg("--version")).expect_err("no test ran");
        assert!(message.contains("ran no test"), "{message}");
    }
}
