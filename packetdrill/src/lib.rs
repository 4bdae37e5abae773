//! Runs packetdrill scripts against the stack of TCP State Lab.
//!
//! A script says which socket calls are made, which segments arrive, and which segments the stack must send, each with
//! its time. The clock is virtual, so minutes of waiting take no time.
//!
//! ```text
//! text --lexer--> words --parser--> script --run--> verdict --report--> lines
//! ```
//!
//! [`run()`] gives the events to the stack one after the other; `numbers` turns the script's sequence numbers into
//! those of the wire and back; `inbound`, `packets`, `tcp_options` and `icmp_messages` read and write bytes without the
//! stack's own codec; `calls` and `commands` are the socket calls and what scripts say to a shell, `sysctl` the
//! settings among that; `systems` is what scripts take for granted. [`mutate`] breaks scripts on purpose: each must
//! then fail, which shows that the runner looks. With the feature `linux`, scripts can be played against the kernel as
//! well.

mod calls;
mod commands;
mod compare;
mod connection;
mod departures;
mod error;
mod icmp_messages;
mod inbound;
mod lexer;
#[cfg(all(feature = "linux", target_os = "linux"))]
pub mod linux;
mod mode;
pub mod mutate;
mod numbers;
mod packets;
mod parser;
pub mod report;
mod run;
mod schedule;
pub mod script;
mod stack;
pub mod suite;
mod sysctl;
mod systems;
mod tcp_options;

pub use departures::{Departure, Departures};
pub use error::{Obstacle, ScriptError};
pub use lexer::Definition;
pub use mode::Mode;
pub use parser::parse;
pub use run::{Gap, Mismatch, Verdict, run};
