//! A hash that is the same on every machine. Replays are compared by it.
//!
//! The standard hasher may change from one release to the next, and `usize` is shorter in WebAssembly.

use core::hash::{Hash, Hasher};

const OFFSET_BASIS: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// FNV-1a, 64 bits. Numbers are hashed as little-endian octets, lengths and discriminants as eight octets. The default
/// methods of [`Hasher`] hash signed numbers like unsigned ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StableHasher(u64);

impl Default for StableHasher {
    fn default() -> Self {
        Self(OFFSET_BASIS)
    }
}

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }

    fn write_u16(&mut self, number: u16) {
        self.write(&number.to_le_bytes());
    }

    fn write_u32(&mut self, number: u32) {
        self.write(&number.to_le_bytes());
    }

    fn write_u64(&mut self, number: u64) {
        self.write(&number.to_le_bytes());
    }

    fn write_u128(&mut self, number: u128) {
        self.write(&number.to_le_bytes());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}

/// The stable hash of `value`.
#[must_use]
pub fn stable_hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = StableHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fnv(bytes: &[u8]) -> u64 {
        let mut hasher = StableHasher::default();
        hasher.write(bytes);
        hasher.finish()
    }

    #[test]
    fn the_published_vectors_hold() {
        assert_eq!(fnv(b""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fnv(b"a"), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_F739_67E8);
    }

    #[test]
    fn lengths_and_discriminants_are_eight_octets_everywhere() {
        assert_eq!(stable_hash(&7usize), fnv(&[7, 0, 0, 0, 0, 0, 0, 0]));
        assert_eq!(stable_hash(&Some(1u8)), fnv(&[1, 0, 0, 0, 0, 0, 0, 0, 1]));
        assert_eq!(stable_hash(&[2u8, 3][..]), fnv(&[2, 0, 0, 0, 0, 0, 0, 0, 2, 3]));
    }
}
