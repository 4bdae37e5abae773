//! The page's address: what it asks for, and how it is kept true.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::own::Undo;
use super::{IN_BROWSER, use_effect_on};
use crate::act::Act;
use crate::api::Params;

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

/// Asks the page for another session when the fragment of the address becomes that of one: the reader has pasted
/// a link, or gone back to one.
#[hook]
pub fn use_links(act: &Callback<Act>) {
    let act = act.clone();
    let listen = move || {
        let window = if IN_BROWSER { web_sys::window() } else { None };
        let closure = Closure::<dyn Fn()>::new(move || {
            if let Some(link) = web_sys::window().and_then(|window| link_in(&window.location())) {
                act.emit(Act::Link(link));
            }
        });
        if let Some(window) = &window {
            // Only what is no event target could refuse.
            let _ = window.add_event_listener_with_callback("hashchange", closure.as_ref().unchecked_ref());
        }
        let undo = move || {
            if let Some(window) = window {
                let _ = window
                    .remove_event_listener_with_callback("hashchange", closure.as_ref().unchecked_ref());
            }
        };
        Box::new(undo) as Undo
    };
    use_effect_on([0; 3], Box::new(listen));
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
