//! A map of a few entries in the order of their keys.
//!
//! The standard library's trees are made for thousands. Here a map holds the sockets of a host or the packets on a link,
//! and each kind of tree would cost the page some kilobytes.

use serde::{Serialize, Serializer};

/// A map of a few entries, in the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SmallMap<K, V>(Vec<(K, V)>);

impl<K: Ord, V> SmallMap<K, V> {
    /// Without entries.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(key))
    }

    /// What stands under `key`.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().map(|place| &self.0[place].1)
    }

    /// What stands under `key`, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.place(key).ok().map(|place| &mut self.0[place].1)
    }

    /// Something stands under `key`.
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Puts `value` under `key`, in the place of what stood there.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// Takes out what stands under `key`.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        self.place(key).ok().map(|place| self.0.remove(place).1)
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Keys and values, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.0.iter()
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Default for SmallMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SmallMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Serialize, V: Serialize> Serialize for SmallMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_behaves_like_the_map_of_the_standard_library() {
        let mut rng = crate::rng::Rng::new(1);
        let (mut ours, mut theirs) = (SmallMap::new(), BTreeMap::new());
        for i in 0..2_000 {
            let key = rng.below(20);
            if rng.below(2) == 0 {
                assert_eq!(ours.remove(&key), theirs.remove(&key));
            } else {
                ours.insert(key, i);
                theirs.insert(key, i);
            }
            assert_eq!(ours.get(&key), theirs.get(&key));
            assert_eq!(ours.get_mut(&key), theirs.get_mut(&key));
            assert_eq!(ours.contains_key(&key), theirs.contains_key(&key));
            assert!(ours.values().eq(theirs.values()));
        }
        assert_eq!(ours, theirs.iter().map(|(key, value)| (*key, *value)).collect());
        let [ours, theirs] = [serde_json::to_string(&ours), serde_json::to_string(&theirs)];
        assert_eq!(ours.expect("plain data"), theirs.expect("plain data"));
    }
}
