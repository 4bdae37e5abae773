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

/// The text of a file.
pub(crate) fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Writes a file anew.
pub(crate) fn write(path: &Path, content: &str) -> Outcome {
    std::fs::write(path, content).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// Refuses the arguments of a command that takes none.
pub(crate) fn no_arguments(command: &str, arguments: &[String]) -> Outcome {
    match arguments.first() {
        Some(argument) => Err(format!("{command} takes no arguments, but got `{argument}`")),
        None => Ok(()),
    }
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

/// Runs `command` and hands on each line that it writes, to standard output or error.
///
/// Returns whether it succeeded; `Err` only if it could not be run at all.
pub(crate) fn lines(command: &mut Command, mut on_line: impl FnMut(&str)) -> Outcome<bool> {
    let mut run = |command: &mut Command| {
        let (output, input) = std::io::pipe()?;
        command.stdin(Stdio::null()).stdout(input.try_clone()?).stderr(input);
        let mut child = command.spawn()?;
        // Else the command would keep the pipe open, and its end would never come.
        command.stdout(Stdio::inherit()).stderr(Stdio::inherit());
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        // Bytes, not text: a test may print anything.
        while reader.read_until(b'\n', &mut line)? > 0 {
            on_line(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
        Ok(child.wait()?.success())
    };
    run(command).map_err(|error: std::io::Error| format!("cannot run `{}`: {error}", display(command)))
}

/// As [`lines`], and shows each line as well.
pub(crate) fn tee(command: &mut Command, mut on_line: impl FnMut(&str)) -> Outcome<bool> {
    lines(command, |line| {
        // A closed terminal must not stop the tests; the exit code still tells.
        let _ = writeln!(std::io::stdout(), "{line}");
        on_line(line);
    })
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

    /// How long it has been, as minutes and seconds.
    pub(crate) fn minutes(&self) -> String {
        let seconds = self.elapsed().as_secs();
        format!("{}:{:02}", seconds / 60, seconds % 60)
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
    fn each_line_and_the_result_are_seen() {
        let mut seen = Vec::new();
        let fine = lines(cargo().arg("--version"), |line| seen.push(line.to_owned())).expect("cargo runs");
        assert!(fine);
        assert!(seen[0].starts_with("cargo "), "{seen:?}");
        assert!(!lines(cargo().arg("no-such-subcommand"), |_| ()).expect("cargo runs"));
    }
}
