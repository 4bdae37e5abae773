//! The size of every file that a visitor's browser loads, as it is and as it travels, compressed with brotli. Only what
//! is loaded until the page can be used is limited: of the texts that is one language.

use crate::process;
use crate::{Outcome, build, system};

/// What is loaded until the page can be used must never be more, compressed: 450 KB of 1,024 octets.
pub(crate) const LIMIT_BYTES: u64 = 450 * 1_024;

/// What the page is made of, and the texts of every language.
const KINDS: [&str; 5] = [".html", ".js", ".css", ".wasm", TEXTS];
const TEXTS: &str = "texts-";
/// For programs that use the lab without its page; the page does not load it.
const ENTRY: &str = "tcp-lab.js";

/// Prints a line `BYTES COMPRESSED NAME` for each file named. Node brings brotli, so no crate is needed for it.
const SCRIPT: &str = "
const fs = require('node:fs'), path = require('node:path'), zlib = require('node:zlib');
for (const file of process.argv.slice(1)) {
  const bytes = fs.readFileSync(file);
  console.log(bytes.length, zlib.brotliCompressSync(bytes).length, path.basename(file));
}";

#[derive(Clone, Debug, PartialEq, Eq)]
struct File {
    name: String,
    bytes: u64,
    compressed: u64,
}

impl File {
    fn is(&self, kind: &str) -> bool {
        if kind == TEXTS { self.name.starts_with(kind) } else { self.name.ends_with(kind) }
    }
}

/// Prints the sizes of `dist/` and compares the first screen with its limit.
pub(crate) fn check() -> Outcome {
    let (first, later) = first_and_later(measure()?);
    println!("       raw    brotli");
    for File { name, bytes, compressed } in &first {
        println!("{bytes:>8} B {compressed:>7} B  {name}");
    }
    let total = sum(&first);
    println!("           {total:>7} B  in all, until the page can be used; at most {LIMIT_BYTES}");
    for File { name, bytes, compressed } in &later {
        println!("{bytes:>8} B {compressed:>7} B  {name}, loaded later");
    }
    judge(&first)
}

/// How many bytes are loaded until the page can be used.
pub(crate) fn first_screen() -> Outcome<u64> {
    Ok(sum(&first_and_later(measure()?).0))
}

fn sum(files: &[File]) -> u64 {
    files.iter().map(|file| file.compressed).sum()
}

/// What is loaded until the page can be used, and what is loaded then: the texts of all languages but the largest.
fn first_and_later(files: Vec<File>) -> (Vec<File>, Vec<File>) {
    let largest = files.iter().filter(|file| file.is(TEXTS)).max_by_key(|file| file.compressed).cloned();
    files.into_iter().partition(|file| !file.is(TEXTS) || Some(file) == largest.as_ref())
}

/// Each file of `dist/` that a visitor loads.
fn measure() -> Outcome<Vec<File>> {
    system::require_node()?;
    let files = process::files(&build::dist())?;
    parse(&process::capture(process::command("node").args(["-e", SCRIPT, "--"]).args(files))?)
}

fn parse(output: &str) -> Outcome<Vec<File>> {
    let file = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let (bytes, compressed) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(File { name: parts.next()?.to_owned(), bytes, compressed })
    };
    let files: Option<Vec<_>> = output.lines().map(file).collect();
    let mut files = files.ok_or_else(|| format!("cannot read the sizes: {output}"))?;
    files.retain(|file| file.name != ENTRY && KINDS.iter().any(|kind| file.is(kind)));
    Ok(files)
}

fn judge(first: &[File]) -> Outcome {
    // An empty folder would be the smallest page of all.
    for kind in KINDS {
        if !first.iter().any(|file| file.is(kind) && file.bytes > 0) {
            return Err(format!("dist/ has no file {kind}; was the page built?"));
        }
    }
    match sum(first) {
        total if total > LIMIT_BYTES => Err(format!(
            "the page loads {total} bytes before it can be used; at most {LIMIT_BYTES} are allowed"
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(module_bytes: u64) -> Vec<File> {
        let rest =
            "9 5 tcp-lab.js\n20 10 index.html\n9 5 a.svg\n20 10 a.js\n30 10 a.css\n50 10 texts-en-1.json";
        parse(&format!("{rest}\n{} {module_bytes} a.wasm\n", 2 * module_bytes)).expect("well formed")
    }

    #[test]
    fn only_what_the_page_loads_is_counted() {
        assert_eq!(sum(&page(60)), 100);
    }

    #[test]
    fn one_language_counts_and_it_is_the_largest() {
        assert_eq!(first_and_later(page(40)), (page(40), vec![]));
        let other = File { name: "texts-zh-Hans-2.json".to_owned(), bytes: 50, compressed: 9 };
        let both = [page(40), vec![other.clone()]].concat();
        assert_eq!(first_and_later(both), (page(40), vec![other]));
    }

    #[test]
    fn a_small_page_passes_and_a_large_one_does_not() {
        assert_eq!(judge(&page(LIMIT_BYTES - 40)), Ok(()));
        assert!(judge(&page(LIMIT_BYTES - 39)).is_err());
    }

    #[test]
    fn a_missing_kind_of_file_fails() {
        let mut page = page(40);
        page.retain(|file| !file.is(".wasm"));
        assert!(judge(&page).expect_err("no module").contains(".wasm"));
        assert!(judge(&[]).is_err());
    }

    #[test]
    fn malformed_output_fails() {
        assert!(parse("many index.html").is_err());
    }
}
