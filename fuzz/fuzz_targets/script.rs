//! Any text as a packetdrill script: it is refused with a place, or understood.
#![no_main]

#[path = "../../packetdrill/tests/kit/any_text.rs"]
mod any_text;

libfuzzer_sys::fuzz_target!(|text: &str| {
    any_text::check(text);
});
