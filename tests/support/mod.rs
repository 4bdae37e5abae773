//! What the suites share: watching which rules fire, so that `cargo xtask rules` can say which test fires which.

use std::io::Write as _;

use tcp_state_lab::tcp::{Fired, Transition};

/// Set by `cargo xtask rules`: the folder in which each test process leaves what it saw.
const FOLDER: &str = "TCP_STATE_LAB_RULES";

/// Notes the rules of `transition` under the name of the running test.
pub(crate) fn observe(transition: &Transition) {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("unnamed").replace(':', "-");
    let path = std::path::Path::new(&folder).join(format!("{test}.fired"));
    let lines: String = transition.fired.iter().map(|Fired { rule, .. }| format!("{rule}\n")).collect();
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(lines.as_bytes()))
        .expect("the folder for the rules seen is writable");
}
