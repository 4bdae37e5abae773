//! What a screen reader hears of each step.

use yew::prelude::*;

use crate::ui::el::el;
use crate::ui::hooks::use_calm;
use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// What is said.
#[derive(Properties, PartialEq)]
pub struct SaidProps {
    /// The latest step.
    pub sentence: AttrValue,
    /// It plays, so that the next step follows soon.
    pub playing: bool,
    /// The language.
    pub lang: Lang,
}

/// Says it, no faster than one can listen.
#[component]
pub fn Said(props: &SaidProps) -> Html {
    let sentence = use_calm(&props.sentence, props.playing);
    let log = el("div.visually-hidden role=log aria-live=polite").label(Msg::Log, props.lang);
    log.child(el("p").child(sentence)).into()
}
