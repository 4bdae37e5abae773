//! The random number generator of the network link: SplitMix64.
//!
//! It is part of the world's state, so a replay draws the same numbers. Shared links must replay for ever; the
//! published test vectors below make sure that the algorithm never changes.

use serde::{Deserialize, Serialize};

/// SplitMix64 (Steele, Lea and Flood, 2014): one word of state, and any seed is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rng(u64);

impl Rng {
    /// The generator that starts from `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; zero if `bound` is zero.
    ///
    /// Multiplying and shifting instead of dividing has a bias below `bound` / 2^32, which is far too small to notice.
    pub const fn below(&mut self, bound: u32) -> u32 {
        let bits = self.next_u64() >> 32;
        ((bits * bound as u64) >> 32) as u32
    }

    /// True `n` times in a thousand. With `n` = 0 no number is drawn, so the setting "no loss" does not change the
    /// numbers drawn for anything else.
    pub const fn per_mille(&mut self, n: u16) -> bool {
        n > 0 && self.below(1_000) < n as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors_hold() {
        let mut rng = Rng::new(1_234_567);
        let drawn: [u64; 5] = core::array::from_fn(|_| rng.next_u64());
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(drawn, published);
    }

    #[test]
    fn below_stays_below_and_reaches_everything() {
        let mut rng = Rng::new(1);
        let mut seen = [0; 7];
        for _ in 0..7_000 {
            seen[rng.below(7) as usize] += 1;
        }
        assert!(seen.iter().all(|&count| (900..1_100).contains(&count)), "{seen:?}");
        assert_eq!(rng.below(0), 0);
    }

    #[test]
    fn per_mille_is_never_always_or_about_right() {
        let mut rng = Rng::new(2);
        let before = rng;
        assert!(!rng.per_mille(0));
        assert_eq!(rng, before, "a chance of nothing draws nothing");
        assert!((0..1_000).all(|_| rng.per_mille(1_000)));
        let hits = (0..10_000).filter(|_| rng.per_mille(250)).count();
        assert!((2_350..2_650).contains(&hits), "{hits}");
    }
}
