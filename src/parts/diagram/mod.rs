//! The state diagram and its twin in words.

pub mod edge_line;
pub mod panel;
pub mod state_box;
pub mod state_diagram;
pub mod table;
pub mod token;
pub mod words;

pub use edge_line::Taken;
