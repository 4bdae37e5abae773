//! One host by its socket calls and its packets: what only the two together show.
#![cfg(not(target_arch = "wasm32"))]

mod bench;
mod closing;
mod icmp;
mod opening;
