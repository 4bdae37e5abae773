//! The layers of the house: which part may use which, and what the lower ones must not know.

use crate::code::{names_after, without_comments_and_texts, words};

/// From the bottom up. A part may use those of earlier rows, not its neighbours in the same row.
const LAYERS: &[&[&str]] = &[
    &["time", "rng"],
    &["small_map", "few"],
    &["tcp"],
    &["wire"],
    &["host"],
    &["net"],
    &["lab"],
    &["course", "search", "export"],
    &["embed"],
    &["ui"],
];

/// What only some layers may name, and the lowest layer that may.
const RESERVED: &[(&str, &str)] = &[
    ("yew", "ui"),
    ("web_sys", "embed"),
    ("js_sys", "embed"),
    ("wasm_bindgen", "embed"),
    // JavaScript has no other numbers, so the boundary has to convert.
    ("f32", "embed"),
    ("f64", "embed"),
    // Their order differs from run to run, and a replay must not.
    ("HashMap", "ui"),
    ("HashSet", "ui"),
];

/// The part of the house to which a file belongs; `None` for the files that only tie the parts together.
fn part_of(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("src/")?;
    let part = inner.split('/').next()?.trim_end_matches(".rs");
    (!matches!(part, "lib" | "main")).then_some(part)
}

fn rank(part: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&part))
}

/// Uses of a part by one that stands below or beside it.
pub(crate) fn wrong_dependencies(path: &str, source: &str) -> Vec<String> {
    let Some(part) = part_of(path) else { return Vec::new() };
    let Some(own) = rank(part) else {
        return vec![format!("`{part}` is not in the table of layers in tests/tidy/layers.rs")];
    };
    let code = without_comments_and_texts(source);
    let mut used = names_after(&code, "crate::");
    used.extend(names_after(&code, "tcp_state_lab::"));
    // `super::` leads out of the part once it climbs as high as the file is deep.
    let depth = path.trim_end_matches("/mod.rs").matches('/').count();
    for climb in depth..=depth + 2 {
        used.extend(names_after(&code, &"super::".repeat(climb)));
    }
    used.iter()
        .filter(|(_, name)| name != part && rank(name).is_some_and(|rank| rank >= own))
        .map(|(line, name)| format!("line {line}: `{part}` must not use `{name}`, which is not below it"))
        .collect()
}

/// Words that the layer of this file must not contain, floating-point numbers among them.
pub(crate) fn forbidden_words(path: &str, source: &str) -> Vec<String> {
    let Some(own) = part_of(path).and_then(rank) else { return Vec::new() };
    let code = without_comments_and_texts(source);
    let below = |layer: &str| rank(layer).is_none_or(|rank| own < rank);
    let mut complaints = Vec::new();
    for (line, word) in words(&code) {
        if let Some((_, layer)) = RESERVED.iter().find(|(reserved, layer)| *reserved == word && below(layer))
        {
            complaints.push(format!("line {line}: `{word}` is for `{layer}` and above"));
        }
        if is_float(&word) && below("embed") {
            complaints
                .push(format!("line {line}: `{word}` is a floating-point number, for `embed` and above"));
        }
    }
    for root in ["std::", "core::"] {
        for (line, name) in names_after(&code, root) {
            if name == "time" && below("ui") {
                complaints.push(format!("line {line}: `{root}time` is for `ui`; below it time is virtual"));
            }
        }
    }
    complaints
}

/// Whether a word found in code is a number with a fraction, an exponent or a floating type.
fn is_float(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    word.starts_with(|c: char| c.is_ascii_digit())
        && [".", "e", "E", "f32", "f64"].iter().any(|sign| rest.starts_with(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn wrong(path: &str, source: &str, expected: &[&str]) {
        let found = wrong_dependencies(path, source);
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (complaint, word) in found.iter().zip(expected) {
            assert!(complaint.contains(word), "{complaint}");
        }
    }

    #[test]
    fn using_what_is_below_is_fine() {
        wrong(
            "src/host/mod.rs",
            "use crate::tcp::Seq; use crate::{time::Instant, wire}; use crate::host::x;",
            &[],
        );
        wrong("src/ui/app.rs", "use crate::{embed, lab, course};", &[]);
        wrong("src/main.rs", "use tcp_state_lab::App;", &[]);
        wrong("src/tcp/step.rs", "// use crate::ui;\nlet x = \"crate::ui::App\";", &[]);
    }

    #[test]
    fn using_what_is_above_or_beside_is_not() {
        wrong("src/tcp/step.rs", "use crate::wire::Packet;", &["`wire`"]);
        wrong("src/tcp/arrives/mod.rs", "fn f() { crate::ui::draw() }", &["`ui`"]);
        wrong("src/time.rs", "use crate::rng::Rng;", &["`rng`"]);
        wrong("src/course/text.rs", "use crate::{lab, search::x,\n export};", &["`search`", "`export`"]);
        wrong("src/embed/api.rs", "use tcp_state_lab::ui;", &["`ui`"]);
    }

    #[test]
    fn climbing_out_by_super_is_seen() {
        wrong("src/tcp/mod.rs", "use super::wire::Packet;", &["`wire`"]);
        wrong("src/tcp/seq.rs", "use super::super::{net, time};", &["`net`"]);
        wrong("src/tcp/seq.rs", "mod tests { use super::super::super::net; }", &["`net`"]);
        wrong("src/host/call.rs", "use super::net::x;", &[]);
    }

    #[test]
    fn a_part_outside_the_table_is_seen() {
        wrong("src/helpers.rs", "", &["not in the table"]);
    }

    #[track_caller]
    fn words_in(path: &str, source: &str, count: usize) {
        let found = forbidden_words(path, source);
        assert_eq!(found.len(), count, "{source}: {found:?}");
    }

    #[test]
    fn the_lower_layers_stay_free_of_the_browser_and_the_clock() {
        for word in [
            "yew::Html",
            "web_sys::Window",
            "js_sys::Date",
            "wasm_bindgen::JsValue",
            "HashMap<A, B>",
            "HashSet",
        ] {
            words_in("src/lab/session.rs", word, 1);
        }
        words_in("src/net/mod.rs", "use std::time::Instant;", 1);
        words_in("src/net/mod.rs", "use std::{fmt, time::Duration};", 1);
        words_in("src/net/mod.rs", "use core::time::Duration;", 1);
        words_in("src/net/mod.rs", "use crate::time::Instant; // yew, f64, std::time", 0);
    }

    #[test]
    fn the_lower_layers_have_no_floats() {
        for float in ["x: f32", "x as f64", "1.5", "2.0f64", "1f32", "1e3", "0.1"] {
            words_in("src/tcp/rto.rs", float, 1);
        }
        for integer in ["x.0.1", "1..5", "0xfe32", "1_000", "0b11", "7usize", "3_u64"] {
            words_in("src/tcp/rto.rs", integer, 0);
        }
    }

    #[test]
    fn the_upper_layers_have_what_is_theirs() {
        words_in("src/embed/api.rs", "wasm_bindgen::JsValue; js_sys::Array; x as f64", 0);
        words_in("src/embed/api.rs", "yew::Html; std::time::Instant", 2);
        words_in("src/ui/app.rs", "yew::Html; web_sys::Window; 1.5; std::time::Duration", 0);
    }
}
