//! The teaching: every record explained in two languages, in the words of the notes.
//!
//! Nothing is run again to explain it: [`explain`] only reads the records. The words are in `texts/`, one folder for each
//! language; `explain/` makes sentences of them. The claims of the notes, and whether they hold, are in [`claims`]; the
//! guided experiments are in [`experiments`].
#![deny(clippy::float_arithmetic, reason = "a replay must give the same numbers on every machine")]

pub mod claims;
pub mod errors;
pub mod experiments;
mod explain;
pub mod notation;
pub mod template;
pub mod text;
pub mod typesetting;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use lab::scenario::Localized;

pub use claims::{Claim, NoteRef};
pub use explain::{CheckLine, Explanation, QuietEnd, describe, describe_with, explain, explain_with, quiet};
pub use notation::{Notation, Numbers};

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::ZhHans, Self::En];

    /// The BCP 47 tag.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::En => "en",
        }
    }

    /// The language a tag asks for, if it is one of ours: `zh`, `zh-CN`, `zh-hans-SG`, `en`, `en-GB`…
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = code.split('-');
        match parts.next()? {
            // A reader of Traditional Chinese is served better by Simplified than by English.
            "zh" => Some(Self::ZhHans),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// Readers of this language want to know what the names of the states mean.
    #[must_use]
    pub const fn has_glosses(self) -> bool {
        match self {
            Self::ZhHans => true,
            Self::En => false,
        }
    }

    /// The text in this language.
    #[must_use]
    pub fn pick(self, text: &Localized) -> &str {
        text.get(self.code())
    }
}

/// A run of text set in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", content = "text", rename_all = "lowercase")]
pub enum Span {
    /// Plain.
    Text(String),
    /// Segments, numbers, states and calls.
    Code(String),
    /// What matters most.
    Strong(String),
}

impl Span {
    /// The text alone.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Strong(text) => text,
        }
    }
}

/// The text of `spans` without their setting, as a screen reader hears it.
#[must_use]
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(Span::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_speak_every_language() {
        assert_eq!(Lang::ALL.map(Lang::code), lab::scenario::LANGUAGES);
    }

    #[test]
    fn tags_are_understood_with_region_script_and_case() {
        for tag in ["zh", "zh-CN", "zh-hans", "ZH_Hans_SG", "zh-TW"] {
            assert_eq!(Lang::from_code(tag), Some(Lang::ZhHans), "{tag}");
        }
        for tag in ["en", "en-GB", "EN-us"] {
            assert_eq!(Lang::from_code(tag), Some(Lang::En), "{tag}");
        }
        assert_eq!(Lang::from_code("fr"), None);
        assert_eq!(Lang::from_code("end"), None);
        assert_eq!(Lang::from_code(""), None);
    }
}
