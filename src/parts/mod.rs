//! The parts of the page, one folder each.

pub mod chrome;
pub mod diagram;
pub mod explain;
pub mod host;
pub mod icon;
pub mod ladder;
pub mod select;
pub mod transport;
