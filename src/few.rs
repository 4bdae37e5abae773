//! A list that is mostly short: its first entries need no memory of their own.
//!
//! Every record has several such lists, and natively, where records are made by the million, each would ask for memory.
//! The page makes a record when somebody presses a key; there the plain list is the smaller program.

/// A list of mostly no more than `N` entries.
#[cfg(not(target_arch = "wasm32"))]
pub type Few<T, const N: usize> = smallvec::SmallVec<[T; N]>;
/// A list of mostly few entries.
#[cfg(target_arch = "wasm32")]
pub type Few<T, const N: usize> = Vec<T>;
