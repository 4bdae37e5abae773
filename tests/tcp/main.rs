//! The state machine on its own: single ends and pairs of ends, without hosts, links or bytes.

#[path = "../invariants/mod.rs"]
mod invariants;
#[path = "../support/mod.rs"]
mod support;

mod calls;
mod congestion;
mod ends;
mod figures;
mod matrix;
mod segments;
mod silence;
mod storms;
mod timers;
mod traps;
mod what_if;
