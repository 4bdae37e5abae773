//! The page's part of the table of texts, and the file that holds the whole table: written natively by
//! `examples/write_texts.rs`, read in the browser.

use wasm_bindgen::prelude::*;

use crate::parts::diagram::words::{self, EdgeWords};
use crate::text::Msg;
use course::Lang;
use course::text;
use course::text::table::{self, entry, keys, texts};
use tcp::State;
use tcp::edge::Edge;

texts! {
    from text::END;
    /// A fixed text of the page.
    message(msg: Msg, lang) -> &'static str = msg.written(lang);
    /// What a state means, in a few words.
    meaning(state: State, lang) -> &'static str = words::meaning(state, lang);
    /// The event and the action of an edge.
    edge_words(edge: &'static Edge, lang) -> EdgeWords = words::edge(edge, lang);
}

keys!(Msg);

entry! {
    EdgeWords { event, action, short_event, short_action }
}

/// See [`text::FINGERPRINT`]; states and edges are in that one.
const FINGERPRINT: u32 = {
    let hash = table::hash(text::FINGERPRINT, Msg::NAMES.as_bytes());
    table::hash(hash, include_bytes!("texts.rs"))
};

/// The file of a language.
#[must_use]
pub fn file(lang: Lang) -> String {
    let mut table = Vec::with_capacity(END);
    text::write(lang, &mut table);
    write(lang, &mut table);
    table::to_file(lang, FINGERPRINT, &table)
}

/// Takes the content of a file of texts into use; returns its language.
///
/// # Errors
/// An `Error` that says why it cannot be used.
#[wasm_bindgen(js_name = loadTexts)]
pub fn load(file: String) -> Result<String, JsError> {
    let lang = table::load(file, FINGERPRINT, END)?;
    Ok(lang.code().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_language_holds_all_that_is_written() {
        for lang in Lang::ALL {
            let file: &'static str = file(lang).leak();
            let (found, table) =
                table::parse(file, FINGERPRINT, END).expect("it was written for this program");
            assert_eq!(found, lang);
            let table = Box::leak(table);
            check(lang, table);
        }
    }

    #[test]
    fn the_languages_have_the_same_gaps() {
        let [zh, en] = Lang::ALL.map(|lang| {
            let file = file(lang);
            file.lines().map(str::is_empty).collect::<Vec<_>>()
        });
        assert_eq!(zh, en);
    }
}
