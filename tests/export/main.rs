//! Exports, read back.

mod pcapng;
