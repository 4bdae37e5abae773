//! The files of `texts/`: each text is there in every language, is used, and keeps to the rules of its language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use course::claims::{CLAIMS, NoteRef, Standing};
use course::errors::ErrorMsg;
use course::text::{self, Deed, Phrase, Remark};
use course::{Lang, template, typesetting};
use lab::host::Errno;
use serde::Serialize;
use serde_json::Value;
use serde_variant::to_variant_name;
use strum::{IntoEnumIterator, VariantArray};
use tcp::edge::EDGES;
use tcp::wire::WireError;
use tcp::{Dispute, DropReason, IcmpKind, Rule, SendReason, State, Test, TimerKind};

use crate::chinese;

/// The content of a file.
fn topic(lang: Lang, topic: &str) -> Value {
    let path = format!("{}/../../texts/{}/{topic}.json", env!("CARGO_MANIFEST_DIR"), lang.code());
    let file = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of a language without `.json`. The page's own tests read the messages.
fn topics(lang: Lang) -> BTreeSet<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../texts").join(lang.code());
    let files = std::fs::read_dir(folder).expect("every language has a folder");
    let stem = |file: std::io::Result<std::fs::DirEntry>| {
        let path = file.expect("it can be read").path();
        path.file_stem().expect("it has a name").to_string_lossy().into_owned()
    };
    files.map(stem).filter(|name| name != "messages").collect()
}

/// All texts of a language, by their places: `rules/open-passive/title`.
fn texts(lang: Lang) -> BTreeMap<String, String> {
    fn add(place: String, value: Value, all: &mut BTreeMap<String, String>) {
        match value {
            Value::String(text) => {
                all.insert(place, text);
            }
            Value::Object(parts) => {
                parts.into_iter().for_each(|(name, part)| add(format!("{place}/{name}"), part, all));
            }
            other => panic!("{place}: {other} is no text"),
        }
    }
    let mut all = BTreeMap::new();
    topics(lang).into_iter().for_each(|name| add(name.clone(), topic(lang, &name), &mut all));
    // These are not told to a reader, and each language has its own.
    all.retain(|place, _| !place.starts_with("language/") && !place.starts_with("glossary/avoid/"));
    all
}

fn name(variant: &impl Serialize) -> String {
    to_variant_name(variant).expect("it is a variant").to_owned()
}

/// These and no other names stand in a file, at `place` in it.
#[track_caller]
fn check(file: &str, place: &str, names: impl IntoIterator<Item = String>) {
    let names: BTreeSet<_> = names.into_iter().collect();
    for lang in Lang::ALL {
        let found = topic(lang, file);
        let found = found.pointer(place).and_then(Value::as_object).expect("an object of texts");
        let found: BTreeSet<_> = found.keys().cloned().collect();
        let missing: Vec<_> = names.difference(&found).collect();
        let unused: Vec<_> = found.difference(&names).collect();
        let file = format!("texts/{}/{file}.json {place}", lang.code());
        assert!(missing.is_empty() && unused.is_empty(), "{file}: missing {missing:?}, unused {unused:?}");
    }
}

#[test]
fn no_text_is_missing_and_none_is_unused() {
    check("rules", "", Rule::ALL.iter().map(|rule| rule.name().to_owned()));
    check("deeds", "", Deed::VARIANTS.iter().map(name));
    check("remarks", "", Remark::VARIANTS.iter().map(name));
    check("states", "", State::ALL.iter().map(name));
    check("tests", "", Test::VARIANTS.iter().map(name));
    check("reasons", "/drop", DropReason::VARIANTS.iter().map(name));
    check("reasons", "/send", SendReason::VARIANTS.iter().map(name));
    check("reasons", "/timer", TimerKind::ALL.iter().map(name));
    check("reasons", "/icmp", IcmpKind::ALL.iter().map(name));
    check("reasons", "/wire", WireError::iter().map(|error| name(&error)));
    check("reasons", "/errno", Errno::VARIANTS.iter().map(name));
    check("disputes", "", Dispute::VARIANTS.iter().map(name));
    check("edges", "", EDGES.iter().map(|edge| edge.id.to_owned()));
    check("claims", "/notes", NoteRef::ALL.iter().map(name));
    check("claims", "/claims", CLAIMS.iter().map(|claim| claim.id.to_owned()));
    check("phrases", "", Phrase::VARIANTS.iter().map(name));
    check("errors", "", ErrorMsg::VARIANTS.iter().map(name));
}

#[test]
fn a_text_is_found_by_what_it_is_about() {
    for lang in Lang::ALL {
        for test in Test::VARIANTS {
            assert_ne!(text::test(*test, lang).question, name(test));
        }
        assert_eq!(text::rule(Rule::OpenPassive, lang).title, topic(lang, "rules")["open-passive"]["title"]);
        assert_eq!(text::icmp(IcmpKind::Prohibited, lang), topic(lang, "reasons")["icmp"]["prohibited"]);
        assert_eq!(text::state(State::SynSent, lang).name, topic(lang, "states")["SYN-SENT"]["name"]);
    }
}

#[test]
fn only_what_would_happen_otherwise_and_a_separator_may_be_empty() {
    for lang in Lang::ALL {
        for (place, text) in texts(lang) {
            assert!(!text.is_empty() || place == "phrases/between-sentences", "{}: {place}", lang.code());
        }
    }
    for claim in CLAIMS {
        for lang in Lang::ALL {
            let is_on_trial = claim.standing != Standing::Holds;
            assert_eq!(is_on_trial, text::trial(claim, lang).is_some(), "{}", claim.id);
        }
    }
}

/// What stands in braces, in optional parts too, and outside of them.
fn slots(text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let in_braces = |text: &str| -> BTreeSet<String> {
        let slots = text.split('{').skip(1).map(|tail| tail.split_once('}').expect("the brace is closed").0);
        // A slot may choose between two words: `{bytes|byte|bytes}`.
        slots.map(|slot| slot.split('|').next().unwrap_or_default().to_owned()).collect()
    };
    let outside = text.split("<<").map(|part| part.rsplit(">>").next().unwrap_or_default());
    (in_braces(text), in_braces(&outside.collect::<String>()))
}

#[test]
fn all_languages_have_the_same_texts_with_the_same_slots() {
    let [zh, en] = Lang::ALL.map(texts);
    // How much must be shortened depends on the language.
    let is_shared = |place: &&String| !place.contains("/short-");
    let [zh_places, en_places]: [BTreeSet<_>; 2] =
        [&zh, &en].map(|texts| texts.keys().filter(is_shared).collect());
    let alone: Vec<_> = zh_places.symmetric_difference(&en_places).collect();
    assert!(alone.is_empty(), "only one language has {alone:?}");
    for (place, zh) in &zh {
        // Of what is wrong a language may say less; `errors.rs` sees that it does not ask for more than there is.
        if let Some(en) = en.get(place).filter(|_| !place.starts_with("errors/")) {
            assert_eq!(slots(zh), slots(en), "{place}");
        }
    }
}

#[test]
fn templates_ask_only_for_what_there_is() {
    // What the program puts into phrases besides what a record has.
    let of_phrases = ["waits", "count", "gloss", "why", "lead", "last", "clauses", "subject", "object", "by"];
    for lang in Lang::ALL {
        for (place, mut text) in texts(lang).into_iter().filter(|(place, _)| !place.starts_with("errors/")) {
            if place.starts_with("phrases/") {
                of_phrases.iter().for_each(|slot| text = text.replace(&format!("{{{slot}}}"), ""));
            }
            let slots = template::slots(&text, false).unwrap_or_else(|fault| panic!("{place}: {fault:?}"));
            let is_template =
                ["rules/", "deeds/", "remarks/", "phrases/"].iter().any(|topic| place.starts_with(topic));
            assert!(is_template || slots.is_empty(), "{place} has no slots, but asks for {slots:?}");
        }
    }
}

#[test]
fn chinese_texts_keep_to_the_vocabulary_and_the_typography() {
    let texts = texts(Lang::ZhHans);
    // The titles of the notes are as their authors have set them.
    for (place, text) in texts.into_iter().filter(|(place, _)| !place.starts_with("claims/notes/")) {
        // A link of the page has the name that the vocabulary keeps from connections.
        let is_about_links = place.starts_with("errors/link-");
        let fault = if is_about_links { chinese::typography(&text) } else { chinese::fault(&text) };
        assert_eq!(fault, None, "{place}: {text}");
    }
}

#[test]
fn english_texts_have_no_chinese_and_nobody_shouts() {
    for (place, text) in texts(Lang::En) {
        let is_chinese = |c: char| typesetting::is_wide(c) && !matches!(c, '“' | '”');
        assert!(!text.chars().any(is_chinese), "{place}: {text}");
        assert!(!text.contains('!') && !text.contains("  "), "{place}: {text}");
    }
}

#[test]
fn where_stacks_disagree_each_way_has_its_name() {
    for (dispute, lang) in Dispute::VARIANTS.iter().flat_map(|dispute| Lang::ALL.map(|lang| (dispute, lang)))
    {
        let words = text::dispute(*dispute, lang);
        assert!(words.contains("RFC 9293") && words.contains("FreeBSD") | words.contains("Linux"), "{words}");
    }
}
