//! TCP State Lab.

pub mod course;
pub mod host;
pub mod lab;
pub mod net;
pub mod tcp;
pub mod time;
pub mod ui;
