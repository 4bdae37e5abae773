//! Time in the learner's hands: step, play, scrub, branch.

mod bar;
mod branches;
mod timeline;
mod toolbar;
pub mod view;

pub use bar::{TransportBar, TransportBarProps};
