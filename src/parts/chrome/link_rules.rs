//! The standing rules of the link: "drop the first FIN from the server".

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::hooks::focus;
use crate::lang::{HostId, Lang};
use crate::parts::select::Select;
use crate::text::{Msg, host_name, report};
use course::text;
use lab::action::Action;
use lab::net::{LinkRule, Match, Verdict};
use tcp::IcmpKind;
use tcp::time::Duration;

/// A word of a rule: by its name in the standards, or by a message.
#[derive(Clone, Copy)]
enum Word {
    Name(&'static str),
    Said(Msg),
}

impl Word {
    fn in_lang(self, lang: Lang) -> &'static str {
        match self {
            Self::Name(name) => name,
            Self::Said(msg) => msg.in_lang(lang),
        }
    }
}

const ANY: Match = Match { syn: None, ack: None, fin: None, rst: None, text: None };

const MATCHES: [(Word, Match); 7] = [
    (Word::Name("SYN"), Match { syn: Some(true), ack: Some(false), ..ANY }),
    (Word::Name("SYN,ACK"), Match { syn: Some(true), ack: Some(true), ..ANY }),
    (
        Word::Said(Msg::RulePureAck),
        Match { syn: Some(false), ack: Some(true), fin: Some(false), rst: Some(false), text: Some(false) },
    ),
    (Word::Said(Msg::RuleText), Match { text: Some(true), ..ANY }),
    (Word::Name("FIN"), Match { fin: Some(true), ..ANY }),
    (Word::Name("RST"), Match { rst: Some(true), ..ANY }),
    (Word::Said(Msg::RuleAny), ANY),
];

const NTH: [(Msg, u32); 4] =
    [(Msg::RuleFirst, 1), (Msg::RuleSecond, 2), (Msg::RuleThird, 3), (Msg::RuleEvery, 0)];

const VERDICTS: [(Msg, Verdict); 6] = [
    (Msg::Drop, Verdict::Drop),
    (Msg::DelayOneSecond, Verdict::Delay(Duration::from_secs(1))),
    (Msg::Hold, Verdict::Hold),
    (Msg::Duplicate, Verdict::Duplicate),
    (Msg::Reorder, Verdict::Swap),
    (Msg::Corrupt, Verdict::Corrupt { byte: None }),
];

/// What can be chosen, in words: the verdicts, and the reports of a router.
fn verdicts(lang: Lang) -> Vec<(AttrValue, Verdict)> {
    let mut all = VERDICTS.map(|(msg, verdict)| (msg.text(lang), verdict)).to_vec();
    for &kind in IcmpKind::ALL {
        all.push((format!("ICMP {}", report(kind, lang)).into(), Verdict::Unreachable(kind)));
    }
    all
}

/// The rules, and a row of choices to make another.
#[autoprops]
#[component]
pub fn LinkRules(
    /// The rules, in the order in which they are tried.
    rules: &Vec<LinkRule>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let lang = *lang;
    // Places in the lists: sender, which one, of which kind, what to do.
    let choice = use_state(|| [0_usize; 4]);
    let adder = use_node_ref();
    let verdicts = verdicts(lang);
    let [from, which, kind, what] = *choice;
    let rule = LinkRule {
        from: HostId::ALL[from.min(1)],
        nth: NTH[which.min(NTH.len() - 1)].1,
        matches: MATCHES[kind.min(MATCHES.len() - 1)].1,
        verdict: verdicts.get(what).map_or(Verdict::Drop, |(_, verdict)| *verdict),
    };
    let pick = |nth: usize, label: Msg, words: Vec<AttrValue>| {
        let chosen = choice[nth];
        let choice = choice.clone();
        let on_choose = move |place| {
            let mut next = *choice;
            next[nth] = place;
            choice.set(next);
        };
        html! {
            <label class="knob">
                <span>{ label.text(lang) }</span>
                <Select {words} {chosen} {on_choose} />
            </label>
        }
    };
    // The button of the last rule goes with its rule; a focus that is on it must not go too.
    let take_back = |action: Action, is_last: bool| {
        let (act, adder) = (act.clone(), adder.clone());
        move |_: MouseEvent| {
            if is_last {
                focus(&adder);
            }
            act.emit(Act::Do(action.clone()));
        }
    };
    let count = rules.len();
    html! {
        <fieldset class="link-rules">
            <legend><strong>{ Msg::LinkRules.text(lang) }</strong></legend>
            <p class="muted">{ Msg::LinkRulesIntro.text(lang) }</p>
            <div class="rule-choices">
                { pick(0, Msg::RuleFrom, HostId::ALL.map(|host| host_name(host, lang).into()).to_vec()) }
                { pick(1, Msg::RuleNth, NTH.map(|(msg, _)| msg.text(lang)).to_vec()) }
                { pick(2, Msg::RuleMatches, MATCHES.map(|(word, _)| word.in_lang(lang).into()).to_vec()) }
                { pick(3, Msg::RuleVerdict, verdicts.into_iter().map(|(word, _)| word).collect()) }
                <button
                    ref={adder.clone()}
                    type="button"
                    onclick={act.reform(move |_| Act::Do(Action::AddRule { rule }))}
                >
                    { Msg::AddLinkRule.text(lang) }
                </button>
            </div>
            <p class="muted" hidden={count > 0}>{ Msg::NoLinkRules.text(lang) }</p>
            <ul hidden={count == 0}>
                for (place, words) in rules.iter().map(|rule| sentence(rule, lang)).enumerate() {
                    <li key={place}>
                        { &words }{ " " }
                        <button
                            class="quiet"
                            type="button"
                            aria-label={format!("{}: {words}", Msg::RemoveLinkRule.in_lang(lang))}
                            onclick={take_back(Action::RemoveRule { index: place as u32 }, place + 1 == count)}
                        >
                            { Msg::RemoveLinkRule.text(lang) }
                        </button>
                    </li>
                }
            </ul>
            <button
                class="quiet"
                type="button"
                hidden={count < 2}
                onclick={take_back(Action::ClearRules, true)}
            >
                { Msg::ClearLinkRules.text(lang) }
            </button>
        </fieldset>
    }
}

/// A rule in words.
fn sentence(rule: &LinkRule, lang: Lang) -> String {
    let host = text::host(rule.from, lang);
    let known = MATCHES.iter().find(|(_, matches)| *matches == rule.matches);
    let kind = known.map_or_else(|| bits(&rule.matches), |(word, _)| word.in_lang(lang).to_owned());
    let nth = NTH.iter().find(|(_, nth)| *nth == rule.nth);
    let nth = nth.map_or_else(|| format!("#{}", rule.nth), |(msg, _)| msg.in_lang(lang).to_owned());
    let verdict = verdicts(lang).into_iter().find(|(_, verdict)| *verdict == rule.verdict);
    let verdict = verdict.map_or_else(
        || match rule.verdict {
            Verdict::Delay(_) => Msg::Delay.text(lang),
            Verdict::Corrupt { .. } => Msg::Corrupt.text(lang),
            _ => Msg::DeliverNow.text(lang),
        },
        |(words, _)| words,
    );
    Msg::RuleInWords.with(&[("host", &host), ("nth", &nth), ("kind", &kind), ("verdict", &verdict)], lang)
}

/// The bits that a match of a scenario asks for: `+ACK -FIN`.
fn bits(matches: &Match) -> String {
    let bits = [
        ("SYN", matches.syn),
        ("ACK", matches.ack),
        ("FIN", matches.fin),
        ("RST", matches.rst),
        ("text", matches.text),
    ];
    let signed = bits
        .iter()
        .filter_map(|(name, wanted)| Some(format!("{}{name}", if (*wanted)? { "+" } else { "-" })));
    signed.collect::<Vec<_>>().join(" ")
}
