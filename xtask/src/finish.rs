//! The last step of every build of the site, run by trunk (`hooks` in Trunk.toml): joins the texts of each language into
//! one file, makes scripts and styles small, and tells the page and `tcp-lab.js` the names of the files that the build has given a hash.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::process::{self, read, root, write};

const LANGUAGES: [&str; 2] = ["zh-Hans", "en"];
const PAGE: &str = "index.html";
/// The entry for programs that use the lab without its page. Its own name must not change.
const ENTRY: &str = "tcp-lab.js";

/// The internal command that trunk runs.
pub(crate) const FINISH: &str = "finish";

pub(crate) fn run() -> Outcome {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder =
        folder.ok_or("trunk runs this, at the end of `cargo xtask build` and `cargo xtask serve`")?;
    let mut page = read(&folder.join(PAGE))?;
    let mut entry = read(&root().join("www").join(ENTRY))?;
    for lang in LANGUAGES {
        let texts = join(&root().join("texts").join(lang))?;
        let plain = format!("texts-{lang}.json");
        let hashed = format!("texts-{lang}-{:016x}.json", hash(&texts));
        page = renamed(&page, &plain, &hashed)?;
        entry = renamed(&entry, &plain, &hashed)?;
        write(&folder.join(hashed), &texts)?;
    }
    for (plain, ending) in [("tcp-state-lab.js", ".js"), ("tcp-state-lab_bg.wasm", "_bg.wasm")] {
        entry = renamed(&entry, plain, &built(&folder, ending)?)?;
    }
    write(&folder.join(PAGE), &page)?;
    write(&folder.join(ENTRY), &entry)?;
    make_small(&folder)
}

/// Leaves the comments and blanks out of scripts and styles. `tcp-lab.js` stays as it is, for people read it.
fn make_small(folder: &Path) -> Outcome {
    let is_large = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("js" | "css")) && !path.ends_with(ENTRY)
    };
    let files = process::files(folder)?.into_iter().filter(is_large);
    let mut esbuild = process::command("esbuild");
    esbuild.args(["--minify", "--allow-overwrite", "--log-level=warning"]);
    process::run(esbuild.arg(format!("--outdir={}", folder.display())).args(files))
}

/// The files of `folder` as one JSON object, each under its name without `.json`.
fn join(folder: &Path) -> Outcome<String> {
    let mut topics = Vec::new();
    for path in process::files(folder)? {
        let name = path.file_stem().unwrap_or_default().display();
        // No text of JSON goes over the end of a line, so only blanks between the texts are left out.
        let content: String = read(&path)?.lines().map(str::trim).collect();
        topics.push(format!("\"{name}\":{content}"));
    }
    Ok(format!("{{{}}}", topics.join(",\n")))
}

/// Changes with the content, so that a browser may keep the file for ever.
fn hash(content: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(content.as_bytes());
    hasher.finish()
}

/// `text` with `new` in the place of `old`, which it must contain.
fn renamed(text: &str, old: &str, new: &str) -> Outcome<String> {
    if text.contains(old) { Ok(text.replace(old, new)) } else { Err(format!("nothing names {old}")) }
}

/// The one file of the module whose name ends so.
fn built(folder: &Path, ending: &str) -> Outcome<String> {
    let names =
        process::files(folder)?.into_iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let found: Vec<_> =
        names.filter(|name| name.starts_with("tcp-state-lab") && name.ends_with(ending)).collect();
    match <[String; 1]>::try_from(found) {
        Ok([name]) => Ok(name),
        Err(found) => Err(format!("the build has not one file tcp-state-lab*{ending} but {found:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_a_language_are_one_object() {
        for lang in LANGUAGES {
            let texts = join(&root().join("texts").join(lang)).expect("there are texts");
            assert!(texts.starts_with("{\"claims\":{"), "{lang}: {}", &texts[..20]);
            assert!(texts.ends_with("}}"), "{lang}");
            assert!(texts.contains(",\n\"rules\":{"), "{lang}");
        }
    }

    #[test]
    fn a_name_that_nothing_has_is_an_error() {
        assert_eq!(renamed("<a.js>", "a.js", "a-1.js"), Ok("<a-1.js>".to_owned()));
        assert!(renamed("<b.js>", "a.js", "a-1.js").is_err());
    }
}
