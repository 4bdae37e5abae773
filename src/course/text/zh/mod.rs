//! Simplified Chinese, in the words of the notes.

pub(in crate::course) mod rules;
pub(in crate::course) mod words;
