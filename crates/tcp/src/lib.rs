//! One end of one connection, as a pure function. Knows no hosts, links or pages.
//!
//! Start with [`Transition`], the record of one event. Then read [`Rule`], its vocabulary, and [`step()`], the only way
//! a [`Tcb`] changes. `arrives/` has one file for each heading of RFC 9293 §3.10.7 (SEGMENT ARRIVES), `user_calls.rs`
//! is §3.10.1-3.10.5, `timeouts.rs` §3.10.8, `icmp.rs` §3.9.2.2, and `output.rs` sends segments.
#![deny(
    clippy::wildcard_enum_match_arm,
    reason = "a new state, event or effect must be thought of everywhere"
)]
#![deny(clippy::float_arithmetic, reason = "a replay must give the same numbers on every machine")]

mod arrives;
mod check;
mod chunks;
pub mod config;
pub mod congestion;
mod cookie;
mod dispute;
pub mod edge;
mod effect;
mod event;
pub mod icmp;
pub mod isn;
pub mod options;
mod output;
pub mod receive_buffer;
mod receive_window;
mod recorder;
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
mod transition;
mod transmit;
mod user_calls;
mod variable;
pub mod what_if;
pub mod wire;

pub use arrives::{give_way, refuse_syn};
pub use check::{Check, Operands, Test};
pub use config::Config;
pub use cookie::{answer_with_cookie, open_by_cookie};
pub use dispute::Dispute;
pub use effect::{DropReason, Effect, SendReason, Signal, reply, sent, signals};
pub use event::Event;
pub use icmp::{IcmpKind, IcmpReport};
pub use rule::{Fired, Rule};
pub use segment::{Control, Endpoint, Options, SackBlocks, Segment, Timestamps};
pub use seq::SeqNumber;
pub use state::State;
pub use step::{advance, step};
pub use tcb::{OurFin, Tcb};
pub use timer::{TimerKind, TimerReason};
pub use transition::Transition;
pub use user_calls::{Call, CallError, Reply};
pub use variable::{Space, Var};
pub use what_if::{Settings, WhatIf};
