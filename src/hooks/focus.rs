//! The keyboard focus: where it goes, and how it is moved there.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Where a key leads from the control `at` in a row of `count` of which only one is a tab stop. Keys that press the
/// control go no further than it either.
pub fn next_in_row(event: &KeyboardEvent, at: usize, count: usize) -> Option<usize> {
    let next = match event.key().as_str() {
        "ArrowRight" => Some((at + 1) % count),
        "ArrowLeft" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        " " | "Enter" => None,
        _ => return None,
    };
    event.stop_propagation();
    if next.is_some() {
        event.prevent_default();
    }
    next
}

/// Gives the focus to an element, if it is there. Where the browser refuses there is nothing to be done.
pub fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Gives the focus to the element of this id, if it is there.
pub fn focus_on(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
