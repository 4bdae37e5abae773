//! The teaching.
