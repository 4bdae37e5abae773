//! A hash that is the same on every machine. Replays are compared by it.
//!
//! The standard hasher may change from one release to the next, and `usize` is shorter in WebAssembly.

use core::hash::{Hash, Hasher};

const OFFSET_BASIS: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// FNV-1a, 64 bits. Numbers are hashed as little-endian octets, lengths and discriminants as eight octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StableHasher(u64);

impl Default for StableHasher {
    fn default() -> Self {
        Self(OFFSET_BASIS)
    }
}

/// Writes each kind of number in the same way on every machine.
macro_rules! little_endian {
    ($($method:ident $number:ty as $written:ty;)+) => {
        $(fn $method(&mut self, number: $number) {
            self.write(&(number as $written).to_le_bytes());
        })+
    };
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

    little_endian! {
        write_u16 u16 as u16;
        write_u32 u32 as u32;
        write_u64 u64 as u64;
        write_u128 u128 as u128;
        write_usize usize as u64;
        write_i16 i16 as i16;
        write_i32 i32 as i32;
        write_i64 i64 as i64;
        write_i128 i128 as i128;
        write_isize isize as i64;
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
