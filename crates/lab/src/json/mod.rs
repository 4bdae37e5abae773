//! JSON, as far as scenario files, actions, links and JavaScript need it: whole numbers only, and one way of reading and
//! writing.
//!
//! A general library costs the page more than all of the TCP stack: it reads every type through several generic
//! layers, and brings the tables for numbers with fractions, which nothing here has. Reading by hand also knows at
//! every point which field it is at, so an error names its place exactly.

mod parse;
mod read;
mod types;
mod write;

use core::fmt;

pub use parse::SyntaxError;
pub(super) use read::{Faults, Fields, InOrder, Problem, Read, Wrong, list, place_of, read, tagged};
pub use write::objects;
pub(super) use write::variants;
pub use write::{Write, Writer, to_text};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number from 0 on.
    Number(u64),
    /// Another number, of which nothing here knows what to do with it.
    OtherNumber,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object, in the order in which it was written.
    Object(Vec<(String, Self)>),
}

impl Json {
    /// Reads JSON.
    ///
    /// # Errors
    /// If the text is not JSON: where, and what was expected there.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::parse(text)
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is a whole one.
    #[must_use]
    pub const fn as_u64(&self) -> Option<u64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The field of this name, if it is an object that has one.
    #[must_use]
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_text(self))
    }
}
