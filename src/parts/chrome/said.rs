//! What a screen reader hears of each step.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::lang::Lang;
use crate::text::Msg;

#[autoprops]
#[component]
pub fn Said(
    /// The sentence. `use_calm` has thinned out those that follow each other faster than one can listen.
    sentence: &AttrValue,
    lang: &Lang,
) -> Html {
    html! {
        <div class="visually-hidden" role="log" aria-live="polite" aria-label={Msg::Log.text(*lang)}>
            <p>{ sentence }</p>
        </div>
    }
}
