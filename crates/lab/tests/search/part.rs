//! A part of a moment. Moments share a part as long as it does not change, and its hash is computed once.

use core::cell::Cell;
use core::hash::{Hash, Hasher};
use core::ops::Deref;
use std::rc::Rc;

#[derive(Clone, Debug, Default)]
pub(crate) struct Part<T> {
    value: Rc<T>,
    hash: Cell<Option<u64>>,
}

impl<T: Clone> Part<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: Rc::new(value), hash: Cell::new(None) }
    }

    /// The part, to change it.
    pub(crate) fn change(&mut self) -> &mut T {
        self.hash.set(None);
        Rc::make_mut(&mut self.value)
    }
}

impl<T> Deref for Part<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Hash> Hash for Part<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let hash = self.hash.get().unwrap_or_else(|| crate::seeded().hash_one(&*self.value));
        self.hash.set(Some(hash));
        state.write_u64(hash);
    }
}

#[test]
fn changing_a_part_changes_its_hash_but_not_its_copies() {
    let hash = |part: &Part<Vec<u8>>| crate::seeded().hash_one(part);
    let mut part = Part::new(vec![1]);
    let (copy, before) = (part.clone(), hash(&part));
    part.change().push(2);
    assert_eq!((hash(&copy), copy.len()), (before, 1));
    assert_eq!(hash(&part), hash(&Part::new(vec![1, 2])));
    assert_ne!(hash(&part), before);
}
