//! The house rules that the compiler cannot enforce, checked on the sources as text.
//!
//! Each rule is a function from text to complaints, with tests that show it complaining about what it forbids.
#![cfg(not(target_arch = "wasm32"))]

mod code;
mod states;
mod text;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A longer file is not wrong, but should be asked why.
const LONG_FILE_LINES: usize = 400;

/// One file of the project.
struct File {
    /// From the top folder, with `/` between the parts.
    path: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file that git tracks or would track.
fn project_files() -> Vec<File> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files of the project; is it installed?");
    assert!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let mut paths: Vec<_> = output
        .stdout
        .split(|byte| *byte == 0)
        .map(String::from_utf8_lossy)
        .filter(|path| !path.is_empty())
        .collect();
    paths.sort();
    paths.dedup();
    paths
        .iter()
        // A file can be deleted and still be tracked; a picture is not text.
        .filter_map(|path| {
            let text = fs::read_to_string(root().join(PathBuf::from(path.as_ref()))).ok()?;
            Some(File { path: path.replace('\\', "/"), text })
        })
        .collect()
}

/// The Rust files in one of `folders`.
fn rust_files(folders: &[&str]) -> Vec<File> {
    let files: Vec<_> = project_files()
        .into_iter()
        .filter(|file| {
            file.path.ends_with(".rs") && folders.iter().any(|folder| file.path.starts_with(folder))
        })
        .collect();
    assert!(files.len() > 3, "found only {} files in {folders:?}", files.len());
    files
}

#[track_caller]
fn assert_none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

/// Runs `rule` on each file and puts the file's name before each complaint.
fn check(files: &[File], rule: impl Fn(&File) -> Vec<String>) {
    let complaints = files.iter().flat_map(|file| {
        rule(file).into_iter().map(|complaint| format!("  {}: {complaint}", file.path)).collect::<Vec<_>>()
    });
    assert_none(complaints.collect());
}

#[test]
fn every_rust_file_says_first_what_it_is_for() {
    check(
        &rust_files(&["src/", "crates/", "tests/", "examples/", "packetdrill/", "xtask/", "fuzz/"]),
        |file| text::missing_header(&file.text),
    );
}

#[test]
fn no_match_on_a_state_hides_a_case() {
    check(&rust_files(&["crates/tcp/src/"]), |file| states::wildcards(&file.text));
}

#[test]
fn nothing_names_a_machine_or_leaves_a_mark_for_later() {
    check(&project_files(), |file| text::unfit_for_publication(&file.text));
}

#[test]
fn lock_files_name_no_registry() {
    let locks: Vec<_> =
        project_files().into_iter().filter(|file| file.path.ends_with("package-lock.json")).collect();
    assert!(!locks.is_empty(), "the browser tests have a lock file");
    check(&locks, |file| text::registry_addresses(&file.text));
}

#[test]
fn long_files_are_named() {
    for file in rust_files(&["src/", "crates/", "tests/", "packetdrill/", "xtask/"]) {
        let lines = file.text.lines().count();
        if lines > LONG_FILE_LINES {
            // Past the capture of test output: this is to be seen when everything passes, too.
            let _ = writeln!(std::io::stderr(), "long file: {} has {lines} lines", file.path);
        }
    }
}
