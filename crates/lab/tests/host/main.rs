//! One host, tested by its socket calls and its packets.
#![cfg(not(target_arch = "wasm32"))]

mod bench;
mod closing;
mod icmp;
mod opening;
