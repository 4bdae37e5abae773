//! A small drawing beside a word.

use yew::prelude::*;

/// What the drawing is made of.
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// An SVG path in a field of 16 by 16.
    pub path: &'static str,
}

/// Draws it. It adds nothing to the words, so screen readers pass over it.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! { <svg class="glyph" aria-hidden="true" viewBox="0 0 16 16"><path d={props.path} /></svg> }
}
