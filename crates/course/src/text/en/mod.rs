//! English, in the words of RFC 9293.

pub(crate) mod rules;
pub(crate) mod words;
