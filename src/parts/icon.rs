//! A small drawing beside a word.

use yew::prelude::*;
use yew_autoprops::autoprops;

/// Draws `path`, in a field of 16 by 16. It adds nothing to the words, so screen readers pass over it.
#[autoprops]
#[component]
pub fn Icon(path: &'static str) -> Html {
    html! { <svg class="glyph" aria-hidden="true" viewBox="0 0 16 16"><path d={path} /></svg> }
}
