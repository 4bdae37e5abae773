//! The page. Yew lives here and nowhere else.

pub mod act;
pub mod app;
pub mod boot;
pub mod bridge;
pub mod chrome;
pub mod diagram;
pub mod el;
pub mod explain;
pub mod geometry;
pub mod hooks;
pub mod host;
pub mod kept;
pub mod ladder;
pub mod lang;
pub mod look;
pub mod model;
pub mod page;
pub mod pick;
pub mod present;
pub mod rich;
pub mod start;
pub mod text;
pub mod texts;
pub mod transport;

pub use app::App;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod gallery;
