//! The reader's screen and wishes, and the attributes of the root element that follow from them.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use super::own::Undo;
use super::{IN_BROWSER, nothing_to_undo, use_effect_on, use_number};
use crate::lang::Lang;
use crate::look::Theme;

/// Whether the media query `query` holds, now and whenever it changes.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let holds = use_number(usize::from(matches(query)));
    let listen = {
        let holds = holds.clone();
        move || {
            let list = web_sys::window().and_then(|window| window.match_media(query).ok()?);
            let inner = list.clone();
            let closure = Closure::<dyn Fn()>::new(move || {
                holds.set(usize::from(inner.as_ref().is_some_and(web_sys::MediaQueryList::matches)));
            });
            if let Some(list) = &list {
                list.set_onchange(Some(closure.as_ref().unchecked_ref()));
            }
            let undo = move || {
                if let Some(list) = list {
                    list.set_onchange(None);
                }
                drop(closure);
            };
            Box::new(undo) as Undo
        }
    };
    use_effect_on([0; 3], Box::new(listen));
    *holds != 0
}

fn matches(query: &str) -> bool {
    let list = || web_sys::window()?.match_media(query).ok()?;
    IN_BROWSER && list().is_some_and(|list| list.matches())
}

/// The reader asked for less motion.
#[must_use]
pub fn prefers_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Keeps language, colours and title of the document right.
#[hook]
pub fn use_root_attributes(lang: Lang, theme: Theme, title: &'static str) {
    let set = move || {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(title);
            if let Some(root) = document.document_element() {
                // Both names and values are fixed words, which no browser refuses.
                let _ = root.set_attribute("lang", lang.code());
                let _ = root.set_attribute("data-theme", theme.name());
            }
        }
        nothing_to_undo()
    };
    // The title follows from the language.
    use_effect_on([lang as u64, theme as u64, 0], Box::new(set));
}
