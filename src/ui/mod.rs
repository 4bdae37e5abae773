//! The page. Yew lives here and nowhere else.

mod app;
mod diagram;
mod geometry;
mod ladder;
mod lang;
mod pick;
mod text;
#[cfg(test)]
mod gallery;
#[cfg(test)]
mod fixtures;

pub use app::App;
pub use lang::Lang;
