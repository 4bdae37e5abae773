//! Any bytes as the life of one end: calls, segments, time-outs.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = invariants::story::check(data);
});
