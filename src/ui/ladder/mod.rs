//! The ladder: a time-sequence diagram that grows downwards, and the handles by which segments are taken hold of.

mod arrow;
mod in_flight;
mod inspector;
mod labels;
pub mod layout;
mod lifelines;
mod menu;
mod panel;
mod paper;
mod timer_bar;
mod twin;
pub mod view;

pub use inspector::Inspector;
pub use panel::{LadderPanel, LadderPanelProps};
