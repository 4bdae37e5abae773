//! Ways out of the page: the clipboard and the file system.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};
use yew::Callback;

/// Copies `text` and tells whether it worked. A frame without permission cannot.
pub fn copy(text: &str, on_done: Callback<bool>) {
    let Some(window) = web_sys::window() else { return on_done.emit(false) };
    // Outside a secure context there is no clipboard object at all, and touching it would throw.
    let navigator = window.navigator();
    let has_clipboard =
        js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|value| value.is_object());
    if !has_clipboard {
        return on_done.emit(false);
    }
    let refused = on_done.clone();
    let done = Closure::once(move |_: JsValue| on_done.emit(true));
    let failed = Closure::once(move |_: JsValue| refused.emit(false));
    let _ = navigator.clipboard().write_text(text).then2(&done, &failed);
    // The promise calls one of them, once, later; then nobody holds them any more but the browser.
    done.forget();
    failed.forget();
}

/// Offers `bytes` as a file named `name`. False if it may well be that nobody gets it: a sandboxed frame needs leave for
/// downloads, and is not told when it has none.
pub fn save(name: &str, bytes: &[u8]) -> bool {
    let offer = || -> Option<bool> {
        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
        let kind = BlobPropertyBag::new();
        kind.set_type("application/octet-stream");
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok()?;
        let url = Url::create_object_url_with_blob(&blob).ok()?;
        let window = web_sys::window()?;
        let anchor = window.document()?.create_element("a").ok()?;
        anchor.set_attribute("href", &url).ok()?;
        anchor.set_attribute("download", name).ok()?;
        anchor.dyn_into::<HtmlElement>().ok()?.click();
        Url::revoke_object_url(&url).ok()?;
        // Sandboxed frames have an origin of their own, without a name.
        Some(window.origin() != "null")
    };
    offer().unwrap_or_default()
}
