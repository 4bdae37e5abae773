//! Simplified Chinese, in the words of the notes.

pub(crate) mod rules;
pub(crate) mod words;
