//! Any text as the parameters of the page's address.
#![no_main]

use tcp_state_lab::api::Params;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let pairs = text.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let params = Params::read(pairs);
    // What is quoted back to the reader is short, whatever was written.
    for quoted in params.faults.iter().flat_map(|fault| [&fault.name, &fault.value]).chain(&params.lab) {
        assert!(quoted.chars().count() < 100, "{quoted}");
    }
    assert!(params.faults.len() <= 40);
});
