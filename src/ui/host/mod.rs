//! A host: where it stands, what its program can call, what its stack remembers.

mod calls;
mod panel;
mod sockets;
mod tcb_table;
mod timers;
pub mod view;

pub use panel::{HostPanel, HostPanelProps};
