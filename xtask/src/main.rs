//! The project's own commands: `cargo xtask serve`, `cargo xtask build`, `cargo xtask test`.
//!
//! Each command is one module with a `run` function and one line in [`COMMANDS`]; there is nothing else to touch.

mod bench;
mod build;
mod counts;
mod edge_cases;
mod finish;
mod jobs;
mod packetdrill;
mod process;
mod requirements;
mod rules;
mod serve;
mod size;
mod steps;
mod system;
mod test;
mod tools;

use std::process::ExitCode;

/// What every fallible function here returns. The error is a sentence for the reader that says what to do.
type Outcome<T = ()> = Result<T, String>;

struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        arguments: "[--port N] [--no-open] [--dev]",
        about: "Builds the page, serves it on this machine and opens it in a browser",
        run: serve::run,
    },
    Command { name: "build", arguments: "", about: "Writes the static site to dist/", run: build::run },
    Command {
        name: "check",
        arguments: "",
        about: "Runs the quick checks: format, lints, the tests of this machine",
        run: test::run_quick,
    },
    Command {
        name: "test",
        arguments: "[--only STEP[,STEP...]]",
        about: "Runs every check: format, lints, docs, tests, page size, accessibility",
        run: test::run,
    },
    Command {
        name: "rules",
        arguments: "",
        about: "Lists the rules of the state machine, the tests that fire each, and its texts",
        run: rules::run,
    },
    Command {
        name: "requirements",
        arguments: "[--check]",
        about: "Writes the tests of each requirement of RFC 9293, and of each known edge case, to docs/",
        run: requirements::run,
    },
    Command {
        name: "packetdrill",
        arguments: "[--json] [--mode strict|loose|acks] [-D NAME[=VALUE]] PATH...",
        about: "Runs packetdrill scripts, files or whole folders, against the stack",
        run: packetdrill::run,
    },
    Command {
        name: "bench",
        arguments: "[--only stack|page]",
        about: "Measures speed, memory and size beside what they are compared with",
        run: bench::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(format!("which command?\n\n{}", usage()));
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        println!("{}", usage());
        return Ok(());
    }
    // The two that people do not call.
    match name.as_str() {
        serve::ANNOUNCE => return serve::announce(rest),
        finish::FINISH => return finish::run(),
        _ => {}
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        return Err(format!("there is no command `{name}`\n\n{}", usage()));
    };
    if rest.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("cargo xtask {} {}\n    {}", command.name, command.arguments, command.about);
        return Ok(());
    }
    (command.run)(rest)
}

fn usage() -> String {
    let mut text = String::from("Usage: cargo xtask COMMAND\n\nCommands:");
    for command in COMMANDS {
        text += &format!("\n  {:11} {}\n              {}", command.name, command.arguments, command.about);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_command_is_answered_with_those_there_are() {
        let message = dispatch(&["frobnicate".to_owned()]).expect_err("no such command");
        assert!(message.contains("`frobnicate`"), "{message}");
        for command in COMMANDS {
            assert!(message.contains(command.name), "{message}");
        }
    }

    #[test]
    fn no_command_at_all_is_an_error() {
        assert!(dispatch(&[]).is_err());
    }
}
