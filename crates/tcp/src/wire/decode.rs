//! What a host finds in a packet, or why it throws the packet away.

use bytes::{Buf as _, Bytes};
use serde::{Deserialize, Serialize};
use strum::EnumIter;
use thiserror::Error;

use super::checksum::{sum, tcp_sum};
use super::icmp_packet::{Icmp, decode_icmp};
use super::{
    IP_HEADER, OPTION_MSS, OPTION_SACK, OPTION_SACK_PERMITTED, OPTION_TIMESTAMPS, OPTION_WINDOW_SCALE,
    OptionList, PROTOCOL_TCP, TCP_HEADER, addr_at, u16_at, u32_at,
};
use crate::{Control, Endpoint, Options, Segment, SeqNumber, Timestamps};

/// More-fragments bit and fragment offset: all zero in a packet that is whole.
const FRAGMENT_MASK: u16 = 0x3FFF;

/// Why a packet is dropped before TCP sees it. No answer is sent: a corrupt packet could be from anyone.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, EnumIter, Error,
)]
#[serde(rename_all = "kebab-case")]
pub enum WireError {
    /// Shorter than the headers it needs.
    #[error("the packet is shorter than its headers")]
    Truncated,
    /// The version is not 4.
    #[error("the version is not 4")]
    NotIpv4,
    /// The IP header would be shorter than 20 octets or longer than the packet.
    #[error("the IP header length is impossible")]
    BadIpHeaderLength,
    /// The total length of the IP header is not the length of the packet.
    #[error("the total length is not the length of the packet")]
    BadTotalLength,
    /// One piece of a larger packet. The hosts never send fragments (DF is set) and do not reassemble them.
    #[error("the packet is a fragment")]
    Fragment,
    /// The checksum of the IP header is wrong.
    #[error("the IP header checksum is wrong")]
    BadIpChecksum,
    /// The protocol is not TCP.
    #[error("the protocol is not TCP")]
    NotTcp,
    /// The TCP header would be shorter than 20 octets or longer than the segment.
    #[error("the TCP data offset is impossible")]
    BadDataOffset,
    /// The TCP checksum is wrong (RFC 9293 §3.1, MUST-3).
    #[error("the TCP checksum is {found:#06x}, the segment gives {expected:#06x}")]
    BadTcpChecksum {
        /// The checksum in the header.
        found: u16,
        /// The checksum that the segment should have.
        expected: u16,
    },
    /// The packet is intact, but it is for another host, or it comes from an address that no host can have
    /// (RFC 9293 §3.9.2.3, MUST-57, MUST-63).
    #[error("the packet is not for this host")]
    Misaddressed,
    /// The host has restarted after a crash and keeps quiet for one MSL (RFC 9293 §3.4.3).
    #[error("the host keeps quiet after a crash")]
    QuietTime,
    /// The segment would open a connection, and the host has no room for another socket.
    #[error("the host has no room for another socket")]
    NoSocketLeft,
}

/// What a host receives in a packet.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Arrived {
    /// A segment.
    Segment(Segment),
    /// An ICMP report about a segment.
    Icmp(Icmp),
}

/// Decodes a packet that a host receives. The text of a segment keeps the memory of `packet`, without a copy.
///
/// # Errors
/// As [`decode`], but an ICMP report is no error.
pub fn receive(packet: Bytes) -> Result<Arrived, WireError> {
    match read_headers(&packet) {
        Ok((mut segment, headers)) => {
            if headers < packet.len() {
                segment.text = packet;
                segment.text.advance(headers);
            }
            Ok(Arrived::Segment(segment))
        }
        Err(WireError::NotTcp) => decode_icmp(&packet).map(Arrived::Icmp).ok_or(WireError::NotTcp),
        Err(error) => Err(error),
    }
}

/// The segment in `packet`. Its text is a slice of the packet, not a copy. IP options are skipped (MUST-50).
///
/// # Errors
/// If a receiver must drop the packet before TCP sees it.
pub fn decode(packet: &Bytes) -> Result<Segment, WireError> {
    let (segment, headers) = read_headers(packet)?;
    Ok(Segment { text: packet.slice(headers..), ..segment })
}

/// The segment in `packet` without its text, and where the text begins.
fn read_headers(packet: &[u8]) -> Result<(Segment, usize), WireError> {
    let ip_header = check_ip(packet)?;
    let (ip, tcp) = packet.split_at(ip_header);
    if tcp.len() < TCP_HEADER {
        return Err(WireError::Truncated);
    }
    let data_offset = usize::from(tcp[12] >> 4) * 4;
    let found = u16_at(tcp, 16);
    if tcp_sum(ip, tcp) != 0xFFFF {
        let mut zeroed = tcp.to_vec();
        zeroed[16..18].fill(0);
        return Err(WireError::BadTcpChecksum { found, expected: !tcp_sum(ip, &zeroed) });
    }
    if data_offset < TCP_HEADER || data_offset > tcp.len() {
        return Err(WireError::BadDataOffset);
    }
    let segment = Segment {
        source: Endpoint::new(addr_at(packet, 12), u16_at(tcp, 0)),
        destination: Endpoint::new(addr_at(packet, 16), u16_at(tcp, 2)),
        seq: SeqNumber(u32_at(tcp, 4)),
        ack: SeqNumber(u32_at(tcp, 8)),
        control: Control::from_bits_retain(tcp[13]),
        window: u16_at(tcp, 14),
        urgent: u16_at(tcp, 18),
        ttl: packet[8],
        options: decode_options(&tcp[TCP_HEADER..data_offset]),
        text: Bytes::new(),
    };
    Ok((segment, ip_header + data_offset))
}

/// Checks the IPv4 header of a packet that carries TCP, and returns its length.
fn check_ip(packet: &[u8]) -> Result<usize, WireError> {
    let header = check_ip_header(packet)?;
    if packet[9] != PROTOCOL_TCP {
        return Err(WireError::NotTcp);
    }
    Ok(header)
}

/// Checks the IPv4 header of any packet, and returns its length.
pub(super) fn check_ip_header(packet: &[u8]) -> Result<usize, WireError> {
    if packet.len() < IP_HEADER {
        return Err(WireError::Truncated);
    }
    if packet[0] >> 4 != 4 {
        return Err(WireError::NotIpv4);
    }
    let header = usize::from(packet[0] & 0xF) * 4;
    if header < IP_HEADER || header > packet.len() {
        return Err(WireError::BadIpHeaderLength);
    }
    if usize::from(u16_at(packet, 2)) != packet.len() {
        return Err(WireError::BadTotalLength);
    }
    if sum(&packet[..header]) != 0xFFFF {
        return Err(WireError::BadIpChecksum);
    }
    if u16_at(packet, 6) & FRAGMENT_MASK != 0 {
        return Err(WireError::Fragment);
    }
    Ok(header)
}

/// Takes the options it knows, in any order (MUST-64), and skips the others (MUST-6). An impossible length ends the
/// list, because nobody can tell where the next option begins (MUST-7).
fn decode_options(bytes: &[u8]) -> Options {
    let mut options = Options::default();
    for option in OptionList(bytes) {
        match option {
            [OPTION_MSS, 4, high, low] => options.mss = Some(u16::from_be_bytes([*high, *low])),
            [OPTION_WINDOW_SCALE, 3, shift] => options.window_scale = Some(*shift),
            [OPTION_SACK_PERMITTED, 2] => options.sack_permitted = true,
            [OPTION_SACK, _, blocks @ ..] if blocks.len() % 8 == 0 => {
                let block = |block: &[u8]| (SeqNumber(u32_at(block, 0)), SeqNumber(u32_at(block, 4)));
                options.sack = blocks.chunks_exact(8).map(block).collect();
            }
            [OPTION_TIMESTAMPS, 10, times @ ..] => {
                options.timestamps = Some(Timestamps { value: u32_at(times, 0), echo: u32_at(times, 4) });
            }
            _ => {}
        }
    }
    options
}
