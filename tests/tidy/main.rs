//! The rules of this project that no compiler, lint or cargo can check, checked on the sources as text.
//!
//! Each rule is a function from text to complaints, with a test that shows what it complains about.
#![cfg(not(target_arch = "wasm32"))]

mod states;
mod text;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One file of the project.
struct File {
    /// Relative to the top folder, with `/` between the parts.
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

/// Runs `rule` on each file. Fails with all complaints, each with the name of its file.
#[track_caller]
fn check(files: &[File], rule: impl Fn(&File) -> Vec<String>) {
    let complaints_of = |file: &File| {
        rule(file).into_iter().map(|complaint| format!("  {}: {complaint}", file.path)).collect::<Vec<_>>()
    };
    let complaints: Vec<_> = files.iter().flat_map(complaints_of).collect();
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn every_rust_file_begins_with_its_purpose() {
    check(
        &rust_files(&["src/", "crates/", "tests/", "examples/", "packetdrill/", "xtask/", "fuzz/"]),
        |file| text::missing_header(&file.text),
    );
}

#[test]
fn no_state_is_matched_in_a_tuple() {
    check(&rust_files(&["crates/tcp/src/"]), |file| states::in_tuples(&file.text));
}

#[test]
fn no_file_names_a_machine_or_is_marked_unfinished() {
    check(&project_files(), |file| text::unfit_for_publication(&file.text));
}
