//! Where things stand in the drawings: plain geometry, no markup.

pub mod diagram;
pub mod geometry;
pub mod ladder;
pub mod ladder_labels;
pub mod ladder_margins;
pub mod line;
pub mod time_scale;

/// A point of a drawing.
pub type Point = (f64, f64);
