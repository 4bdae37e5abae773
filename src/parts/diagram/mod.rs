//! The state diagram and its twin in words.

mod close_frames;
mod diagram_panel;
mod edge_label;
mod edge_line;
mod state_box;
mod state_diagram;
mod state_table;
mod token;

pub use diagram_panel::DiagramPanel;
pub use edge_line::Taken;
