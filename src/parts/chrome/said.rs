//! What a screen reader hears of each step.

use yew::prelude::*;

use crate::lang::Lang;
use crate::text::Msg;

/// What is said.
#[derive(Properties, PartialEq)]
pub struct SaidProps {
    /// The sentence. `use_calm` has thinned out those that follow each other faster than one can listen.
    pub sentence: AttrValue,
    /// The language.
    pub lang: Lang,
}

/// Says the sentence.
#[component]
pub fn Said(SaidProps { sentence, lang }: &SaidProps) -> Html {
    html! {
        <div class="visually-hidden" role="log" aria-live="polite" aria-label={Msg::Log.text(*lang)}>
            <p>{ sentence }</p>
        </div>
    }
}
