//! Any text as the texts of a language.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    invariants::boundary::check_texts(data);
});
