//! The state diagram and its twin in words.

pub mod close_frames;
pub mod diagram_panel;
pub mod edge_label;
pub mod edge_line;
pub mod state_box;
pub mod state_diagram;
pub mod state_table;
pub mod token;

pub use diagram_panel::DiagramPanel;
pub use edge_line::Taken;
