//! Any bytes as the link of a session, a scenario or a list of actions.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::link::check(data);
});
