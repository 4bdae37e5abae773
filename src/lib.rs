//! TCP State Lab.

pub mod ui;
