//! Sequence numbers: arithmetic modulo 2^32 (RFC 9293 §3.4).
//!
//! Comparisons are methods, not operators: the numbers wrap round, so a plain `<` would be wrong half of the time.

use core::fmt;

use serde::{Deserialize, Serialize};

/// A sequence number of one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SeqNumber(pub u32);

impl SeqNumber {
    /// The number `octets` further on.
    #[must_use]
    pub const fn add(self, octets: u32) -> Self {
        Self(self.0.wrapping_add(octets))
    }

    /// The number `octets` further back.
    #[must_use]
    pub const fn sub(self, octets: u32) -> Self {
        Self(self.0.wrapping_sub(octets))
    }

    /// How many numbers lie from `earlier` up to this one.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u32 {
        self.0.wrapping_sub(earlier.0)
    }

    /// The signed distance from `other`: negative if this number comes before it.
    #[must_use]
    pub const fn distance(self, other: Self) -> i32 {
        self.0.wrapping_sub(other.0) as i32
    }

    /// Comes before `other`.
    #[must_use]
    pub const fn is_before(self, other: Self) -> bool {
        self.distance(other) < 0
    }

    /// Comes after `other`.
    #[must_use]
    pub const fn is_after(self, other: Self) -> bool {
        self.distance(other) > 0
    }

    /// Comes before `other` or is the same.
    #[must_use]
    pub const fn is_at_or_before(self, other: Self) -> bool {
        self.distance(other) <= 0
    }

    /// Comes after `other` or is the same.
    #[must_use]
    pub const fn is_at_or_after(self, other: Self) -> bool {
        self.distance(other) >= 0
    }

    /// Lies in the window of `size` octets that begins at `start`. An empty window contains no number.
    #[must_use]
    pub const fn is_in_window(self, start: Self, size: u32) -> bool {
        self.since(start) < size
    }

    /// The later of two numbers.
    #[must_use]
    pub const fn max(self, other: Self) -> Self {
        if self.is_after(other) { self } else { other }
    }
}

impl fmt::Display for SeqNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_hold_across_the_wrap() {
        let last = SeqNumber(u32::MAX);
        let first = last.add(1);
        assert_eq!(first, SeqNumber(0));
        assert!(last.is_before(first) && first.is_after(last) && last.is_at_or_before(last));
        assert_eq!(first.since(last), 1);
        assert_eq!(first.sub(1), last);
        assert_eq!(last.max(first), first);
    }

    #[test]
    fn a_window_is_half_open_and_may_wrap() {
        let start = SeqNumber(u32::MAX - 1);
        assert!(start.is_in_window(start, 4));
        assert!(SeqNumber(1).is_in_window(start, 4));
        assert!(!SeqNumber(2).is_in_window(start, 4));
        assert!(!start.sub(1).is_in_window(start, 4));
        assert!(!start.is_in_window(start, 0));
    }
}
