//! Plays of the whole world.
