//! The teaching.
pub mod notation;
