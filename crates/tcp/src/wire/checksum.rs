//! The Internet checksum (RFC 1071).

use super::PROTOCOL_TCP;

/// The one's complement sum of RFC 1071 over `bytes`. An odd octet at the end counts as if a zero followed it
/// (RFC 9293 §3.1).
pub(super) fn sum(bytes: &[u8]) -> u16 {
    // RFC 1071 §2 allows both tricks used here. Words are added in the byte order of this machine, and only the sum is
    // swapped. And 8 octets are added at a time: `all` overflows, but the sum of the upper halves does not, and
    // subtracting it leaves the sum of the lower halves. Carries between words are folded in at the end.
    let (fours, rest) = bytes.as_chunks::<8>();
    let (mut all, mut upper) = (0_u64, 0);
    for four in fours {
        let four = u64::from_ne_bytes(*four);
        all = all.wrapping_add(four);
        upper += four >> 32;
    }
    let mut total = upper + all.wrapping_sub(upper << 32);
    for word in rest.chunks(2) {
        total += u64::from(u16::from_ne_bytes([word[0], word.get(1).copied().unwrap_or(0)]));
    }
    u16::from_be(fold(total))
}

/// Folds a sum to 16 bits: the carries are added to it.
pub(super) fn fold(mut total: u64) -> u16 {
    while total > 0xFFFF {
        total = (total & 0xFFFF) + (total >> 16);
    }
    total as u16
}

/// The sum over `words`, not folded yet.
pub(super) fn sum_of_words(words: &[u32]) -> u64 {
    words.iter().map(|word| u64::from(*word)).sum()
}

/// The sum over a TCP segment and its pseudo-header: addresses, protocol and length. The pseudo-header reveals a packet
/// that reached the wrong host (RFC 9293 §3.1).
pub(super) fn tcp_sum(ip: &[u8], tcp: &[u8]) -> u16 {
    let pseudo_header = u64::from(sum(&ip[12..20])) + u64::from(PROTOCOL_TCP) + tcp.len() as u64;
    fold(pseudo_header + u64::from(sum(tcp)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    /// The definition in RFC 1071 §1: word by word, and each carry is added at once.
    fn plain(bytes: &[u8]) -> u16 {
        bytes.chunks(2).fold(0, |sum: u16, word| {
            let word = u16::from_be_bytes([word[0], word.get(1).copied().unwrap_or(0)]);
            let (sum, carry) = sum.overflowing_add(word);
            sum + u16::from(carry)
        })
    }

    #[test]
    fn the_sum_equals_the_definition_at_every_length() {
        let mut rng = Rng::new(1);
        let bytes: Vec<u8> = (0..100).map(|_| rng.below(256) as u8).collect();
        for first in 0..9 {
            for after in first..bytes.len() {
                assert_eq!(sum(&bytes[first..after]), plain(&bytes[first..after]), "{first}..{after}");
            }
        }
    }

    #[test]
    fn the_sum_carries_correctly_in_the_longest_packet() {
        for octet in [0x00, 0x01, 0x80, 0xFF] {
            let bytes = [octet; 65_535];
            assert_eq!(sum(&bytes), plain(&bytes), "{octet:#x}");
        }
    }

    #[test]
    fn words_add_up_to_the_sum_of_their_octets() {
        let words = [0xFFFF_FFFF, 0x0001_0203, 0x8000_0000, 0xFFFE_FFFF];
        assert_eq!(fold(sum_of_words(&words)), plain(words.map(u32::to_be_bytes).as_flattened()));
    }
}
