//! A list that only grows, for histories of which many versions are kept.
//!
//! Each action of a learner makes a new version of the session, and the old versions stay in use. With a plain `Vec`,
//! one more event would copy the whole history. So the list is stored in blocks that the versions share: a clone copies
//! two pointers, and a push onto a shared list copies at most one block and the list of blocks.

use std::mem;
use std::ops::Index;
use std::rc::Rc;

use crate::net::Record;

/// How many entries a block has: as many are copied at most when a shared list grows.
const BLOCK: usize = 64;

/// A list that only grows, stored in blocks that its clones share.
#[derive(Clone, Debug)]
pub struct Log<T> {
    /// The full blocks, of [`BLOCK`] entries each.
    full: Rc<Vec<Rc<Vec<T>>>>,
    /// The last entries, which do not fill a block yet.
    last: Rc<Vec<T>>,
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self { full: Rc::default(), last: Rc::default() }
    }
}

impl<T: Clone> Log<T> {
    /// Adds `entry` at the end.
    pub fn push(&mut self, entry: T) {
        if let Some(last) = Rc::get_mut(&mut self.last) {
            last.push(entry);
        } else {
            // Shared with another version, so it is copied. `clone` would leave no room for one more entry.
            let mut copy = Vec::with_capacity(BLOCK);
            copy.extend_from_slice(&self.last);
            copy.push(entry);
            self.last = Rc::new(copy);
        }
        if self.last.len() == BLOCK {
            Rc::make_mut(&mut self.full).push(mem::take(&mut self.last));
        }
    }

    /// A new list with the first `len` entries.
    #[must_use]
    pub fn cut(&self, len: usize) -> Self {
        let (full, rest) = (len / BLOCK, len % BLOCK);
        let last = self.full.get(full).unwrap_or(&self.last);
        Self { full: Rc::new(self.full[..full].to_vec()), last: Rc::new(last[..rest].to_vec()) }
    }
}

impl<T> Log<T> {
    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.full.len() * BLOCK + self.last.len()
    }

    /// There are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All entries.
    #[must_use]
    pub fn all(&self) -> Prefix<'_, T> {
        Prefix { log: self, len: self.len() }
    }

    /// The first `len` entries.
    ///
    /// # Panics
    /// If there are fewer entries.
    #[must_use]
    pub fn first(&self, len: usize) -> Prefix<'_, T> {
        assert!(len <= self.len(), "{len} of {} entries", self.len());
        Prefix { log: self, len }
    }

    /// The number of entries for which `holds` is true, like `slice::partition_point`: these must come first.
    pub fn partition_point(&self, holds: impl Fn(&T) -> bool) -> usize {
        // The first block that has an entry for which it is false.
        let block = self.full.partition_point(|block| block.last().is_some_and(&holds));
        block * BLOCK + self.full.get(block).unwrap_or(&self.last).partition_point(holds)
    }
}

impl<T> Index<usize> for Log<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        debug_assert!(index < self.len(), "entry {index} of {}", self.len());
        &self.full.get(index / BLOCK).unwrap_or(&self.last)[index % BLOCK]
    }
}

impl<T: Clone> FromIterator<T> for Log<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        let mut log = Self::default();
        entries.into_iter().for_each(|entry| log.push(entry));
        log
    }
}

/// The records of a run up to some moment.
pub type Records<'a> = Prefix<'a, Rc<Record>>;

/// The first entries of a list, for reading.
#[derive(Debug)]
pub struct Prefix<'a, T> {
    log: &'a Log<T>,
    len: usize,
}

impl<T> Clone for Prefix<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Prefix<'_, T> {}

impl<'a, T> Prefix<'a, T> {
    /// How many entries there are.
    #[must_use]
    pub const fn len(self) -> usize {
        self.len
    }

    /// There are no entries.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The entry at `index`.
    #[must_use]
    pub fn get(self, index: usize) -> Option<&'a T> {
        (index < self.len).then(|| &self.log[index])
    }

    /// The latest entry.
    #[must_use]
    pub fn last(self) -> Option<&'a T> {
        self.get(self.len.checked_sub(1)?)
    }

    /// The first `len` entries, or all if there are fewer.
    #[must_use]
    pub fn first(self, len: usize) -> Self {
        Self { len: self.len.min(len), ..self }
    }

    /// All entries in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = &'a T> + ExactSizeIterator + Clone {
        (0..self.len).map(move |index| &self.log[index])
    }
}

impl<T> Index<usize> for Prefix<'_, T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        assert!(index < self.len, "entry {index} of {}", self.len);
        &self.log[index]
    }
}

impl<T: PartialEq> PartialEq for Prefix<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(len: usize) -> Log<usize> {
        (0..len).collect()
    }

    #[test]
    fn entries_are_found_at_their_index() {
        for len in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK] {
            let log = numbers(len);
            assert_eq!((log.len(), log.is_empty()), (len, len == 0));
            assert!(log.first(len).iter().copied().eq(0..len));
            assert!(log.first(len).iter().rev().copied().eq((0..len).rev()));
            assert_eq!(log.first(len).last().copied(), len.checked_sub(1));
            assert_eq!(log.first(len).get(len), None);
        }
    }

    #[test]
    fn a_version_keeps_its_entries_when_another_grows() {
        let mut log = numbers(BLOCK + 2);
        let before = log.clone();
        log.push(77);
        assert_eq!((before.len(), log.len()), (BLOCK + 2, BLOCK + 3));
        assert!(before.first(BLOCK + 2) == log.first(BLOCK + 2));
        let mut cut = log.cut(BLOCK + 1);
        cut.push(99);
        assert_eq!((cut[BLOCK + 1], log[BLOCK + 1]), (99, BLOCK + 1));
    }

    #[test]
    fn growing_a_shared_list_copies_one_block_at_most() {
        let log: Log<Rc<usize>> = (0..10 * BLOCK + BLOCK / 2).map(Rc::new).collect();
        let mut longer = log.clone();
        longer.push(Rc::new(0));
        let copied = log.first(log.len()).iter().filter(|entry| Rc::strong_count(entry) > 1).count();
        assert_eq!(copied, BLOCK / 2);
    }

    #[test]
    fn a_cut_anywhere_is_the_beginning() {
        let log = numbers(3 * BLOCK);
        for len in 0..=log.len() {
            assert!(log.cut(len).first(len) == log.first(len));
            assert_eq!(log.cut(len).len(), len);
        }
    }

    #[test]
    fn the_partition_point_is_that_of_a_plain_list() {
        for len in [0, 1, BLOCK, 2 * BLOCK + 3] {
            let log = numbers(len);
            for limit in 0..len + 2 {
                assert_eq!(log.partition_point(|n| *n < limit), limit.min(len));
            }
        }
    }
}
