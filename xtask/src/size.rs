//! The size of the page as it travels, compressed with brotli: every file of the site that a visitor's browser loads
//! until the page can be used. Of the texts that is one language; the largest counts.

use crate::process;
use crate::{Outcome, build, system};

/// What the page should be.
pub(crate) const BUDGET_BYTES: u64 = 180_000;
/// What it must never be.
pub(crate) const LIMIT_BYTES: u64 = 250_000;

/// What a visitor loads, and the texts of every language.
const KINDS: [&str; 5] = ["html", "js", "css", "wasm", "txt"];
/// For programs that use the lab without its page; the page does not load it.
const ENTRY: &str = "tcp-lab.js";

/// Prints a line `BYTES NAME` for each file named. Node brings brotli, so no crate is needed for it.
const SCRIPT: &str = "
const fs = require('node:fs'), path = require('node:path'), zlib = require('node:zlib');
for (const file of process.argv.slice(1)) {
  const text = fs.readFileSync(file);
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  console.log(zlib.brotliCompressSync(text, { params }).length + ' ' + path.basename(file));
}";

/// Measures `dist/` and compares it with budget and limit.
pub(crate) fn check() -> Outcome {
    let (sizes, later) = first_and_later(measure()?);
    for (name, bytes) in &sizes {
        println!("    {:>7} B  {name}", bytes);
    }
    let total = sum(&sizes);
    println!("    {total:>7} B  in all (brotli); limit {LIMIT_BYTES}, budget {BUDGET_BYTES}");
    for (name, bytes) in &later {
        println!("    {:>7} B  {name}, loaded when the page can be used already", bytes);
    }
    judge(&sizes, total)
}

/// How many bytes `dist/` is.
pub(crate) fn total() -> Outcome<u64> {
    Ok(sum(&first_and_later(measure()?).0))
}

/// The name of a file and how many bytes it is.
type Size = (String, u64);

fn sum(sizes: &[Size]) -> u64 {
    sizes.iter().map(|(_, bytes)| bytes).sum()
}

fn is_text(name: &str) -> bool {
    name.ends_with(".txt")
}

/// What is loaded until the page can be used, and what is loaded then: the texts of all languages but one, which is
/// taken to be the largest.
fn first_and_later(sizes: Vec<Size>) -> (Vec<Size>, Vec<Size>) {
    let largest = sizes.iter().filter(|(name, _)| is_text(name)).max_by_key(|(_, bytes)| *bytes).cloned();
    sizes.into_iter().partition(|size| !is_text(&size.0) || Some(size) == largest.as_ref())
}

/// Each file of `dist/` that a visitor loads, and its size.
fn measure() -> Outcome<Vec<Size>> {
    system::require_node()?;
    let folder = build::dist();
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known)))
        .filter(|path| path.file_name().is_none_or(|name| name != ENTRY))
        .collect();
    files.sort();
    parse(&process::capture(process::command("node").args(["-e", SCRIPT, "--"]).args(&files))?)
}

fn parse(output: &str) -> Outcome<Vec<Size>> {
    output
        .lines()
        .map(|line| {
            let (bytes, name) = line.split_once(' ')?;
            Some((name.to_owned(), bytes.parse().ok()?))
        })
        .collect::<Option<_>>()
        .ok_or_else(|| format!("cannot read the sizes: {output}"))
}

fn judge(sizes: &[Size], total: u64) -> Outcome {
    // An empty folder would be the smallest page of all.
    for kind in KINDS {
        if !sizes.iter().any(|(name, bytes)| name.ends_with(&format!(".{kind}")) && *bytes > 0) {
            return Err(format!("dist/ has no .{kind} file; was the page built?"));
        }
    }
    if total > LIMIT_BYTES {
        return Err(format!("the page is {total} bytes, beyond the limit of {LIMIT_BYTES}"));
    }
    if total > BUDGET_BYTES {
        println!("    over the budget by {} bytes", total - BUDGET_BYTES);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Vec<Size> {
        parse("10 index.html\n20 a.js\n30 a.css\n50 texts-en.txt\n40 a.wasm\n").expect("well formed")
    }

    #[test]
    fn one_language_counts_and_it_is_the_largest() {
        let mut sizes = page();
        assert_eq!(first_and_later(sizes.clone()), (page(), vec![]));
        let other = ("texts-zh-Hans.txt".to_owned(), 45);
        sizes.push(other.clone());
        assert_eq!(first_and_later(sizes), (page(), vec![other]));
    }

    #[test]
    fn a_small_page_passes_and_a_large_one_does_not() {
        assert_eq!(judge(&page(), 100), Ok(()));
        assert_eq!(judge(&page(), LIMIT_BYTES), Ok(()));
        assert!(judge(&page(), LIMIT_BYTES + 1).is_err());
    }

    #[test]
    fn a_missing_kind_of_file_fails() {
        let without_module = &page()[..4];
        assert!(judge(without_module, 110).expect_err("no module").contains(".wasm"));
        assert!(judge(&[], 0).is_err());
    }

    #[test]
    fn malformed_output_fails() {
        assert!(parse("many index.html").is_err());
    }
}
