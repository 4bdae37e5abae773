//! Any bytes as what a learner does to two hosts, and the capture of it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::hosts::check_capture(data);
});
