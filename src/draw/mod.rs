//! Where things stand in the drawings: plain geometry, no markup.

pub mod diagram;
pub mod line;
