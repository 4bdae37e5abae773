//! What the page does when the program fails in spite of everything: it is told, and `www/boot.js` offers the session
//! for a bug report and a reload.

use std::panic::PanicHookInfo;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The event for which `www/boot.js` listens.
const EVENT: &str = "tcp-lab-panic";

/// Tells the page of `info`. Nothing in here may fail: the program is failing already.
pub fn tell(info: &PanicHookInfo<'_>) {
    let Some(window) = web_sys::window() else { return };
    let detail = Object::new();
    let message = JsValue::from_str(&info.to_string());
    let _ = Reflect::set(&detail, &JsValue::from_str("message"), &message);
    let init = CustomEventInit::new();
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(EVENT, &init) {
        let _ = window.dispatch_event(&event);
    }
}
