//! What must come from the machine: Node, git, the WebAssembly target, a browser.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::process;

/// The oldest Node that has everything the tests use.
const NODE_MAJOR: u32 = 20;

/// What our own code is compiled to.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// A browser and the program that drives it.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
}

/// What a program prints when asked for its version, or `None` if it is not there.
fn version(program: &str) -> Option<String> {
    let output =
        Command::new(program).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Checks that Node is there and new enough.
pub(crate) fn require_node() -> Outcome {
    let install =
        format!("please install Node.js {NODE_MAJOR} or newer, which brings npm (https://nodejs.org/)");
    let Some(version) = version("node") else {
        return Err(format!("Node.js was not found; {install}"));
    };
    match node_major(&version) {
        Some(major) if major >= NODE_MAJOR => Ok(()),
        _ => Err(format!("Node.js {version} is too old; {install}")),
    }
}

fn node_major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// A command that runs npm.
pub(crate) fn npm() -> Outcome<Command> {
    require_node()?;
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if version(name).is_none() {
        return Err("npm was not found; please install it (Debian: `apt-get install npm`)".to_owned());
    }
    Ok(process::command(name))
}

/// Whether `cargo nextest` is there.
pub(crate) fn has_nextest() -> bool {
    version("cargo-nextest").is_some()
}

/// Checks that git is there: the house rules are checked on the files it tracks.
pub(crate) fn require_git() -> Outcome {
    version("git")
        .map(drop)
        .ok_or_else(|| "git was not found; please install it (https://git-scm.com/)".to_owned())
}

/// Makes sure that code can be compiled for the browser.
pub(crate) fn ensure_wasm_target() -> Outcome {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder =
        process::capture(process::command(rustc).args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(folder.trim()).is_dir() {
        println!("    target {WASM}: ready");
        return Ok(());
    }
    println!("    target {WASM}: installing ...");
    if version("rustup").is_none() {
        return Err(format!(
            "this Rust cannot compile for {WASM} and there is no rustup to add it; please install Rust with rustup \
             (https://rustup.rs/), or add the target the way your Rust was installed"
        ));
    }
    process::run(process::command("rustup").args(["target", "add", WASM]))
}

/// Finds Chromium and its driver; installs them where that is possible without asking.
pub(crate) fn ensure_browser() -> Outcome<Browser> {
    if let Some(browser) = find_browser()? {
        println!("    browser: {}", browser.chromium.display());
        return Ok(browser);
    }
    let packages = ["chromium", "chromium-driver", "fonts-noto-cjk"];
    let by_hand = format!(
        "the browser tests need Chromium and chromedriver. On Debian: `sudo apt-get update && sudo apt-get install -y \
         {}`. Elsewhere install both and, if they are not on the PATH, set CHROMIUM and CHROMEDRIVER to their paths",
        packages.join(" ")
    );
    if version("apt-get").is_none() || !is_root() {
        return Err(by_hand);
    }
    println!("    browser: installing with apt-get ...");
    process::run(process::command("apt-get").arg("update"))?;
    process::run(
        process::command("apt-get")
            .args(["install", "-y"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive"),
    )?;
    find_browser()?.ok_or(by_hand)
}

fn find_browser() -> Outcome<Option<Browser>> {
    let find = |variable: &str, names: &[&str]| match std::env::var_os(variable) {
        Some(path) => named(variable, path.into()).map(Some),
        None => Ok(on_path(names)),
    };
    let chromium =
        find("CHROMIUM", &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"])?;
    let chromedriver = find("CHROMEDRIVER", &["chromedriver"])?;
    Ok(chromium.zip(chromedriver).map(|(chromium, chromedriver)| Browser { chromium, chromedriver }))
}

/// The program that the environment names. A wrong name is an error: another program would not be what was asked for.
fn named(variable: &str, path: PathBuf) -> Outcome<PathBuf> {
    if path.is_file() {
        Ok(path)
    } else {
        Err(format!("{variable} is {}, which is not a file", path.display()))
    }
}

/// The first of `names` that stands on the PATH.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    names.iter().find_map(|name| {
        std::env::split_paths(&folders)
            .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
            .find(|path| path.is_file())
    })
}

fn is_root() -> bool {
    process::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version_of_node() {
        assert_eq!(node_major("v20.20.2"), Some(20));
        assert_eq!(node_major("v9.1.0"), Some(9));
        assert_eq!(node_major("20"), None);
        assert_eq!(node_major(""), None);
    }

    #[test]
    fn a_wrong_name_in_the_environment_is_an_error() {
        let message = named("CHROMIUM", PathBuf::from("no/such/browser")).expect_err("it is not there");
        assert!(message.contains("CHROMIUM"), "{message}");
    }

    #[test]
    fn a_program_that_is_not_there_has_no_version() {
        assert_eq!(version("no-such-program-anywhere"), None);
    }
}
