//! `packetdrill [--json] [--mode strict|loose|acks] [-D NAME[=VALUE]] [--departures FILE] PATH...`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use packetdrill::report::{self, Summary};
use packetdrill::suite::{self, Settings};
use packetdrill::{Definition, Departures};

const USAGE: &str = "\
Usage: packetdrill [--json] [--mode strict|loose|acks] [-D NAME[=VALUE]] [--departures FILE] PATH...

Runs packetdrill scripts, files or whole folders, against the stack.

  --json             one JSON object a script, and one for the counts
  --mode MODE        the least exact mode to try (acks): strict compares everything; loose leaves out what the
                     standard leaves to each stack; acks lets pure acknowledgements come early, late or together
  -D NAME[=VALUE]    a name that scripts use or ask for by #ifdef; STANDARD is there unless FreeBSD is
  --departures FILE  the scripts that are known to contradict RFC 9293 (the project's own list)
  --linux            play against the kernel of this machine, by the rules of MODE alone, in real time; only there if
                     built with `--features linux`, and only for one script at a time: unshare --net packetdrill --linux";

struct Arguments {
    json: bool,
    settings: Settings,
    paths: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let result = arguments(std::env::args().skip(1)).and_then(|arguments| arguments.map_or(Ok(true), run));
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// None if the user only asked for help.
fn arguments(mut words: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let mut json = false;
    let mut paths = Vec::new();
    let mut departures = None;
    let mut settings = Settings::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value\n\n{USAGE}"));
        match word.as_str() {
            "--help" | "-h" => {
                println!("{USAGE}");
                return Ok(None);
            }
            "--json" => json = true,
            #[cfg(all(feature = "linux", target_os = "linux"))]
            "--linux" => settings.against_linux = true,
            "--mode" => settings.mode = value()?.parse()?,
            "-D" | "--define" => settings.definitions.push(definition(&value()?)),
            "--departures" => departures = Some(PathBuf::from(value()?)),
            option if option.starts_with('-') => {
                return Err(format!("there is no option {option}\n\n{USAGE}"));
            }
            path => paths.push(PathBuf::from(path)),
        }
    }
    // Scripts check for one of these names.
    if !settings.definitions.iter().any(|known| known.name == "FreeBSD") {
        settings.definitions.push(definition("STANDARD"));
    }
    if paths.is_empty() {
        return Err(format!("which scripts?\n\n{USAGE}"));
    }
    settings.departures = Departures::read(&departures.unwrap_or_else(listed))?;
    Ok(Some(Arguments { json, settings, paths }))
}

/// The project's own list of departures.
fn listed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/packetdrill/departures.toml")
}

fn definition(text: &str) -> Definition {
    let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
    Definition { name: name.to_owned(), value: value.map(str::to_owned) }
}

/// Whether no script failed.
fn run(arguments: Arguments) -> Result<bool, String> {
    let scripts = suite::scripts(&arguments.paths)?;
    if scripts.is_empty() {
        return Err("there is no script (*.pkt) there".to_owned());
    }
    let mut summary = Summary::default();
    for path in &scripts {
        let outcome = suite::judge(path, &arguments.settings);
        summary.add(&outcome);
        let line = if arguments.json { report::json_line } else { report::line };
        println!("{}", line(path, &outcome));
    }
    println!("{}", if arguments.json { summary.json() } else { summary.text() });
    Ok(summary.failed == 0)
}
