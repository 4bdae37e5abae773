//! The last step of every build of the site, run by trunk (`hooks` in Trunk.toml): writes each language's texts into a
//! file, tells the page and `tcp-lab.js` the names of the files that the build has given a hash, and takes the comments
//! out of the page's scripts.

use std::error::Error;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
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
        for path in files(&folder)? {
            if path.extension().is_some_and(|kind| kind == "js") {
                fs::write(&path, without_comments(&fs::read_to_string(&path)?))?;
            }
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

/// A script without its indentation and the comments that have lines of their own, which is most of what minifying it
/// would save, and needs no parser. One in which a text goes over several lines is left as it is: there a line may look
/// like a comment and be none.
fn without_comments(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
        } else if !line.starts_with("//") && !line.is_empty() {
            if line.matches('`').count() % 2 == 1 || line.ends_with('\\') {
                return script.to_owned();
            }
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_and_indentation_are_left_out() {
        let script =
            "/** What\n * it does. */\nfunction f() {\n  // Why.\n\n  return \"// not\"; // after\n}\n";
        assert_eq!(without_comments(script), "function f() {\nreturn \"// not\"; // after\n}\n");
    }

    #[test]
    fn texts_of_several_lines_are_not_touched() {
        for script in ["a = `\n  // text\n`;\n", "a = \"b\\\n  // text\";\n"] {
            assert_eq!(without_comments(script), script);
        }
    }
}
