//! The page. Yew lives here and nowhere else.

mod act;
mod app;
mod chrome;
mod diagram;
mod explain;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod gallery;
mod geometry;
mod host;
mod ladder;
mod lang;
mod look;
mod page;
mod pick;
mod text;
mod transport;

pub use app::App;
pub use lang::Lang;
