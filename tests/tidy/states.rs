//! No match on a state may hide a case: the compiler then names every place when a state or an event is added.
//!
//! The lint `clippy::wildcard_enum_match_arm` sees `_` where an enum is matched alone, but not inside a tuple.

use crate::code::{is_word, without_comments_and_texts};

/// The arms with `_` in each `match (…)` whose tuple has a state in it.
pub(crate) fn wildcards(source: &str) -> Vec<String> {
    let code = without_comments_and_texts(source);
    let mut complaints = Vec::new();
    for (at, _) in code.match_indices("match") {
        let before = code[..at].chars().next_back();
        let rest = code[at + "match".len()..].trim_start();
        if before.is_some_and(is_word) || !rest.starts_with('(') {
            continue;
        }
        let Some((tuple, after)) = bracketed(rest) else { continue };
        let Some((arms, _)) = bracketed(after.trim_start()) else { continue };
        if !words_of(tuple).any(|word| word == "state") {
            continue;
        }
        for pattern in patterns(arms) {
            if hides_a_case(pattern) {
                let line = code[..at].matches('\n').count() + 1;
                complaints.push(format!("the match at line {line} hides cases behind `{}`", pattern.trim()));
            }
        }
    }
    complaints
}

fn words_of(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c| !is_word(c))
}

/// What stands between the bracket at the start of `code` and the one that closes it, and what follows.
fn bracketed(code: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then(|| (&code[1..at], &code[at + 1..]));
        }
    }
    None
}

/// The patterns of the arms, guards included.
fn patterns(arms: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = arms;
    while let Some(end) = at_top_level(rest, "=>") {
        found.push(&rest[..end]);
        let body = rest[end + 2..].trim_start();
        rest = match bracketed(body).filter(|_| body.starts_with('{')) {
            Some((_, after)) => after.trim_start().trim_start_matches(','),
            None => at_top_level(body, ",").map_or("", |comma| &body[comma + 1..]),
        };
    }
    found
}

/// Where `what` first stands in `code` outside all brackets.
fn at_top_level(code: &str, what: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        if depth == 0 && code[at..].starts_with(what) {
            return Some(at);
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether one of a pattern's alternatives is `_`, or a tuple with `_` for one of its members.
fn hides_a_case(pattern: &str) -> bool {
    let pattern = pattern.split(" if ").next().unwrap_or(pattern);
    split_top_level(pattern, '|').into_iter().any(|alternative| {
        let alternative = alternative.trim();
        alternative == "_"
            || alternative.starts_with('(')
                && bracketed(alternative).is_some_and(|(inner, _)| {
                    split_top_level(inner, ',').iter().any(|part| part.trim() == "_")
                })
    })
}

fn split_top_level(code: &str, separator: char) -> Vec<&str> {
    let (mut rest, mut parts) = (code, Vec::new());
    while let Some(at) = at_top_level(rest, &separator.to_string()) {
        parts.push(&rest[..at]);
        rest = &rest[at + separator.len_utf8()..];
    }
    parts.push(rest);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, hidden: usize) {
        let found = wildcards(source);
        assert_eq!(found.len(), hidden, "{found:?}");
    }

    #[test]
    fn a_tuple_match_that_names_every_case_is_fine() {
        check("match (tcb.state, fin) { (Established, true) => { f(_) } (Established, false) => g(), }", 0);
    }

    #[test]
    fn a_wildcard_beside_a_state_is_seen() {
        check("match (tcb.state, fin) { (Established, true) => 1, (_, false) => 2, _ => 3 }", 2);
        check("match (state, x) {\n  (Listen, _) => { a }\n  (Closed, A) | (Listen, _) if y => b,\n}", 2);
    }

    #[test]
    fn a_payload_that_does_not_matter_hides_no_case() {
        check(
            "match (self.state, event) { (Closed, Event::Call(_)) => f(|_| 1), (Listen, E { .. }) => g(), }",
            0,
        );
    }

    #[test]
    fn other_matches_are_not_its_business() {
        check("match (length, window) { (0, _) => a, _ => b }", 0);
        check("match state { A => 1, _ => 2 }", 0);
        check("// match (state, x) { _ => 1 }\nlet rematch = (state, 1);", 0);
    }
}
