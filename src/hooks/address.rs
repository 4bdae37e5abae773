//! The page's address: what it asks for, and how it is kept true.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::Url;
use yew::prelude::*;

use super::IN_BROWSER;
use crate::act::Act;
use crate::api::Params;

/// What the address asks for: the parameters, and the session behind `#s=`.
#[must_use]
pub fn read_address() -> (Params, Option<String>) {
    let location = if IN_BROWSER { web_sys::window().map(|window| window.location()) } else { None };
    let Some(location) = location else { return (Params::default(), None) };
    let query = location.search().unwrap_or_default();
    let pairs = form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
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
    use_effect_with(act.clone(), |act| {
        let act = act.clone();
        let listen = |window: web_sys::Window| {
            EventListener::new(&window.clone(), "hashchange", move |_| {
                if let Some(link) = link_in(&window.location()) {
                    act.emit(Act::Link(link));
                }
            })
        };
        let listener = web_sys::window().map(listen);
        move || drop(listener)
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

/// Names the experiment in the address, which leads to no other session any more.
pub fn write_experiment(id: &str) {
    let write = || -> Result<(), JsValue> {
        let Some(window) = web_sys::window() else { return Ok(()) };
        let url = Url::new(&window.location().href()?)?;
        url.search_params().delete("scenario");
        url.search_params().set("lab", id);
        url.set_hash("");
        window.history()?.replace_state_with_url(&JsValue::NULL, "", Some(&url.href()))
    };
    // A frame that has no address of its own may not change it.
    let _ = write();
}
