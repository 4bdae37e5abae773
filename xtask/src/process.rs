//! Running other programs, and the few facts about where we are.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// The top folder of the project.
pub(crate) fn root() -> PathBuf {
    // Cargo sets the variable when it runs us; the built-in path is right unless the clone has been moved since.
    let own = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().map_or_else(|| own.clone(), Path::to_path_buf)
}

/// A command that runs in the top folder of the project.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// The cargo that runs us, so that nested calls use the same toolchain.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The files that stand in `folder` itself, by name.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let cannot = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(cannot)?;
    let mut paths =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>().map_err(cannot)?;
    paths.retain(|path| path.is_file());
    paths.sort();
    Ok(paths)
}

/// How a command is written at a prompt, for messages.
pub(crate) fn display(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut text = program.to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text += &argument.to_string_lossy();
    }
    text
}

/// Runs `command`, its output going to the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("cannot run `{}`: {error}", display(command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", display(command))) }
}

/// Runs `command` and returns what it wrote to standard output.
pub(crate) fn capture(command: &mut Command) -> Outcome<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot run `{}`: {error}", display(command)))?;
    if !output.status.success() {
        return Err(format!("`{}` failed ({})", display(command), output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs `command`, shows its standard output line by line and hands each line to `on_line` as well.
///
/// Returns whether it succeeded; `Err` only if it could not be run at all.
pub(crate) fn tee(command: &mut Command, mut on_line: impl FnMut(&str)) -> Outcome<bool> {
    let cannot =
        |error: std::io::Error, command: &Command| format!("cannot run `{}`: {error}", display(command));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot(error, command))?;
    let output = child.stdout.take().ok_or("the child has no standard output")?;
    let mut reader = BufReader::new(output);
    let mut terminal = std::io::stdout();
    let mut line = Vec::new();
    loop {
        line.clear();
        // Bytes, not text: a test may print anything.
        if reader.read_until(b'\n', &mut line).map_err(|error| cannot(error, command))? == 0 {
            break;
        }
        // A closed terminal must not stop the tests; the exit code still tells.
        let _ = terminal.write_all(&line).and_then(|()| terminal.flush());
        on_line(String::from_utf8_lossy(&line).trim_end());
    }
    Ok(child.wait().map_err(|error| cannot(error, command))?.success())
}

/// Measures how long a step takes.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "the ban protects replays; this only times our own steps")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_the_folder_of_the_workspace() {
        assert!(root().join("xtask").join("Cargo.toml").is_file());
    }

    #[test]
    fn a_failing_program_is_an_error_that_names_it() {
        let message = run(cargo().arg("no-such-subcommand").stderr(Stdio::null())).expect_err("it must fail");
        assert!(message.contains("cargo no-such-subcommand"), "{message}");
    }

    #[test]
    fn tee_sees_each_line_and_the_result() {
        let mut lines = Vec::new();
        let fine = tee(cargo().arg("--version"), |line| lines.push(line.to_owned())).expect("cargo runs");
        assert!(fine);
        assert!(lines[0].starts_with("cargo "), "{lines:?}");
        assert!(!tee(cargo().arg("no-such-subcommand").stderr(Stdio::null()), |_| ()).expect("cargo runs"));
    }
}
