//! Any text as JSON from outside: an action, a scenario.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::boundary::check(data);
});
