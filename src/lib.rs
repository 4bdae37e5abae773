//! TCP State Lab.

pub mod tcp;
pub mod time;
pub mod ui;
