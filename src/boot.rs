//! What `www/boot.js` calls to start the page.

use wasm_bindgen::prelude::*;

use super::{App, hooks, start};
use crate::api::panic;
use course::text;

/// The language in which the page is going to begin, as a BCP 47 tag: its texts are needed before [`mount`].
#[wasm_bindgen(js_name = wantedLanguage)]
#[must_use]
pub fn wanted_language() -> String {
    let (params, _) = hooks::read_address();
    start::lang(&params).code().to_owned()
}

/// Takes the texts of a language into use: the files of its folder in `texts/` as one JSON object. Returns the language.
///
/// # Errors
/// An `Error` that says why they cannot be used.
#[wasm_bindgen(js_name = loadTexts)]
pub fn load_texts(json: &str) -> Result<String, JsError> {
    Ok(text::load(json)?.code().to_owned())
}

/// Puts the page in the place of the loading screen.
///
/// # Errors
/// If there is no element `#app` to mount on.
#[wasm_bindgen]
pub fn mount() -> Result<(), JsError> {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .ok_or_else(|| JsError::new("the page has no element #app"))?;
    yew::set_custom_panic_hook(Box::new(panic::tell));
    yew::Renderer::<App>::with_root(root).render();
    Ok(())
}
