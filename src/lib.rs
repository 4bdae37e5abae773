//! The page of the TCP State Lab, in Yew, and its boundary to JavaScript.
//!
//! The layers below are crates of their own: `tcp` (one end of one connection), `lab` (hosts, link, sessions), `course` (the
//! teaching). ARCHITECTURE.md is the map.

pub mod act;
pub mod api;
pub mod app;
pub mod boot;
pub mod bridge;
pub mod draw;
pub mod hooks;
pub mod lang;
pub mod look;
pub mod model;
pub mod pages;
#[expect(missing_docs, reason = "a component is called in html!, and its arguments say what they are")]
pub mod parts;
pub mod pick;
pub mod present;
#[expect(missing_docs, reason = "as in parts")]
pub mod rich;
pub mod start;
pub mod text;

pub use app::App;

#[cfg(test)]
mod tests;
