//! Octets as text that may stand in an address: base64url without padding (RFC 4648 §5).
//!
//! By hand, because the general library is made for speed, and the page pays for its unrolled loops.

/// The digits, by their values.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// `octets` as text.
pub(super) fn encode(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len().div_ceil(3) * 4);
    for group in octets.chunks(3) {
        let bits =
            group.iter().zip([16, 8, 0]).fold(0, |bits, (octet, shift)| bits | u32::from(*octet) << shift);
        for shift in [18, 12, 6, 0].into_iter().take(group.len() + 1) {
            text.push(char::from(DIGITS[(bits >> shift & 63) as usize]));
        }
    }
    text
}

/// The octets that are written so, or nothing if `text` is not what [`encode`] writes for any octets.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(text.len() / 4 * 3 + 2);
    // What has been read and is no whole octet yet.
    let (mut bits, mut count) = (0_u32, 0);
    for digit in text.bytes() {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            octets.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    // Six bits left are a digit too many; and what is left must be empty, so that no two texts mean the same.
    (count < 6 && bits == 0).then_some(octets)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_writes_what_the_general_library_writes(octets: Vec<u8>) {
            let text = encode(&octets);
            prop_assert_eq!(&text, &URL_SAFE_NO_PAD.encode(&octets));
            prop_assert_eq!(decode(&text), Some(octets));
        }

        #[test]
        fn it_reads_what_the_general_library_reads(text in "[A-Da-d0-9_=+/ -]{0,9}") {
            prop_assert_eq!(decode(&text), URL_SAFE_NO_PAD.decode(&text).ok());
        }
    }

    #[test]
    fn what_nobody_writes_is_not_read() {
        assert_eq!(decode("Zm8"), Some(b"fo".to_vec()));
        for text in ["Z", "Zm9vY", "Zm9", "Zh", "Zm8=", "Zm 8", "Zm8\n", "Zm+8", "Zm/8", "文"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
