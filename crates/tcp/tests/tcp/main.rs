//! The state machine on its own: single ends and pairs of ends, without hosts, links or bytes.

mod calls;
mod congestion;
mod disputes;
mod edges;
mod ends;
mod figures;
mod icmp;
mod matrix;
mod options;
mod segments;
mod silence;
mod sizes;
mod storms;
mod timers;
mod traps;
mod what_if;
mod windows;
