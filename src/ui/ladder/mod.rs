//! The ladder: a time-sequence diagram that grows downwards, and the handles by which segments are taken hold of.

mod labels;
pub mod layout;
pub mod view;
