//! Where the texts come from: natively from the files themselves; the page fetches those of a language when it needs them.

use std::sync::OnceLock;

use serde_json::Error;

use super::topics::Texts;
use crate::Lang;

/// The texts that are there, by language.
static LOADED: [OnceLock<Texts>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

/// Why a file of texts cannot be used: where it is not what it should be.
#[derive(Debug)]
pub struct TextsError(Error);

impl core::fmt::Display for TextsError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "these are not the texts of this program: {}", self.0)
    }
}

impl core::error::Error for TextsError {}

/// Takes the texts of a language into use, for as long as the program runs: the files of its folder as one JSON object,
/// each under its name without `.json`. Texts that are there already stay.
///
/// # Errors
/// If this is something else.
pub fn load(json: &str) -> Result<Lang, TextsError> {
    let texts: Texts = serde_json::from_str(json).map_err(TextsError)?;
    let lang = texts.language.tag;
    LOADED[lang as usize].get_or_init(|| texts);
    Ok(lang)
}

/// Whether the texts of this language are there.
#[must_use]
pub fn is_loaded(lang: Lang) -> bool {
    cfg!(not(target_arch = "wasm32")) || LOADED[lang as usize].get().is_some()
}

/// The texts of this language.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn texts(lang: Lang) -> &'static Texts {
    LOADED[lang as usize].get_or_init(|| match serde_json::from_str(&file(lang)) {
        Ok(texts) => texts,
        Err(error) => panic!("texts/{}: {error}", lang.code()),
    })
}

/// The texts of this language. While they are missing, those of another: a reader is better served by that than by
/// nothing.
#[cfg(target_arch = "wasm32")]
pub(super) fn texts(lang: Lang) -> &'static Texts {
    static NONE: OnceLock<Texts> = OnceLock::new();
    let any = || LOADED.iter().find_map(OnceLock::get);
    LOADED[lang as usize].get().or_else(any).unwrap_or_else(|| NONE.get_or_init(Texts::default))
}

/// The files of a language as one JSON object, as [`load`] takes it.
#[cfg(not(target_arch = "wasm32"))]
fn file(lang: Lang) -> String {
    static FOLDERS: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/../../texts");
    let folder = FOLDERS.get_dir(lang.code()).expect("every language has a folder");
    let topics = folder.files().map(|file| {
        let name = file.path().file_stem().unwrap_or_default().to_string_lossy();
        format!("{name:?}:{}", file.contents_utf8().unwrap_or_default())
    });
    format!("{{{}}}", topics.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_for_what_it_is() {
        for lang in Lang::ALL {
            assert_eq!(load(&file(lang)).expect("these are texts"), lang);
        }
    }

    #[test]
    fn another_file_is_refused_with_its_place() {
        let file = file(Lang::En);
        let tag = file.replace(r#""tag": "en""#, r#""tag": "fr""#);
        let lacking = file.replace(r#""rules":"#, r#""rulez":"#);
        for (wrong, why) in [
            ("<!DOCTYPE html>", "expected value at line 1 column 1"),
            ("{}", "missing field `language`"),
            (&file[..2_000], "EOF"),
            (&tag, "unknown variant `fr`"),
            (&lacking, "unknown field `rulez`"),
        ] {
            let error = load(wrong).expect_err(why).to_string();
            assert!(error.contains(why), "{error}");
        }
    }
}
