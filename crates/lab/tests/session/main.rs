//! Sessions: replay, time travel, branches, links, snapshots.

mod kit;
mod limits;
mod links;
mod malformed;
mod outlook;
mod predicates;
mod questions;
mod random;
mod time_travel;
mod trace;
mod waiting;
mod windows;
