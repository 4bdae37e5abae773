//! Exports, read back.

mod pcapng;
mod wireshark;
