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
