//! Any bytes as a packet, to an end in any state.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::packet::check(data);
});
