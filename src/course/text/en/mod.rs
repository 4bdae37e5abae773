//! English, in the words of RFC 9293.

pub(in crate::course) mod rules;
pub(in crate::course) mod words;
