//! A session: a scenario plus the actions taken, replayed at will.

pub mod action;
pub mod predicate;
pub mod scenario;
