//! The last step of every build of the site, run by trunk (`hooks` in Trunk.toml): writes each language's texts into a
//! file, and tells the page and `tcp-lab.js` the names of the files that the build has given a hash. For a release it
//! also minifies the page's scripts, takes the long names out of what the module imports, and brings its functions into
//! an order that can be compressed well.

mod order;

use std::collections::BTreeSet;
use std::error::Error;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use siphasher::sip::SipHasher13;
use tcp_state_lab::course::Lang;
use tcp_state_lab::ui::texts;

/// The entry for programs that use the lab without its page. Its own name must not change.
const ENTRY: &str = "tcp-lab.js";
const PAGE: &str = "index.html";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.ok_or("trunk runs this; it needs TRUNK_STAGING_DIR, the folder of the site")?;
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut page = fs::read_to_string(folder.join(PAGE))?;
    let mut entry = fs::read_to_string(sources.join("www").join(ENTRY))?;

    for lang in Lang::ALL {
        let file = texts::file(lang);
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
        number_imports(&script, &module)?;
        arrange(&module)?;
        for path in files(&folder)?.iter().filter(|path| path.extension().is_some_and(|kind| kind == "js")) {
            minify(path, *path == script)?;
        }
    }
    fs::write(folder.join(PAGE), page)?;
    fs::write(folder.join(ENTRY), entry)?;
    Ok(())
}

/// The name of a file of texts in the sources, and the one under which it is published: that changes with its content,
/// so a browser may keep the file for ever.
fn names(lang: Lang, file: &str) -> (String, String) {
    let mut hasher = SipHasher13::new();
    hasher.write(file.as_bytes());
    let code = lang.code();
    (format!("texts-{code}.txt"), format!("texts-{code}-{:016x}.txt", hasher.finish()))
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

/// Numbers instead of names for what the module imports from its script. wasm-bindgen makes them unique by hashes, which
/// cannot be compressed. As long as before, so nothing in the module moves: a run of one letter costs nothing.
fn number_imports(script: &Path, module: &Path) -> io::Result<()> {
    let mut text = fs::read_to_string(script)?;
    let mut code = fs::read(module)?;
    for (number, name) in imports(&text).iter().enumerate() {
        let short = format!("{number:_>width$}", width = name.len());
        text = text.replace(name.as_str(), &short);
        replace(&mut code, name.as_bytes(), short.as_bytes());
    }
    fs::write(script, text)?;
    fs::write(module, code)
}

/// The names of imports that end in a hash, each once.
fn imports(script: &str) -> BTreeSet<String> {
    let is_hash = |end: &str| end.len() == 16 && end.bytes().all(|b| b.is_ascii_hexdigit());
    let words = script.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let names = words.filter(|word| {
        word.starts_with("__wb") && word.rsplit_once('_').is_some_and(|(_, end)| is_hash(end))
    });
    names.map(str::to_owned).collect()
}

/// Puts `new` in the place of every `old`, which is as long.
fn replace(code: &mut [u8], old: &[u8], new: &[u8]) {
    let mut at = 0;
    while let Some(rest) = code.get_mut(at..at + old.len()) {
        if rest == old {
            rest.copy_from_slice(new);
        }
        at += 1;
    }
}

/// Brings the module's functions into the order of [`order`]. The other passes are those of writing alone; what follows
/// the code only tells other tools about it.
fn arrange(module: &Path) -> Result<(), Box<dyn Error>> {
    fs::write(module, order::with_names(&fs::read(module)?)?)?;
    let mut wasm_opt = tool("wasm-opt");
    wasm_opt.arg(module).arg("--output").arg(module).args(["--optimize-level=2", "--shrink-level=2"]);
    wasm_opt.args(["--coalesce-locals", "--reorder-locals", "--vacuum", "--dealign"]);
    wasm_opt.args(["--reorder-functions-by-name", "--strip-producers", "--strip-target-features"]);
    run(wasm_opt, module)
}

/// Makes a script small in its place.
fn minify(script: &Path, is_module: bool) -> Result<(), Box<dyn Error>> {
    let mut terser = tool("terser");
    terser.arg(script).arg("--output").arg(script).args(["--compress", "passes=2", "--mangle"]);
    if is_module {
        terser.arg("--module");
    }
    run(terser, script)
}

/// A program of a package of Node. `cargo xtask build` puts it on the PATH.
fn tool(name: &str) -> Command {
    Command::new(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

fn run(mut tool: Command, file: &Path) -> Result<(), Box<dyn Error>> {
    let status = tool.status().map_err(|error| format!("{tool:?} cannot be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{tool:?} refuses {}", file.display()).into()) }
}

#[cfg(test)]
mod tests {
    use super::{imports, replace};

    #[test]
    fn only_names_with_a_hash_are_imports() {
        let script =
            "__wbg_a_0123456789abcdef: f, wasm.__wbindgen_malloc(__wbg_lab_free, __wbg_a_0123456789abcdef)";
        assert_eq!(Vec::from_iter(imports(script)), ["__wbg_a_0123456789abcdef"]);
    }

    #[test]
    fn every_place_is_replaced() {
        let mut code = *b"abcabab";
        replace(&mut code, b"ab", b"_1");
        assert_eq!(&code, b"_1c_1_1");
    }
}
