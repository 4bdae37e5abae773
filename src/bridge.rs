//! `window.tcpLab`: the page's own session in JavaScript's hands.

use core::cell::Cell;

use wasm_bindgen::prelude::*;
use yew::prelude::*;

use crate::act::Act;
use crate::api::{Lab, Page};
use crate::hooks::IN_BROWSER;
use lab::Session;

thread_local! {
    /// The page's session, from when the page is there until it is offered.
    static PAGE: Cell<Option<Page>> = const { Cell::new(None) };
}

/// Makes the session ready for JavaScript, and shows what JavaScript makes of it.
#[hook]
pub fn use_page_api(session: &Session, act: &Callback<Act>) {
    let page = use_ref(|| {
        let act = act.clone();
        Page::new(session.clone(), move |session| act.emit(Act::Session(session)))
    });
    {
        let page = page.clone();
        use_effect_with((), move |()| PAGE.set(Some(Page::clone(&page))));
    }
    if IN_BROWSER {
        page.set(session);
    }
}

/// Puts the page's session where JavaScript finds it. Not done by itself, since it must be able to explain in every
/// language, and the page is of use before.
#[wasm_bindgen(js_name = offerPageApi)]
pub fn offer() {
    let (Some(window), Some(page)) = (web_sys::window(), PAGE.take()) else { return };
    let lab = JsValue::from(Lab::for_page(page));
    // A page that forbids it has its reasons; the lab itself needs nothing of it.
    let _ = js_sys::Reflect::set(&window, &"tcpLab".into(), &lab);
}
