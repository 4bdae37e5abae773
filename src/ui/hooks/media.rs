//! The reader's screen and wishes, and the attributes of the root element that follow from them.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

use super::IN_BROWSER;
use crate::ui::lang::Lang;
use crate::ui::look::Theme;

/// Whether the media query `query` holds, now and whenever it changes.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let holds = use_state(|| matches(query));
    {
        let holds = holds.clone();
        use_effect_with(query, move |query| {
            let list = web_sys::window().and_then(|window| window.match_media(query).ok()?);
            let inner = list.clone();
            let closure = Closure::<dyn Fn()>::new(move || {
                holds.set(inner.as_ref().is_some_and(web_sys::MediaQueryList::matches));
            });
            if let Some(list) = &list {
                list.set_onchange(Some(closure.as_ref().unchecked_ref()));
            }
            move || {
                if let Some(list) = list {
                    list.set_onchange(None);
                }
                drop(closure);
            }
        });
    }
    *holds
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
pub fn use_root_attributes(lang: Lang, theme: Theme, title: AttrValue) {
    use_effect_with((lang, theme, title), |(lang, theme, title)| {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        document.set_title(title);
        if let Some(root) = document.document_element() {
            // Both names and values are fixed words, which no browser refuses.
            let _ = root.set_attribute("lang", lang.code());
            let _ = root.set_attribute("data-theme", theme.name());
        }
    });
}
