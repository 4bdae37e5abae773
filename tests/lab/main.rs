//! Sessions: replay, time travel, branches, links, snapshots.

mod kit;
mod links;
mod questions;
mod random;
mod time_travel;
