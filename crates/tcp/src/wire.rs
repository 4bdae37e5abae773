//! IPv4 and TCP as bytes, both ways.
//!
//! The hosts exchange nothing but these bytes. Both checksums are computed and checked, so a flipped bit is found as on
//! a real network (RFC 9293 §3.1, MUST-2, MUST-3).

mod checksum;
mod decode;
mod encode;
mod fields;
mod icmp_packet;
#[cfg(test)]
mod tests;

use std::net::Ipv4Addr;

pub use decode::{Arrived, WireError, decode, receive};
pub use encode::encode;
pub use fields::{Field, Layer, fields};
pub use icmp_packet::{Icmp, decode_icmp, encode_icmp};

/// Octets of an IPv4 header without options.
const IP_HEADER: usize = 20;
/// Octets of a TCP header without options.
const TCP_HEADER: usize = 20;
const PROTOCOL_ICMP: u8 = 1;
const PROTOCOL_TCP: u8 = 6;

const OPTION_END: u8 = 0;
const OPTION_NOP: u8 = 1;
const OPTION_MSS: u8 = 2;
const OPTION_WINDOW_SCALE: u8 = 3;
const OPTION_SACK_PERMITTED: u8 = 4;
const OPTION_SACK: u8 = 5;
const OPTION_TIMESTAMPS: u8 = 8;

/// Iterates over TCP options, one slice each, NOPs included. Ends at the end-of-list option or at an illegal length.
struct OptionList<'a>(&'a [u8]);

impl<'a> Iterator for OptionList<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let length = match self.0 {
            [] | [OPTION_END, ..] => return None,
            [OPTION_NOP, ..] => 1,
            [_, length, ..] if *length >= 2 => usize::from(*length),
            _ => return None,
        };
        let (option, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(option)
    }
}

// The callers have checked that the packet is long enough.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn addr_at(bytes: &[u8], at: usize) -> Ipv4Addr {
    Ipv4Addr::from(u32_at(bytes, at))
}
