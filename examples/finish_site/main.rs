//! The last step of every build of the site, run by trunk (`hooks` in Trunk.toml): writes each language's texts into a
//! file, and tells the page and `tcp-lab.js` the names of the files that the build has given a hash. For a release it
//! also minifies the page's scripts, takes the long names out of what the module imports and exports, and brings its
//! functions into an order that can be compressed well, and writes down where in the sources it can panic, instead of in
//! the module itself.

mod order;
mod places;

use std::error::Error;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use course::Lang;
use serde::Deserialize;
use siphasher::sip::SipHasher13;

/// The entry for programs that use the lab without its page. Its own name must not change.
const ENTRY: &str = "tcp-lab.js";
const PAGE: &str = "index.html";
/// For the reader of a bug report: the places in the sources, of which a panic tells the address. No page loads it.
const PLACES: &str = "panic-places.map";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.ok_or("trunk runs this; it needs TRUNK_STAGING_DIR, the folder of the site")?;
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut page = fs::read_to_string(folder.join(PAGE))?;
    let mut entry = fs::read_to_string(sources.join("www").join(ENTRY))?;

    for lang in Lang::ALL {
        let file = texts(&sources.join("texts").join(lang.code()))?;
        let (plain, hashed) = names(lang, &file);
        page = renamed(&page, &plain, &hashed)?;
        entry = renamed(&entry, &plain, &hashed)?;
        fs::write(folder.join(&hashed), file)?;
    }
    for (plain, suffix) in [("tcp-state-lab.js", ".js"), ("tcp-state-lab_bg.wasm", "_bg.wasm")] {
        entry = renamed(&entry, plain, &built(&folder, suffix)?)?;
    }
    if env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release") {
        let [script, module] = [".js", "_bg.wasm"].map(|suffix| built(&folder, suffix));
        let (script, module) = (folder.join(script?), folder.join(module?));
        let mut octets = fs::read(&module)?;
        fs::write(folder.join(PLACES), places::take(&mut octets)?)?;
        let names = arrange(&module, &octets)?;
        fs::write(&script, names.in_calls(&names.in_imports(&fs::read_to_string(&script)?)?))?;
        entry = names.in_calls(&entry);
        for path in files(&folder)?.iter().filter(|path| path.extension().is_some_and(|kind| kind == "js")) {
            minify(path, *path == script)?;
        }
    }
    fs::write(folder.join(PAGE), page)?;
    fs::write(folder.join(ENTRY), entry)?;
    Ok(())
}

/// The files of this folder as one JSON object, each under its name without `.json`.
fn texts(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut topics = serde_json::Map::new();
    for path in files(folder)? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        topics.insert(name, serde_json::from_str(&fs::read_to_string(path)?)?);
    }
    Ok(serde_json::to_string(&topics)?)
}

/// The name of a file of texts in the sources, and the one under which it is published: that changes with its content,
/// so a browser may keep the file for ever.
fn names(lang: Lang, file: &str) -> (String, String) {
    let mut hasher = SipHasher13::new();
    hasher.write(file.as_bytes());
    let code = lang.code();
    (format!("texts-{code}.json"), format!("texts-{code}-{:016x}.json", hasher.finish()))
}

/// `text` with `new` in the place of `old`, which it must contain.
fn renamed(text: &str, old: &str, new: &str) -> Result<String, String> {
    if text.contains(old) { Ok(text.replace(old, new)) } else { Err(format!("nothing names {old}")) }
}

/// The one file of the module whose name ends so.
fn built(folder: &Path, suffix: &str) -> Result<String, Box<dyn Error>> {
    let names = files(folder)?.into_iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let found: Vec<_> =
        names.filter(|name| name.starts_with("tcp-state-lab") && name.ends_with(suffix)).collect();
    match <[String; 1]>::try_from(found) {
        Ok([name]) => Ok(name),
        Err(found) => Err(format!("the build has not one file tcp-state-lab*{suffix} but {found:?}").into()),
    }
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

/// The names of what a module and its script have of each other, each with the one that it has been given instead.
#[derive(Deserialize)]
struct Names {
    /// What the module has from the script: where from, the old name and the new one.
    imports: Vec<[String; 3]>,
    /// What the script has from the module.
    exports: Vec<[String; 2]>,
}

impl Names {
    /// The script with the new names of what it gives to the module.
    fn in_imports(&self, script: &str) -> Result<String, String> {
        let mut script = script.to_owned();
        for [from, old, new] in &self.imports {
            script = renamed(&script, &format!(" {old}: function"), &format!(" {new}: function"))?;
            // All come from one place, which wasm-opt calls so.
            script = script.replace(&format!("{from:?}: "), "\"a\": ");
        }
        Ok(script)
    }

    /// The script with the new names of what it has from the module, which it calls `wasm`.
    fn in_calls(&self, script: &str) -> String {
        let mut exports: Vec<_> = self.exports.iter().collect();
        // Longer names first: a shorter one may be how they begin.
        exports.sort_by_key(|[old, _]| usize::MAX - old.len());
        let rename = |script: String, [old, new]: &[String; 2]| {
            script.replace(&format!("wasm.{old}"), &format!("wasm.{new}"))
        };
        exports.into_iter().fold(script.to_owned(), rename)
    }
}

/// Writes the module `octets` with its functions in the order of [`order`], and gives short names to what it imports and
/// exports: wasm-bindgen makes them unique by hashes, which cannot be compressed. The other passes are those of writing alone;
/// what follows the code only tells other tools about it.
fn arrange(module: &Path, octets: &[u8]) -> Result<Names, Box<dyn Error>> {
    fs::write(module, order::with_names(octets)?)?;
    let mut wasm_opt = tool("wasm-opt");
    wasm_opt.arg(module).arg("--output").arg(module).args(["--optimize-level=2", "--shrink-level=2"]);
    wasm_opt.args(["--coalesce-locals", "--reorder-locals", "--vacuum", "--dealign"]);
    wasm_opt.args(["--reorder-functions-by-name", "--strip-producers", "--strip-target-features"]);
    wasm_opt.arg("--minify-imports-and-exports-and-modules");
    Ok(serde_json::from_slice(&run(wasm_opt, module)?)?)
}

/// Makes a script small in its place.
fn minify(script: &Path, is_module: bool) -> Result<(), Box<dyn Error>> {
    let mut terser = tool("terser");
    terser.arg(script).arg("--output").arg(script).args(["--compress", "passes=2", "--mangle"]);
    if is_module {
        terser.arg("--module");
    }
    run(terser, script).map(|_| ())
}

/// A program of a package of Node. `cargo xtask build` puts it on the PATH.
fn tool(name: &str) -> Command {
    Command::new(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

/// What the tool prints.
fn run(mut tool: Command, file: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let output = tool.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("{tool:?} cannot be run: {error}"))?;
    let done = output.status.success().then_some(output.stdout);
    done.ok_or_else(|| format!("{tool:?} refuses {}", file.display()).into())
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn names() -> Names {
        serde_json::from_str(
            r#"{"imports": [["./x.js", "__wbg_get_0123", "$"]], "exports": [["lab", "A"], ["lab_x", "B"], ["main", "C"]]}"#,
        )
        .expect("as wasm-opt prints it")
    }

    #[test]
    fn the_script_follows_the_module() {
        let script = "({ __wbg_get_0123: function() {} }); ({ \"./x.js\": import0 })";
        let expected = "({ $: function() {} }); ({ \"a\": import0 })";
        assert_eq!(names().in_imports(script).as_deref(), Ok(expected));
        assert_eq!(names().in_calls("f(wasm.lab, wasm.lab_x(lab))"), "f(wasm.A, wasm.B(lab))");
    }

    #[test]
    fn an_import_that_the_script_lacks_is_an_error() {
        assert!(names().in_imports("({ __wbg_get_012: function() {} })").is_err());
    }
}
