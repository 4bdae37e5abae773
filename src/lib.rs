//! The page of the TCP State Lab, in Yew, and its boundary to JavaScript.
//!
//! The layers below are crates of their own: `tcp` (one end of one connection), `lab` (hosts, link, sessions), `course` (the
//! teaching). ARCHITECTURE.md is the map. Nothing but the boundary is public, so the compiler finds what nobody uses.

#![expect(unreachable_pub, reason = "`pub` is enough within the page")]

mod act;
pub mod api;
mod app;
mod boot;
mod bridge;
mod draw;
mod hooks;
mod lang;
mod look;
mod model;
mod pages;
mod parts;
mod pick;
mod present;
mod rich;
mod start;
mod text;

pub use app::App;

#[cfg(test)]
mod tests;
