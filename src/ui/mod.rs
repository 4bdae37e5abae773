//! The page. Yew lives here and nowhere else.

mod act;
mod app;
mod chrome;
mod diagram;
mod geometry;
mod explain;
mod host;
mod ladder;
mod lang;
mod look;
mod page;
mod pick;
mod text;
mod transport;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod fixtures;

pub use app::App;
pub use lang::Lang;
