//! TCP State Lab.

pub mod host;
pub mod net;
pub mod rng;
pub mod tcp;
pub mod time;
pub mod ui;
pub mod wire;
