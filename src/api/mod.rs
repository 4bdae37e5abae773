//! The boundary to JavaScript: the `Lab` class, errors, URL parameters. The only layer below the page that knows a
//! browser.

mod argument;
mod class;
mod error;
pub mod panic;
pub mod params;
pub mod quoted;

pub use class::{Lab, Page};
pub use params::Params;
