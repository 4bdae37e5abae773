//! The framework's hooks, each for one type. They are generic, and every place that uses one with a type or a closure of
//! its own costs the page some 200 octets; these are made once.

use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

/// What an effect depends on. Callbacks need not be in it: those of the page never change.
pub type Key = [u64; 3];

/// Undoes an effect.
pub type Undo = Box<dyn FnOnce()>;

/// For an effect that leaves nothing to be undone.
#[must_use]
pub fn nothing_to_undo() -> Undo {
    Box::new(|| ())
}

/// Calls `effect` when the part is on the page, and again whenever it is drawn with another `key`. What it returns is
/// called before the next time, and when the part leaves the page.
#[hook]
pub fn use_effect_on(key: Key, effect: Box<dyn FnOnce() -> Undo>) {
    use_effect_with(key, move |_| effect());
}

/// A number that is remembered from one drawing to the next.
#[hook]
pub fn use_number(first: usize) -> UseStateHandle<usize> {
    use_state(|| first)
}

/// Words that are remembered from one drawing to the next.
#[hook]
pub fn use_words(first: &'static str) -> UseStateHandle<AttrValue> {
    use_state(|| AttrValue::Static(first))
}

/// A value that is made again when what it is made from has changed.
#[derive(Debug)]
pub struct Memo<K, V>(Option<(K, V)>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V: Clone> Memo<K, V> {
    /// The value made from `key`.
    pub fn of(&mut self, key: K, make: impl FnOnce(&K) -> V) -> V {
        match &self.0 {
            Some((known, value)) if *known == key => value.clone(),
            _ => {
                let value = make(&key);
                self.0 = Some((key, value.clone()));
                value
            }
        }
    }
}

/// What is equal only to itself: to compare a large value takes longer, and more code, than to draw it once too often.
#[derive(Debug)]
pub struct Same<T>(Rc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> From<Rc<T>> for Same<T> {
    fn from(value: Rc<T>) -> Self {
        Self(value)
    }
}

impl<T> Deref for Same<T> {
    type Target = Rc<T>;

    fn deref(&self) -> &Rc<T> {
        &self.0
    }
}

/// Ways to find `count` elements on the page.
#[hook]
pub fn use_nodes(count: usize) -> Rc<Vec<NodeRef>> {
    use_memo(count, |count| (0..*count).map(|_| NodeRef::default()).collect())
}
