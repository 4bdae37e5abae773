//! The help: what to do, and the keys.

use yew::prelude::*;

use crate::act::Act;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::text::Msg;

/// The keys and what each does.
pub const KEYS: [(&str, Msg); 7] = [
    ("␣", Msg::KeyPlay),
    ("→", Msg::KeyStep),
    ("←", Msg::KeyBack),
    ("F", Msg::KeyInFlight),
    ("D", Msg::KeyDrop),
    ("?", Msg::KeyHelp),
    ("Esc", Msg::KeyEscape),
];

/// Explains the page.
pub fn help(lang: Lang, shortcuts: bool, act: &Callback<Act>) -> El {
    let steps = [Msg::HelpStep1, Msg::HelpStep2, Msg::HelpStep3, Msg::HelpStep4];
    let switch = el("input type=checkbox").checked(shortcuts).on_check(act.reform(Act::Shortcuts));
    let keys = KEYS.into_iter().map(|(key, msg)| {
        let name = if key == "␣" { Msg::KeySpace.in_lang(lang) } else { key };
        el("tr")
            .key(key)
            .child(el("th scope=row").child(el("kbd").child(name)))
            .child(el("td").say(msg, lang))
    });
    el("div.help")
        .child(el("p").say(Msg::HelpIntro, lang))
        .child(
            el("ol").children(steps.into_iter().enumerate().map(|(i, step)| el("li").nth(i).say(step, lang))),
        )
        .child(el("h3").say(Msg::Shortcuts, lang))
        .child(el("label.check").child(switch).say(Msg::ShortcutsOn, lang))
        .child(el("table").child(el("tbody").children(keys)))
}
