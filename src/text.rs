//! What the page itself says: names of controls, headings, short phrases. What is said *about TCP* is in the course.
//!
//! The words are in `texts/*/messages.json`. `build.rs` makes the names here of the names there: `deliver-now` is
//! `Msg::DeliverNow`.

use std::fmt::Display;

use course::template::filled;
use course::text::{Phrase, phrase};
use yew::AttrValue;

use crate::lang::{HostId, Lang};
use lab::net::By;
use tcp::IcmpKind;
use tcp::time::{Duration, Instant};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Msg {
    /// The message in `lang`.
    #[must_use]
    pub fn in_lang(self, lang: Lang) -> &'static str {
        course::text::message(NAMES[self as usize], lang)
    }

    /// The message in `lang`, as components take it.
    #[must_use]
    pub fn text(self, lang: Lang) -> AttrValue {
        AttrValue::Static(self.in_lang(lang))
    }

    /// The message in `lang` with values for its slots.
    #[must_use]
    pub fn with(self, values: &[(&str, &dyn Display)], lang: Lang) -> String {
        filled(self.in_lang(lang), values)
    }
}

/// A host's name.
#[must_use]
pub fn host_name(host: HostId, lang: Lang) -> &'static str {
    match host {
        HostId::Client => Msg::Client.in_lang(lang),
        HostId::Server => Msg::Server.in_lang(lang),
    }
}

/// The one character on a host's token.
#[must_use]
pub fn host_initial(host: HostId, lang: Lang) -> &'static str {
    match host {
        HostId::Client => Msg::ClientInitial.in_lang(lang),
        HostId::Server => Msg::ServerInitial.in_lang(lang),
    }
}

/// `，客户端在这里`
#[must_use]
pub fn is_here(host: HostId, lang: Lang) -> String {
    Msg::IsHere.with(&[("host", &host_name(host, lang))], lang)
}

/// A length of time as short as it can be said: `0.8 s`, `4 min`.
#[must_use]
pub fn duration(length: Duration, lang: Lang) -> String {
    let millis = length.as_millis();
    if millis >= 120_000 && millis.is_multiple_of(60_000) {
        return filled(phrase(Phrase::Minutes, lang), &[("count", &(millis / 60_000))]);
    }
    let digits = format!("{}.{:03}", millis / 1_000, millis % 1_000);
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    filled(phrase(Phrase::Seconds, lang), &[("count", &digits)])
}

/// How long a silence lasted.
#[must_use]
pub fn silence(length: Duration, lang: Lang) -> String {
    Msg::Silence.with(&[("length", &duration(length, lang))], lang)
}

/// When a segment arrives, seen from `now`.
#[must_use]
pub fn arrives_in(at: Instant, now: Instant, lang: Lang) -> String {
    Msg::ArrivesIn.with(&[("length", &duration(at.since(now), lang))], lang)
}

/// How much later a segment would arrive.
#[must_use]
pub fn later_by(length: Duration, lang: Lang) -> String {
    format!("+{}", duration(length, lang))
}

/// By whose doing a segment was lost.
#[must_use]
pub fn dropped_by(by: By, lang: Lang) -> &'static str {
    let msg = match by {
        By::Learner => Msg::DroppedByYou,
        By::Rule => Msg::DroppedByRule,
        By::Loss | By::Duplication => Msg::LostOnTheWay,
        By::CutCable => Msg::CableIsCut,
        By::FullLink => Msg::LinkIsFull,
    };
    msg.in_lang(lang)
}

/// What a call would come to.
#[must_use]
pub fn would_return(errno: &str, why: &str, lang: Lang) -> String {
    Msg::WouldReturn.with(&[("errno", &errno), ("why", &why.replace('`', ""))], lang)
}

/// What a router would report, after what that means to TCP: `soft: the host cannot be reached`.
#[must_use]
pub fn report(kind: IcmpKind, lang: Lang) -> String {
    let weight = match kind {
        IcmpKind::SourceQuench => Msg::IcmpIgnored,
        kind if kind.is_hard() => Msg::IcmpHard,
        _ => Msg::IcmpSoft,
    };
    let report = course::text::icmp(kind, lang);
    Msg::IcmpWeighed.with(&[("weight", &weight.in_lang(lang)), ("report", &report)], lang)
}

/// The name of a branch.
#[must_use]
pub fn branch_name(id: u32, lang: Lang) -> String {
    Msg::BranchName.with(&[("id", &id)], lang)
}

/// The name of an edge.
#[must_use]
pub fn edge_title(from: &str, to: &str) -> String {
    format!("{from} → {to}")
}

/// Where the slider stands.
#[must_use]
pub fn step_of(step: u32, all: u32, now: Instant, label: Option<&str>, lang: Lang) -> String {
    let label = label.unwrap_or_default();
    Msg::StepOf.with(&[("step", &step), ("all", &all), ("now", &now), ("label", &label)], lang)
}

/// What a variable was.
#[must_use]
pub fn was(old: &str, lang: Lang) -> String {
    Msg::Was.with(&[("old", &old)], lang)
}

/// How much of the diagram was walked.
#[must_use]
pub fn edges_taken(taken: usize, all: usize, lang: Lang) -> String {
    Msg::EdgesTaken.with(&[("taken", &taken), ("all", &all)], lang)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use strum::VariantArray;

    use super::*;
    use course::typesetting::{is_han, is_latin};

    /// What the file of a language has.
    fn file(lang: Lang) -> BTreeMap<String, String> {
        let path = format!("{}/texts/{}/messages.json", env!("CARGO_MANIFEST_DIR"), lang.code());
        let file = std::fs::read_to_string(&path).expect("the file is there");
        serde_json::from_str(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    #[test]
    fn no_message_is_missing_and_none_is_unused() {
        let names = BTreeSet::from(NAMES);
        for lang in Lang::ALL {
            let file = file(lang);
            let found: BTreeSet<_> = file.keys().map(String::as_str).collect();
            let wrong: Vec<_> = names.symmetric_difference(&found).collect();
            assert!(wrong.is_empty(), "missing or unused in {}: {wrong:?}", lang.code());
        }
    }

    #[test]
    fn all_languages_have_the_same_slots() {
        let slots = |text: &str| -> BTreeSet<String> {
            text.split('{')
                .skip(1)
                .map(|tail| tail.split('}').next().unwrap_or_default().to_owned())
                .collect()
        };
        let [zh, en] = Lang::ALL.map(file);
        for (name, zh) in &zh {
            assert_eq!(slots(zh), slots(&en[name]), "{name}");
        }
    }

    #[test]
    fn one_space_stands_between_han_and_latin() {
        for msg in Msg::VARIANTS {
            let text: Vec<char> = msg.in_lang(Lang::ZhHans).chars().collect();
            for pair in text.windows(2) {
                let meet = |a: char, b: char| is_han(a) && is_latin(b);
                assert!(!meet(pair[0], pair[1]) && !meet(pair[1], pair[0]), "{msg:?}: {pair:?}");
            }
        }
    }

    #[test]
    fn chinese_has_chinese_punctuation() {
        for msg in Msg::VARIANTS {
            let text = msg.in_lang(Lang::ZhHans);
            let han = text.chars().any(is_han);
            assert!(!han || !text.contains([';', '?', '!', '(', ')', ':']), "{msg:?}: {text}");
        }
    }

    #[test]
    fn sentences_are_put_together_in_every_language() {
        let [client, server] = [HostId::Client, HostId::Server];
        let at = Instant::from_millis(1_500);
        let said = Lang::ALL.map(|lang| {
            [
                is_here(client, lang),
                silence(Duration::from_secs(1), lang),
                arrives_in(at, Instant::ZERO, lang),
                later_by(Duration::from_secs(240), lang),
                dropped_by(By::Rule, lang).to_owned(),
                would_return("EPIPE", "`no`", lang),
                report(IcmpKind::HostUnreachable, lang),
                branch_name(3, lang),
                step_of(2, 7, at, Some("SYN"), lang),
                was("x+1", lang),
                edges_taken(3, 21, lang),
                host_initial(server, lang).to_owned(),
            ]
        });
        let zh = [
            "，客户端在这里",
            "1 秒没有报文段",
            "1.5 秒后到",
            "+4 分钟",
            "按预设规则丢弃",
            "现在会返回 EPIPE：no",
            "软差错：主机不可达",
            "分支 3",
            "第 2 步，共 7 步，1.500 s，SYN",
            "原 x+1 → ",
            "走过 3 / 21 条边",
            "服",
        ];
        let en = [
            ", Client is here",
            "1 s without a segment",
            "in 1.5 s",
            "+4 min",
            "dropped by a rule",
            "Would return EPIPE now: no",
            "soft: the host cannot be reached",
            "Branch 3",
            "step 2 of 7, 1.500 s, SYN",
            "was x+1 → ",
            "3 of 21 edges taken",
            "S",
        ];
        assert_eq!(said, [zh, en].map(|said| said.map(str::to_owned)));
    }

    #[test]
    fn lengths_of_time_are_short() {
        let say = |ms| duration(Duration::from_millis(ms), Lang::En);
        assert_eq!([say(800), say(1_000), say(1_050), say(240_000)], ["0.8 s", "1 s", "1.05 s", "4 min"]);
    }
}
