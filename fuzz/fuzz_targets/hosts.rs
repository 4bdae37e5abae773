//! Any bytes as what a learner does to two hosts, with every explanation of it.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::hosts::check(data);
});
