//! Where it is written: clauses of the standards, or notes.

use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct ChipsProps {
    /// One each.
    pub words: Vec<&'static str>,
    /// The class that tells clauses from notes.
    pub kind: &'static str,
    /// What they are.
    pub label: AttrValue,
}

/// Draws the chips.
#[component]
pub(super) fn Chips(ChipsProps { words, kind, label }: &ChipsProps) -> Html {
    html! {
        <ul class="chips" aria-label={label}>
            for words in words {
                <li key={*words} class={classes!("chip", *kind)}>{ *words }</li>
            }
        </ul>
    }
}
