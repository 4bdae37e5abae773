//! Initial sequence numbers: ISN = M + F(local, remote, secret), RFC 6528 §3 and RFC 9293 §3.4.1.

use core::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::segment::Endpoint;
use crate::seq::SeqNumber;
use crate::time::Instant;
use crate::what_if::Settings;

/// M ticks every four microseconds (MUST-8), so it wraps every 4.77 hours.
const TICK_MICROS: u64 = 4;

/// The number every connection starts with if the rule is broken on purpose (`WhatIf::fixed_isn`).
const FIXED: SeqNumber = SeqNumber(1_000);

/// The ISN of a connection from `local` to `remote` that is opened `now`.
///
/// F is SipHash with the host's secret as its key: nobody else can compute it (MUST-9), and a replay gives the same.
#[must_use]
pub fn initial_sequence_number(
    settings: &Settings,
    local: Endpoint,
    remote: Endpoint,
    now: Instant,
) -> SeqNumber {
    if settings.what_if.fixed_isn {
        return FIXED;
    }
    let mut hasher = SipHasher13::new_with_keys(settings.config.isn_secret, !settings.config.isn_secret);
    for end in [local, remote] {
        hasher.write(&end.addr.octets());
        hasher.write(&end.port.to_be_bytes());
    }
    // Both terms are taken modulo 2^32, like sequence numbers.
    SeqNumber((hasher.finish() as u32).wrapping_add((now.as_micros() / TICK_MICROS) as u32))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const A: Endpoint = Endpoint::new(Ipv4Addr::new(192, 0, 2, 1), 40_001);
    const B: Endpoint = Endpoint::new(Ipv4Addr::new(198, 51, 100, 7), 80);

    fn isn(secret: u64, local: Endpoint, micros: u64) -> SeqNumber {
        let mut settings = Settings::default();
        settings.config.isn_secret = secret;
        initial_sequence_number(&settings, local, B, Instant::from_micros(micros))
    }

    #[test]
    fn must_8_the_isn_clock_ticks_every_four_microseconds() {
        assert_eq!(isn(1, A, 4_000).since(isn(1, A, 0)), 1_000);
        assert_eq!(isn(1, A, 3), isn(1, A, 0));
    }

    #[test]
    fn must_9_other_secrets_and_other_ports_give_other_numbers() {
        assert_ne!(isn(1, A, 0), isn(2, A, 0));
        assert_ne!(isn(1, A, 0), isn(1, Endpoint::new(A.addr, A.port + 1), 0));
    }

    #[test]
    fn the_numbers_of_a_secret_never_change() {
        // Links that were made with these numbers must replay for ever.
        assert_eq!(isn(0x7C9_1AB, A, 0), SeqNumber(PINNED));
    }

    const PINNED: u32 = 994_544_336;
}
