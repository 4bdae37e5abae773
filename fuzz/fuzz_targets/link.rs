//! Any bytes as the link of a session, a scenario or a list of actions.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::link::check(data);
});
