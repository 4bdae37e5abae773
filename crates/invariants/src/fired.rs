//! Watching which rules fire, so that `cargo xtask rules` can say which test fires which.

use std::io::Write as _;

use tcp::{Fired, Transition};

/// Set by `cargo xtask rules`: the folder in which each test process leaves what it saw.
const FOLDER: &str = "TCP_STATE_LAB_RULES";

/// Notes the rules of `transition` under the name of the running test.
pub fn observe(transition: &Transition) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("unnamed").replace("::", ".");
    let lines: String = transition.fired.iter().map(|Fired { rule, .. }| format!("{rule}\n")).collect();
    leave(&format!("{test}.fired"), &lines);
}

/// Adds `lines` to a file that `cargo xtask rules` reads; does nothing when it is not asked for.
pub fn leave(file: &str, lines: &str) {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let path = std::path::Path::new(&folder).join(file);
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(lines.as_bytes()))
        .expect("the folder for the rules seen is writable");
}
