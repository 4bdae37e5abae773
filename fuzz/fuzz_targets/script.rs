//! Any text as a packetdrill script: it is refused with a place, or understood.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = packetdrill::parse(text, &[]);
});
