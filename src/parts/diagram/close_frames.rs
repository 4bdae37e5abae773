//! Two frames behind the states: those of the end that closes first, and those of the other.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::lang::Lang;
use crate::text::Msg;

#[autoprops]
#[component]
pub(super) fn CloseFrames(lang: &Lang) -> Html {
    let lang = *lang;
    // The frame at the right is narrow: one word a line.
    let passive = Msg::PassiveClose.in_lang(lang).split(' ').enumerate();
    let passive = passive
        .map(|(i, word)| html! { <text key={i} x="406" y={(291 + 13 * i).to_string()}>{ word }</text> });
    html! {
        <g class="blocks" aria-hidden="true">
            <rect x="14" y="308" width="296" height="122" rx="10" />
            <rect x="338" y="308" width="119" height="122" rx="10" />
            <text class="at-middle" x="250" y="307">{ Msg::ActiveClose.text(lang) }</text>
            <g>{ for passive }</g>
        </g>
    }
}
