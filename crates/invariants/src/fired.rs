//! Notes which rules fire, so that `cargo xtask rules` can tell which test fires which rule.

use std::io::Write as _;

use tcp::{Fired, Transition};

/// Set by `cargo xtask rules`: the folder in which each test process writes what it has seen.
const FOLDER: &str = "TCP_STATE_LAB_RULES";

/// Notes the rules of `transition` under the name of the running test.
pub fn observe(transition: &Transition) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("unnamed").replace("::", ".");
    let lines: String = transition.fired.iter().map(|Fired { rule, .. }| format!("{rule}\n")).collect();
    leave(&format!("{test}.fired"), &lines);
}

/// Appends `lines` to a file that `cargo xtask rules` reads. Does nothing otherwise.
pub fn leave(file: &str, lines: &str) {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let path = std::path::Path::new(&folder).join(file);
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(lines.as_bytes()))
        .expect("the folder for the rules seen is writable");
}
