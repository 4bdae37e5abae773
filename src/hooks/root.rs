//! The root element of the document, and its title.

use yew::prelude::*;

use crate::lang::Lang;
use crate::look::Theme;

/// Keeps language, colours and title of the document right.
#[hook]
pub fn use_root(lang: Lang, theme: Theme, title: AttrValue) {
    use_effect_with((lang, theme, title), |(lang, theme, title)| {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        document.set_title(title);
        if let Some(root) = document.document_element() {
            // Both names and values are fixed words, which no browser refuses.
            let _ = root.set_attribute("lang", lang.code());
            let _ = root.set_attribute("data-theme", theme.into());
        }
    });
}
