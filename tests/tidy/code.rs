//! Reading Rust sources roughly: enough to look for words and paths without being fooled by comments and strings.

/// `source` with every comment and every literal text replaced by spaces; lines stay where they are.
pub(crate) fn without_comments_and_texts(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    while at < chars.len() {
        let end = skip_comment(&chars, at).or_else(|| skip_text(&chars, at)).unwrap_or(at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(offset, c)| chars.get(at + offset) == Some(&c))
}

/// The end of the comment that begins at `at`, if one does.
fn skip_comment(chars: &[char], at: usize) -> Option<usize> {
    if starts(chars, at, "//") {
        return Some((at..chars.len()).find(|&i| chars[i] == '\n').unwrap_or(chars.len()));
    }
    if !starts(chars, at, "/*") {
        return None;
    }
    let (mut depth, mut i) = (1, at + 2);
    while i < chars.len() && depth > 0 {
        if starts(chars, i, "/*") {
            (depth, i) = (depth + 1, i + 2);
        } else if starts(chars, i, "*/") {
            (depth, i) = (depth - 1, i + 2);
        } else {
            i += 1;
        }
    }
    Some(i)
}

/// The end of the string or character literal that begins at `at`, if one does.
fn skip_text(chars: &[char], at: usize) -> Option<usize> {
    let after_word = at > 0 && is_word(chars[at - 1]);
    match chars[at] {
        'r' if !after_word || chars[at - 1] == 'b' => {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            let open = at + 1 + hashes;
            if chars.get(open) != Some(&'"') {
                return None;
            }
            let close: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let end = (open + 1..chars.len()).find(|&i| starts(chars, i, &close));
            Some(end.map_or(chars.len(), |end| end + close.len()))
        }
        '"' => Some(quoted_end(chars, at, '"')),
        // A lifetime is not a character: 'a is followed by no quote.
        '\'' if chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'') => {
            Some(quoted_end(chars, at, '\''))
        }
        _ => None,
    }
}

fn quoted_end(chars: &[char], at: usize, quote: char) -> usize {
    let mut i = at + 1;
    while i < chars.len() && chars[i] != quote {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The words and numbers of `code`, each with its line, counted from 1. `1.5` and `2.0f64` are one item.
pub(crate) fn words(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let chars: Vec<char> = line.chars().collect();
        let mut at = 0;
        while at < chars.len() {
            if !is_word(chars[at]) {
                at += 1;
                continue;
            }
            let start = at;
            // After a dot a number is a field: `pair.0.1` holds no float.
            let number = chars[at].is_ascii_digit() && (start == 0 || chars[start - 1] != '.');
            while at < chars.len()
                && (is_word(chars[at])
                    || (number && chars[at] == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit)))
            {
                at += 1;
            }
            found.push((index + 1, chars[start..at].iter().collect()));
        }
    }
    found
}

/// The first names after each occurrence of `prefix` (such as `crate::`) in `code`, each with its line; of a group
/// (`crate::{a::B, c}`) all of them.
pub(crate) fn names_after(code: &str, prefix: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].chars().next_back().is_some_and(|before| is_word(before) || before == ':') {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let rest = code[at + prefix.len()..].trim_start();
        let names = match rest.strip_prefix('{') {
            Some(group) => group_heads(group),
            None => vec![rest],
        };
        for name in names {
            let name: String = name.trim_start().chars().take_while(|c| is_word(*c)).collect();
            if !name.is_empty() {
                found.push((line, name));
            }
        }
    }
    found
}

/// The parts of a group of imports, up to the brace that closes it.
fn group_heads(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut heads) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}

#[test]
fn comments_and_texts_vanish_and_lines_stay() {
    let source = "a /* b /* c */ d */ e // f\n\"g \\\" h\" i r#\"j \" k\"# 'l' '\\'' m\n/// n\no";
    let code = without_comments_and_texts(source);
    assert_eq!(code.split_whitespace().collect::<String>(), "aeimo");
    assert_eq!(code.matches('\n').count(), source.matches('\n').count());
}

#[test]
fn a_lifetime_does_not_open_a_text() {
    assert_eq!(without_comments_and_texts("fn f<'a>(x: &'a str) {}"), "fn f<'a>(x: &'a str) {}");
}

#[test]
fn numbers_and_fields_are_told_apart() {
    let found: Vec<_> =
        words("let x = 1.5 + y.0.1 + 2.0f64 + 1..2 + 0x1f32;").into_iter().map(|(_, w)| w).collect();
    assert_eq!(found, ["let", "x", "1.5", "y", "0", "1", "2.0f64", "1", "2", "0x1f32"]);
}

#[test]
fn names_are_found_in_paths_and_groups() {
    let code =
        "use crate::tcp::Seq;\nuse crate::{wire::{A, B}, host, net as n};\nf(crate::lab::x, mycrate::no)";
    let found = names_after(code, "crate::");
    let expected = [(1, "tcp"), (2, "wire"), (2, "host"), (2, "net"), (3, "lab")];
    assert_eq!(found, expected.map(|(line, name)| (line, name.to_owned())));
}
