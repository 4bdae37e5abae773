//! A segment as bytes. Headers are made of 32-bit words, and written as such.

use bytes::Bytes;

use super::checksum::{fold, sum, sum_of_words};
use super::{
    IP_HEADER, OPTION_MSS, OPTION_NOP, OPTION_SACK, OPTION_SACK_PERMITTED, OPTION_TIMESTAMPS,
    OPTION_WINDOW_SCALE, PROTOCOL_TCP, TCP_HEADER,
};
use crate::{Options, Segment, Timestamps};

/// The longest IPv4 packet.
pub(super) const MAX_PACKET: usize = 65_535;
/// Octets of options that a header has room for.
const MAX_OPTIONS: usize = 40;
const DONT_FRAGMENT: u16 = 0x4000;

/// The packet that carries `segment`: IPv4 (DF, identification 0) and TCP, both checksums right.
///
/// Text beyond what one IPv4 packet holds is cut off. The stack never sends so much: the MSS bounds it.
#[must_use]
pub fn encode(segment: &Segment) -> Bytes {
    let options = OptionWords::of(&segment.options);
    let header = TCP_HEADER + 4 * options.count;
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
    let headers = pseudo_header + sum_of_words(&tcp) + sum_of_words(options.all());
    tcp[4] |= u32::from(!fold(headers + u64::from(sum(text)))) << 16;
    let ip = ip_header(length, segment.ttl, PROTOCOL_TCP, source, destination);
    write(ip, tcp, options.all(), text)
}

/// The IPv4 header of a packet with so many octets behind it: 32-bit words, checksum included.
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

/// A packet: the words of its headers, and what follows them.
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

/// TCP options as 32-bit words.
#[derive(Default)]
struct OptionWords {
    words: [u32; MAX_OPTIONS / 4],
    count: usize,
}

impl OptionWords {
    /// Each after so many NOPs that it is a whole number of words, and only as many SACK blocks as fit.
    fn of(options: &Options) -> Self {
        let mut all = Self::default();
        let padded = |kind, length| u32::from_be_bytes([OPTION_NOP, OPTION_NOP, kind, length]);
        if let Some(mss) = options.mss {
            all.push(pair(u16::from_be_bytes([OPTION_MSS, 4]), mss));
        }
        if let Some(shift) = options.window_scale {
            all.push(u32::from_be_bytes([OPTION_NOP, OPTION_WINDOW_SCALE, 3, shift]));
        }
        if options.sack_permitted {
            all.push(padded(OPTION_SACK_PERMITTED, 2));
        }
        if let Some(Timestamps { value, echo }) = options.timestamps {
            all.push(padded(OPTION_TIMESTAMPS, 10));
            all.push(value);
            all.push(echo);
        }
        let room = all.words.len() - all.count;
        let blocks = options.sack.len().min(room.saturating_sub(1) / 2);
        if blocks > 0 {
            all.push(padded(OPTION_SACK, 2 + 8 * blocks as u8));
            for (first, after) in options.sack.iter().take(blocks) {
                all.push(first.0);
                all.push(after.0);
            }
        }
        all
    }

    const fn push(&mut self, word: u32) {
        self.words[self.count] = word;
        self.count += 1;
    }

    fn all(&self) -> &[u32] {
        &self.words[..self.count]
    }
}

/// Two fields of 16 bits that share a word.
const fn pair(first: u16, second: u16) -> u32 {
    (first as u32) << 16 | second as u32
}
