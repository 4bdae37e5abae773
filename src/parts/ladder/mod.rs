//! The ladder: a time-sequence diagram that grows downwards, and the handles by which segments are taken hold of.

pub mod drag;
pub mod drag_preview;
pub mod in_flight;
pub mod inspector;
pub mod ladder_panel;
pub mod ladder_paper;
pub mod present_line;
pub mod segment_arrow;
pub mod segment_menu;
pub mod segment_table;
pub mod silence_fold;
pub mod state_band;
pub mod stretch_buttons;
pub mod timer_strip;
