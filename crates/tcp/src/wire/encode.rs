//! A segment as bytes. Headers are built from 32-bit words, because their checksum is the sum of these words.

use bytes::Bytes;

use super::checksum::{fold, sum, sum_of_words};
use super::{
    IP_HEADER, OPTION_MSS, OPTION_NOP, OPTION_SACK, OPTION_SACK_PERMITTED, OPTION_TIMESTAMPS,
    OPTION_WINDOW_SCALE, PROTOCOL_TCP, TCP_HEADER,
};
use crate::{Options, Segment, Timestamps};

/// The longest IPv4 packet.
pub(super) const MAX_PACKET: usize = 65_535;
/// How many octets of options a header has room for.
const MAX_OPTIONS: usize = 40;
const DONT_FRAGMENT: u16 = 0x4000;

/// The packet that carries `segment`: IPv4 (DF, identification 0) and TCP, with both checksums.
///
/// Text that does not fit into one IPv4 packet is cut off. The stack never sends that much, because of the MSS.
#[must_use]
pub fn encode(segment: &Segment) -> Bytes {
    let options = option_words(&segment.options);
    let header = TCP_HEADER + 4 * options.len();
    let text = &segment.text[..segment.text.len().min(MAX_PACKET - IP_HEADER - header)];
    let length = header + text.len();
    let [source, destination] = [segment.source, segment.destination].map(|end| end.addr.to_bits());
    let mut tcp = [
        pair(segment.source.port, segment.destination.port),
        segment.seq.0,
        segment.ack.0,
        pair(u16::from_be_bytes([(header as u8 / 4) << 4, segment.control.bits()]), segment.window),
        pair(0, segment.urgent),
    ];
    let pseudo_header = sum_of_words(&[source, destination, u32::from(PROTOCOL_TCP), length as u32]);
    let headers = pseudo_header + sum_of_words(&tcp) + sum_of_words(&options);
    tcp[4] |= u32::from(!fold(headers + u64::from(sum(text)))) << 16;
    let ip = ip_header(length, segment.ttl, PROTOCOL_TCP, source, destination);
    write(ip, tcp, &options, text)
}

/// The IPv4 header of a packet with `length` octets after it, as 32-bit words, with its checksum.
pub(super) fn ip_header(
    length: usize,
    ttl: u8,
    protocol: u8,
    source: u32,
    destination: u32,
) -> [u32; IP_HEADER / 4] {
    let mut ip = [
        pair(0x4500, (IP_HEADER + length) as u16),
        pair(0, DONT_FRAGMENT),
        pair(u16::from_be_bytes([ttl, protocol]), 0),
        source,
        destination,
    ];
    ip[2] |= u32::from(!fold(sum_of_words(&ip)));
    ip
}

/// Writes a packet: the words of its headers, and the bytes after them.
pub(super) fn write<const N: usize>(
    ip: [u32; IP_HEADER / 4],
    header: [u32; N],
    options: &[u32],
    body: &[u8],
) -> Bytes {
    let mut packet = Vec::with_capacity(IP_HEADER + 4 * (N + options.len()) + body.len());
    packet.extend_from_slice(ip.map(u32::to_be_bytes).as_flattened());
    packet.extend_from_slice(header.map(u32::to_be_bytes).as_flattened());
    for option in options {
        packet.extend_from_slice(&option.to_be_bytes());
    }
    packet.extend_from_slice(body);
    packet.into()
}

/// The options as 32-bit words: each is padded with NOPs at its front, and only as many SACK blocks are written as fit.
fn option_words(options: &Options) -> Vec<u32> {
    let padded = |kind, length| u32::from_be_bytes([OPTION_NOP, OPTION_NOP, kind, length]);
    let mut words = Vec::new();
    if let Some(mss) = options.mss {
        words.push(pair(u16::from_be_bytes([OPTION_MSS, 4]), mss));
    }
    if let Some(shift) = options.window_scale {
        words.push(u32::from_be_bytes([OPTION_NOP, OPTION_WINDOW_SCALE, 3, shift]));
    }
    if options.sack_permitted {
        words.push(padded(OPTION_SACK_PERMITTED, 2));
    }
    if let Some(Timestamps { value, echo }) = options.timestamps {
        words.extend([padded(OPTION_TIMESTAMPS, 10), value, echo]);
    }
    let room = MAX_OPTIONS / 4 - words.len();
    let blocks = options.sack.len().min(room.saturating_sub(1) / 2);
    if blocks > 0 {
        words.push(padded(OPTION_SACK, 2 + 8 * blocks as u8));
        words.extend(options.sack.iter().take(blocks).flat_map(|(first, after)| [first.0, after.0]));
    }
    words
}

/// Two fields of 16 bits in one word.
const fn pair(first: u16, second: u16) -> u32 {
    (first as u32) << 16 | second as u32
}
