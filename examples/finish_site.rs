//! The last step of every build of the site, run by trunk (`hooks` in Trunk.toml): writes each language's texts into a
//! file, and tells the page and `tcp-lab.js` the names of the files that the build has given a hash.

use std::error::Error;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::{env, fs};

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
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("tcp-state-lab") && name.ends_with(suffix) {
            found.push(name);
        }
    }
    match <[String; 1]>::try_from(found) {
        Ok([name]) => Ok(name),
        Err(found) => Err(format!("the build has not one file tcp-state-lab*{suffix} but {found:?}").into()),
    }
}
