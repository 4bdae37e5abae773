//! A host: where it stands, what its program can call, what its stack remembers.

pub mod calls;
pub mod panel;
pub mod sockets;
pub mod tcb_table;
pub mod timers;
pub mod view;
