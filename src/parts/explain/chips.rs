//! Where it is written: clauses of the standards, or notes.

use yew::prelude::*;
use yew_autoprops::autoprops;

#[autoprops]
#[component]
pub(super) fn Chips(
    words: &Vec<&'static str>,
    /// The class that tells clauses from notes.
    kind: &&'static str,
    label: &AttrValue,
) -> Html {
    html! {
        <ul class="chips" aria-label={label}>
            for words in words {
                <li key={*words} class={classes!("chip", *kind)}>{ *words }</li>
            }
        </ul>
    }
}
