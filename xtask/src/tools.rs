//! The pinned tools, installed into the user's cache folder by version, so that a second clone reuses them and nothing
//! on the global PATH changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::jobs::{Job, Progress, side_by_side};
use crate::system::WASM;
use crate::{Outcome, process, system};

/// How a tool gets onto the machine.
enum Source {
    /// `cargo install`, with the arguments that this tool needs besides name, version and root. Unoptimized: that takes a
    /// third of the time to compile, and each runs for a second or two.
    Cargo(&'static [&'static str]),
    /// `npm install` into a folder of its own.
    Npm,
}

/// A program of a fixed version.
pub(crate) struct Tool {
    name: &'static str,
    package: &'static str,
    version: &'static str,
    source: Source,
    programs: &'static [&'static str],
    /// What to expect the first time, for the reader who waits.
    patience: &'static str,
}

/// Builds and serves the page. Newer versions need a newer compiler than the project's. Its default features let it
/// download tools and serve HTTPS, which we do not need.
const TRUNK: Tool = Tool {
    name: "trunk",
    package: "trunk",
    version: "0.21.14",
    source: Source::Cargo(&["--locked", "--no-default-features"]),
    programs: &["trunk"],
    patience: "compiling, once; usually 4 minutes",
};

/// Of the very version that Cargo.lock names, else it refuses the module. Not `--locked`: the lock file it comes with
/// asks for a release that registries do not all have.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    source: Source::Cargo(&[
        "--no-default-features",
        // Trunk takes longest: what compiles beside it must not take its share of the machine.
        "--jobs",
        "1",
        "--bin",
        "wasm-bindgen",
        "--bin",
        "wasm-bindgen-test-runner",
    ]),
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    patience: "compiling, once; usually 2 minutes",
};

/// Holds wasm-opt. Its version is also in Trunk.toml.
const BINARYEN: Tool = Tool {
    name: "binaryen",
    package: "binaryen",
    version: "132.0.0",
    source: Source::Npm,
    programs: &["wasm-opt"],
    patience: "downloading, once; usually some seconds",
};

/// Makes scripts and styles small. Trunk's own way of doing so would take a minute more to compile.
const ESBUILD: Tool = Tool {
    name: "esbuild",
    package: "esbuild",
    version: "0.28.2",
    source: Source::Npm,
    programs: &["esbuild"],
    patience: "downloading, once; usually some seconds",
};

/// Everything a build needs, trunk first.
const FOR_BUILD: [&Tool; 4] = [&TRUNK, &WASM_BINDGEN, &BINARYEN, &ESBUILD];

impl Tool {
    fn folder(&self, cache: &Path) -> PathBuf {
        let kind = match self.source {
            Source::Cargo(_) => "-debug",
            Source::Npm => "",
        };
        cache.join(format!("{}-{}{kind}", self.name, self.version))
    }

    fn programs_in(&self, folder: &Path) -> PathBuf {
        match self.source {
            Source::Cargo(_) => folder.join("bin"),
            Source::Npm => folder.join("node_modules").join(".bin"),
        }
    }

    fn is_complete(&self, folder: &Path) -> bool {
        let programs = self.programs_in(folder);
        self.programs.iter().all(|name| {
            programs.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)).is_file()
                || programs.join(format!("{name}.cmd")).is_file()
        })
    }

    /// The folder with the tool's programs; installs it first if it is missing.
    pub(crate) fn ensure(&self) -> Outcome<PathBuf> {
        let cache = cache()?;
        let folder = self.folder(&cache);
        if !self.is_complete(&folder) {
            side_by_side(&[self.installation(&cache)])?;
        }
        Ok(self.programs_in(&folder))
    }

    fn installation<'a>(&'a self, cache: &'a Path) -> Job<'a> {
        let install =
            move |progress: &Progress| self.install_in(cache, |folder| self.install(folder, progress));
        Job { name: self.name, about: self.patience.to_owned(), work: Box::new(install) }
    }

    fn install_in(&self, cache: &Path, install: impl Fn(&Path) -> Outcome) -> Outcome {
        // Into a folder of our own and then renamed: an interrupted install is never taken for a complete one, and two
        // clones that install at the same time do not meet.
        let temporary = cache.join(format!(".{}-{}.{}", self.name, self.version, std::process::id()));
        remove(&temporary)?;
        fs::create_dir_all(&temporary)
            .map_err(|error| format!("cannot create {}: {error}", temporary.display()))?;
        let installed = install(&temporary).and_then(|()| {
            if self.is_complete(&temporary) {
                Ok(())
            } else {
                Err(format!("it was installed without all of {:?}", self.programs))
            }
        });
        if let Err(error) = installed {
            remove(&temporary)?;
            return Err(format!("could not install {} {}: {error}", self.name, self.version));
        }
        let folder = self.folder(cache);
        if !self.is_complete(&folder) {
            // What stands there now is damaged.
            remove(&folder)?;
            if let Err(error) = fs::rename(&temporary, &folder)
                && !self.is_complete(&folder)
            {
                return Err(format!("cannot move {} into place: {error}", folder.display()));
            }
        }
        // Still there only if another clone was faster.
        remove(&temporary)
    }

    fn install(&self, folder: &Path, progress: &Progress) -> Outcome {
        match self.source {
            Source::Cargo(arguments) => progress.run(
                process::cargo()
                    .args(["install", self.package, "--version", self.version, "--debug"])
                    .args(arguments)
                    .arg("--root")
                    .arg(folder)
                    .env("CARGO_PROFILE_DEV_DEBUG", "0")
                    // The project's own settings are for the project.
                    .env_remove("CARGO_TARGET_DIR")
                    .env_remove("RUSTFLAGS"),
            ),
            Source::Npm => progress.run(
                system::npm()?
                    .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
                    .arg(folder)
                    .arg(format!("{}@{}", self.package, self.version)),
            ),
        }
    }
}

/// Installs what a build needs: crates, target, tools. Returns a trunk command on whose PATH the pinned tools come first.
///
/// `profile` is the cargo profile in which the page will be built.
pub(crate) fn trunk(profile: &str) -> Outcome<Command> {
    system::ensure_wasm_target()?;
    fetch_crates()?;
    let cache = cache()?;
    let is_missing = |tool: &&Tool| !tool.is_complete(&tool.folder(&cache));
    let missing: Vec<_> = FOR_BUILD.into_iter().filter(is_missing).collect();
    if !missing.is_empty() {
        println!(
            "This is the first start: tools are installed and the page is compiled, usually in 5 minutes."
        );
        let mut jobs: Vec<_> = missing.into_iter().map(|tool| tool.installation(&cache)).collect();
        jobs.push(Job {
            name: "the page",
            about: "compiling; usually 3 minutes".to_owned(),
            work: Box::new(|progress| progress.run(&mut compile_page(profile))),
        });
        side_by_side(&jobs)?;
    }
    let mut folders: Vec<_> = FOR_BUILD.iter().map(|tool| tool.programs_in(&tool.folder(&cache))).collect();
    let program = folders[0].join(TRUNK.programs[0]);
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let path = std::env::join_paths(folders)
        .map_err(|error| format!("cannot put the tools on the PATH: {error}"))?;
    let mut command = with_flags(process::command(program));
    command.env("PATH", path).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads `NO_COLOR=1`, the common way to write it, as a malformed argument.
    command.env_remove("NO_COLOR");
    Ok(command)
}

/// What trunk does first. Done before trunk is there, it takes no time any more when trunk does it.
fn compile_page(profile: &str) -> Command {
    let mut command = with_flags(process::cargo());
    command.args(["build", "--locked", "--offline", "--target", WASM, "--bin", "tcp-state-lab"]);
    command.args(["--profile", profile]);
    command
}

/// The folders of this machine whose names the compiler would write into the module, for messages of panics.
pub(crate) fn private_folders() -> Vec<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    [Some(process::root()), folder("CARGO_HOME"), folder("HOME")].into_iter().flatten().collect()
}

/// `command` with the flags for the compiler. They leave out the private folders: what is published tells nothing of the
/// machine it was built on.
fn with_flags(mut command: Command) -> Command {
    // Of several that match, the compiler takes the last.
    let folders = private_folders().into_iter().rev();
    let flags: Vec<_> = folders.map(|folder| format!("--remap-path-prefix={}=.", folder.display())).collect();
    command.env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("RUSTFLAGS");
    if flags.iter().any(|flag| flag.contains(char::is_whitespace)) {
        // The only one that can have blanks in a flag. It concerns native code as well, so that what trunk runs when
        // it has built is compiled once more.
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    } else {
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
    }
    command
}

/// Installs the packages of e2e/ as its lock file names them.
pub(crate) fn ensure_e2e_packages() -> Outcome {
    let folder = process::root().join("e2e");
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("cannot read e2e/package-lock.json: {error}"))?;
    // Written last, so that its presence means the install was completed, and from which lock file.
    let stamp = folder.join("node_modules").join(".installed-from.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        println!("    e2e packages: ready");
        return Ok(());
    }
    println!("    e2e packages: installing ...");
    process::run(
        system::npm()?.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder),
    )?;
    fs::write(&stamp, lock).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

/// Downloads the crates that Cargo.lock names, so that the build itself never needs the network.
fn fetch_crates() -> Outcome {
    println!("    crates: checking ...");
    process::run(process::cargo().args(["fetch", "--locked", "--quiet"]))
}

fn cache() -> Outcome<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .or_else(|| absolute("LOCALAPPDATA"))
        .map(|base| base.join("tcp-state-lab").join("tools"))
        .ok_or_else(|| "no place for the tools: set HOME or XDG_CACHE_HOME to an absolute path".to_owned())
}

fn remove(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: Tool = Tool {
        name: "sample",
        package: "sample",
        version: "1.0.0",
        source: Source::Cargo(&[]),
        programs: &["one", "two"],
        patience: "",
    };

    fn empty_cache(name: &str) -> PathBuf {
        let cache = std::env::temp_dir().join(format!("tcp-state-lab-xtask-{name}-{}", std::process::id()));
        remove(&cache).expect("the temporary folder can be removed");
        cache
    }

    fn put(folder: &Path, programs: &[&str]) {
        let bin = folder.join("bin");
        fs::create_dir_all(&bin).expect("a folder can be created");
        for name in programs {
            fs::write(bin.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)), "")
                .expect("a file can be written");
        }
    }

    #[test]
    fn an_install_is_complete_and_leaves_nothing_else() {
        let cache = empty_cache("once");
        let installed = SAMPLE.install_in(&cache, |folder| {
            put(folder, &["one", "two"]);
            Ok(())
        });
        assert_eq!(installed, Ok(()));
        assert!(SAMPLE.is_complete(&SAMPLE.folder(&cache)));
        assert_eq!(fs::read_dir(&cache).expect("it exists").count(), 1, "nothing temporary is left");
        remove(&cache).expect("it can be removed");
    }

    #[test]
    fn a_failed_or_partial_install_leaves_nothing_behind() {
        let cache = empty_cache("partial");
        let failed = SAMPLE.install_in(&cache, |folder| {
            put(folder, &["one"]);
            Err("no network".to_owned())
        });
        assert!(failed.expect_err("it failed").contains("no network"));
        let partial = SAMPLE.install_in(&cache, |folder| {
            put(folder, &["one"]);
            Ok(())
        });
        assert!(partial.expect_err("a program is missing").contains("without all of"));
        assert_eq!(fs::read_dir(&cache).expect("it exists").count(), 0);
        remove(&cache).expect("it can be removed");
    }

    #[test]
    fn a_damaged_install_is_replaced() {
        let cache = empty_cache("damaged");
        put(&SAMPLE.folder(&cache), &["two"]);
        let repaired = SAMPLE.install_in(&cache, |folder| {
            put(folder, &["one", "two"]);
            Ok(())
        });
        assert!(repaired.is_ok(), "{repaired:?}");
        assert!(SAMPLE.is_complete(&SAMPLE.folder(&cache)));
        remove(&cache).expect("it can be removed");
    }

    /// The versions are written in other files too, which cannot read this one.
    #[test]
    fn the_versions_agree_with_the_files_that_repeat_them() {
        let read = |name: &str| fs::read_to_string(process::root().join(name)).expect("the file is there");
        let manifest = read("Cargo.toml");
        assert!(manifest.contains(&format!("wasm-bindgen = \"={}\"", WASM_BINDGEN.version)));
        let major = BINARYEN.version.split('.').next().expect("a version has a major part");
        assert!(read("Trunk.toml").contains(&format!("wasm_opt = \"version_{major}\"")));
    }
}
