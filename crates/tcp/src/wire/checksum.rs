//! The checksum of the Internet (RFC 1071).

use super::PROTOCOL_TCP;

/// The one's complement sum of RFC 1071 over `bytes`. An odd octet at the end counts as if a zero followed it
/// (RFC 9293 §3.1).
pub(super) fn sum(bytes: &[u8]) -> u16 {
    // In the order of octets of this machine, whatever it is: that can be put right in the sum (RFC 1071 §2). Four words
    // at a time: the sum of the upper pairs is known, and what it leaves of the sum of all, which overflows, is that of
    // the lower pairs. What a word carries over into its pair is folded in at the end like any other carry.
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

/// A sum with all that it carried over added in.
pub(super) fn fold(mut total: u64) -> u16 {
    while total > 0xFFFF {
        total = (total & 0xFFFF) + (total >> 16);
    }
    total as u16
}

/// The sum over the octets of `words`, not yet folded.
pub(super) fn sum_of_words(words: &[u32]) -> u64 {
    words.iter().map(|word| u64::from(*word)).sum()
}

/// The sum over `tcp` and its pseudo-header: addresses, protocol and length. The pseudo-header catches a packet that
/// reached the wrong host (RFC 9293 §3.1).
pub(super) fn tcp_sum(ip: &[u8], tcp: &[u8]) -> u16 {
    let pseudo_header = u64::from(sum(&ip[12..20])) + u64::from(PROTOCOL_TCP) + tcp.len() as u64;
    fold(pseudo_header + u64::from(sum(tcp)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    /// RFC 1071 §1 to the letter: word by word, and each carry comes round.
    fn plain(bytes: &[u8]) -> u16 {
        bytes.chunks(2).fold(0, |sum: u16, word| {
            let word = u16::from_be_bytes([word[0], word.get(1).copied().unwrap_or(0)]);
            let (sum, carry) = sum.overflowing_add(word);
            sum + u16::from(carry)
        })
    }

    #[test]
    fn it_is_the_plain_sum_at_every_length() {
        let mut rng = Rng::new(1);
        let bytes: Vec<u8> = (0..100).map(|_| rng.below(256) as u8).collect();
        for first in 0..9 {
            for after in first..bytes.len() {
                assert_eq!(sum(&bytes[first..after]), plain(&bytes[first..after]), "{first}..{after}");
            }
        }
    }

    #[test]
    fn it_carries_what_overflows_in_the_longest_packet() {
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
