//! `window.tcpLab`: the page's own session in JavaScript's hands.

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use super::act::Act;
use super::hooks::IN_BROWSER;
use crate::course::experiments;
use crate::embed::{Lab, Page};
use crate::lab::Session;

/// Offers the session to JavaScript, and shows what JavaScript makes of it.
#[hook]
pub fn use_page_api(session: &Session, act: &Callback<Act>) {
    let page = use_memo(act.clone(), |act| {
        let act = act.clone();
        Page::new(session.clone(), move |session| act.emit(Act::Session(session)))
    });
    {
        let page = page.clone();
        use_effect_with((), move |()| offer(&page));
    }
    if IN_BROWSER {
        page.set(session);
    }
}

fn offer(page: &Page) {
    let Some(window) = web_sys::window() else { return };
    let lab = JsValue::from(Lab::for_page(page.clone()));
    let ids: js_sys::Array = experiments::EXPERIMENTS.iter().map(|each| JsValue::from_str(each.id)).collect();
    // It lives as long as the page, as the object it belongs to does.
    let labs = Closure::<dyn Fn() -> js_sys::Array>::new(move || ids.clone()).into_js_value();
    let _ = js_sys::Reflect::set(&lab, &"labs".into(), &labs);
    // A page that forbids it has its reasons; the lab itself needs nothing of it.
    let _ = js_sys::Reflect::set(&window, &"tcpLab".into(), &lab);
}
