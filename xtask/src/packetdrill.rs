//! `cargo xtask packetdrill`: runs packetdrill scripts against the stack. The crate `packetdrill` does all of it; this
//! builds it and hands the arguments on.

use crate::Outcome;
use crate::process::{self, cargo};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    // Paths are meant from where the reader stands; cargo leaves that to the program it runs.
    let manifest = process::root().join("Cargo.toml");
    let mut command = cargo();
    command.args(["run", "--quiet", "--locked", "--package", "packetdrill", "--manifest-path"]);
    command.arg(manifest).arg("--").args(arguments);
    if let Ok(here) = std::env::current_dir() {
        command.current_dir(here);
    }
    process::run(&mut command)
}
