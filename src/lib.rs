//! TCP State Lab.

pub mod course;
pub mod embed;
pub mod export;
pub mod host;
pub mod lab;
pub mod net;
pub mod rng;
pub mod tcp;
pub mod time;
pub mod ui;
pub mod wire;
