//! Where reading begins: new words start at their first line, wherever the reader had come to in the old ones.

use yew::prelude::*;

/// What scrolls the explanation: its columns on a desk, the whole part on a phone.
const SCROLLERS: [&str; 2] = [".parts", ".area-explain"];

/// Brings the explanation back to its first line whenever `title` is another one.
#[hook]
pub fn use_first_line(title: &str) {
    use_effect_with(title.to_owned(), |_| {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let active = document.active_element();
        // Only the browser's own words could be refused.
        for element in SCROLLERS.iter().filter_map(|which| document.query_selector(which).ok()?) {
            // Whoever is at work further down is not to be taken away from there.
            let is_inside = active.as_ref().is_some_and(|at| *at != element && element.contains(Some(at)));
            if !is_inside {
                element.set_scroll_top(0);
            }
        }
    });
}
