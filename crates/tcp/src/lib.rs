//! One end of one connection, as a pure function. Knows no hosts, links or pages.
//!
//! Start with [`transition`], the record; then [`rule`], its vocabulary; then [`step`], the only way a [`Tcb`]
//! changes; then `arrives/`, which follows the headings of RFC 9293 §3.10.7 one file a heading.
#![deny(clippy::float_arithmetic, reason = "a replay must give the same numbers on every machine")]

mod arrives;
mod calls;
pub mod config;
pub mod congestion;
mod cookie;
mod dispute;
pub mod edge;
pub mod icmp;
pub mod isn;
pub mod options;
mod output;
pub mod receive_buffer;
pub mod rng;
pub mod rto;
pub mod rule;
pub mod sack;
pub mod segment;
pub mod send_buffer;
pub mod seq;
mod silence;
pub mod state;
mod step;
pub mod tcb;
pub mod time;
mod timeouts;
pub mod timer;
pub mod transition;
pub mod what_if;
pub mod wire;

pub use config::Config;
pub use cookie::{answer_with_cookie, open_by_cookie};
pub use dispute::Dispute;
pub use icmp::{IcmpKind, IcmpReport};
pub use rule::{Fired, Rule};
pub use segment::{Control, Endpoint, Options, SackBlocks, Segment, Timestamps};
pub use seq::SeqNumber;
pub use state::State;
pub use step::{advance, give_way, refuse_syn, step};
pub use tcb::{OurFin, Tcb};
pub use timer::{TimerKind, TimerReason};
pub use transition::{
    Call, CallError, Check, DropReason, Effect, Event, Operands, Reply, SendReason, Signal, Test, Transition,
    Var, reply, sent, signals,
};
pub use what_if::{Settings, WhatIf};
