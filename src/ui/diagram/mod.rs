//! The state diagram and its twin in words.

mod edge_line;
pub mod layout;
mod panel;
mod state_box;
mod state_diagram;
mod table;
mod token;
pub mod words;

pub use edge_line::Taken;
pub use panel::DiagramPanel;
