//! Any bytes as an experiment with a question, and a long run of it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::question::check(data);
});
