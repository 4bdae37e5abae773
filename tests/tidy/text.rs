//! Rules on plain text: headers, and what must not be published.

/// Folders of one machine. Written in parts, so that this file passes its own check.
const MACHINE_FOLDERS: [&str; 4] =
    [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/tm", "p/"), concat!("/wo", "rk")];

/// Words that mark something as unfinished.
const MARKS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// A complaint if the first line does not tell the purpose of the file.
pub(crate) fn missing_header(source: &str) -> Vec<String> {
    match source.lines().next().and_then(|line| line.strip_prefix("//!")) {
        Some(header) if header.trim().len() > 3 => Vec::new(),
        _ => vec!["the first line must be `//!` and say what the file is for".to_owned()],
    }
}

/// Complaints about paths of one machine and about marks of unfinished work.
pub(crate) fn unfit_for_publication(text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for folder in MACHINE_FOLDERS {
            if stands_alone(line, folder, |c| is_word(c) || matches!(c, '.' | '}' | ')' | '-')) {
                complaints.push(format!("line {}: `{folder}` is a folder of one machine", index + 1));
            }
        }
        for mark in MARKS {
            if stands_alone(line, mark, is_word) {
                complaints.push(format!("line {}: `{mark}` marks something unfinished", index + 1));
            }
        }
    }
    complaints
}

/// Whether `what` occurs in `line` as a word of its own: with no character before it that `joins`, and no letter after it
/// unless it ends in `/`.
fn stands_alone(line: &str, what: &str, joins: impl Fn(char) -> bool) -> bool {
    line.match_indices(what).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + what.len()..].chars().next();
        !before.is_some_and(&joins) && (what.ends_with('/') || !after.is_some_and(is_word))
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_header_is_seen() {
        assert!(missing_header("//! What this is for.\nfn f() {}").is_empty());
        for source in ["", "fn f() {}", "// A comment.", "//!", "\n//! Late."] {
            assert_eq!(missing_header(source).len(), 1, "{source:?}");
        }
    }

    #[test]
    fn folders_of_a_machine_are_seen() {
        for folder in MACHINE_FOLDERS {
            assert_eq!(unfit_for_publication(&format!("fine\nsee {folder}")).len(), 1, "{folder}");
            assert_eq!(unfit_for_publication(&format!("\"{folder}\"")).len(), 1, "{folder}");
        }
        assert!(unfit_for_publication("net/work, ./work, https://example.org/working, a/tmp/b").is_empty());
    }

    #[test]
    fn marks_are_seen() {
        for mark in MARKS {
            assert_eq!(unfit_for_publication(&format!("// {mark}: later")).len(), 1, "{mark}");
        }
        assert!(unfit_for_publication("clippy::todo, MASTODON").is_empty());
    }
}
