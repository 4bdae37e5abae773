//! The page's address: what it asks for, and how it is kept true.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::IN_BROWSER;
use crate::embed::Params;

/// What the address asks for: the parameters, and the session behind `#s=`.
#[must_use]
pub fn read_address() -> (Params, Option<String>) {
    let location = if IN_BROWSER { web_sys::window().map(|window| window.location()) } else { None };
    let Some(location) = location else { return (Params::default(), None) };
    let query = location.search().unwrap_or_default();
    let pairs = query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        // What cannot be decoded is taken as it stands; the parameters will report it.
        js_sys::decode_uri_component(&text).map_or(text, String::from)
    };
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    });
    (Params::read(pairs), link_in(&location))
}

/// The session in the fragment of the address.
fn link_in(location: &web_sys::Location) -> Option<String> {
    let hash = location.hash().unwrap_or_default();
    hash.trim_start_matches('#').strip_prefix("s=").map(str::to_owned)
}

/// Calls `on_link` when the fragment of the address becomes that of another session: the reader has pasted a link, or
/// gone back to one.
#[hook]
pub fn use_links(on_link: Callback<String>) {
    use_effect_with(on_link, |on_link| {
        let window = if IN_BROWSER { web_sys::window() } else { None };
        let on_link = on_link.clone();
        let closure = Closure::<dyn Fn()>::new(move || {
            if let Some(link) = web_sys::window().and_then(|window| link_in(&window.location())) {
                on_link.emit(link);
            }
        });
        if let Some(window) = &window {
            // Only what is no event target could refuse.
            let _ = window.add_event_listener_with_callback("hashchange", closure.as_ref().unchecked_ref());
        }
        move || {
            if let Some(window) = window {
                let _ = window
                    .remove_event_listener_with_callback("hashchange", closure.as_ref().unchecked_ref());
            }
        }
    });
}

/// The address without query and fragment.
fn base() -> Option<String> {
    let location = web_sys::window()?.location();
    Some(format!("{}{}", location.origin().ok()?, location.pathname().ok()?))
}

/// The full address with this query and this session.
#[must_use]
pub fn write_query(query: &str, link: &str) -> String {
    let base = if IN_BROWSER { base().unwrap_or_default() } else { "https://example.org/".to_owned() };
    let fragment = if link.is_empty() { String::new() } else { format!("#s={link}") };
    format!("{base}?{query}{fragment}")
}
