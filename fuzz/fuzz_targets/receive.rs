//! Any bytes as packets and reports that reach a host in the middle of an experiment.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::receive::check(data);
});
