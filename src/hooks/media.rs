//! The reader's screen and wishes.

use gloo::events::EventListener;
use web_sys::MediaQueryList;
use yew::prelude::*;

use super::IN_BROWSER;

/// Whether the media query `query` holds, now and whenever it changes.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let holds = use_state_eq(|| matches(query));
    {
        let holds = holds.clone();
        use_effect_with(query, move |&query| {
            let listen = |list: MediaQueryList| {
                EventListener::new(&list, "change", move |_| holds.set(matches(query)))
            };
            let listener = list(query).map(listen);
            move || drop(listener)
        });
    }
    *holds
}

fn list(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok()?
}

fn matches(query: &str) -> bool {
    IN_BROWSER && list(query).is_some_and(|list| list.matches())
}

/// The reader asked for less motion.
#[must_use]
pub fn prefers_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}
