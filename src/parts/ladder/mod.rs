//! The ladder: a time-sequence diagram that grows downwards, and the handles by which segments are taken hold of.

pub mod arrow;
pub mod drag;
pub mod in_flight;
pub mod inspector;
pub mod labels;
pub mod layout;
pub mod lifelines;
pub mod margins;
pub mod menu;
pub mod panel;
pub mod paper;
pub mod timer_bar;
pub mod twin;
pub mod view;

#[cfg(test)]
mod tests;

pub use inspector::{FieldView, inspector};
pub use panel::LadderPanel;
