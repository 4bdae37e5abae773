//! The page as the tests see it: rendered natively, from sessions and from moments made by hand.

pub(crate) mod moments;
mod still;
