//! The tables of the host.
