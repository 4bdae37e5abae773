//! IPv4 and TCP as bytes, both ways. Independent of the stack's own encoder and decoder, which are tested here too.

use std::net::Ipv4Addr;

use bytes::Bytes;

use crate::script::TcpOption;
use crate::tcp_options;

const IP_HEADER: usize = 20;
const TCP_HEADER: usize = 20;
const PROTOCOL_TCP: u8 = 6;
const DEFAULT_TTL: u8 = 255;

/// The two ends of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ends {
    pub(crate) source: Ipv4Addr,
    pub(crate) source_port: u16,
    pub(crate) destination: Ipv4Addr,
    pub(crate) destination_port: u16,
}

impl Ends {
    /// The ends of a packet that goes the other way.
    pub(crate) const fn turned(&self) -> Self {
        Self {
            source: self.destination,
            source_port: self.destination_port,
            destination: self.source,
            destination_port: self.source_port,
        }
    }
}

/// A segment and its IP header, with numbers of the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WirePacket {
    pub(crate) ends: Ends,
    pub(crate) tos: u8,
    pub(crate) ttl: Option<u8>,
    pub(crate) seq: u32,
    pub(crate) ack: u32,
    pub(crate) flags: u8,
    pub(crate) window: u16,
    pub(crate) urgent: u16,
    pub(crate) options: Vec<TcpOption>,
    pub(crate) payload: Bytes,
}

/// The bytes of `packet`, with correct checksums. Options are padded with zeros to whole words.
pub(crate) fn encode(packet: &WirePacket) -> Bytes {
    let mut options = tcp_options::encode(&packet.options);
    options.resize(options.len().next_multiple_of(4), 0);
    let header = TCP_HEADER + options.len();
    let total = IP_HEADER + header + packet.payload.len();
    let Ends { source, source_port, destination, destination_port } = packet.ends;
    let mut bytes = ip_header(PROTOCOL_TCP, total, packet.tos, packet.ttl, source, destination);
    bytes.extend(source_port.to_be_bytes());
    bytes.extend(destination_port.to_be_bytes());
    bytes.extend(packet.seq.to_be_bytes());
    bytes.extend(packet.ack.to_be_bytes());
    bytes.push((header as u8 / 4) << 4);
    bytes.push(packet.flags);
    bytes.extend(packet.window.to_be_bytes());
    bytes.extend([0, 0]);
    bytes.extend(packet.urgent.to_be_bytes());
    bytes.extend(options);
    bytes.extend(&packet.payload);
    let checksum = !tcp_sum(&bytes);
    bytes[IP_HEADER + 16..IP_HEADER + 18].copy_from_slice(&checksum.to_be_bytes());
    Bytes::from(bytes)
}

/// An IPv4 header without options, with a correct checksum.
pub(crate) fn ip_header(
    protocol: u8,
    total: usize,
    tos: u8,
    ttl: Option<u8>,
    source: Ipv4Addr,
    destination: Ipv4Addr,
) -> Vec<u8> {
    let [high, low] = (total as u16).to_be_bytes();
    let mut header = vec![0x45, tos, high, low, 0, 0, 0, 0, ttl.unwrap_or(DEFAULT_TTL), protocol, 0, 0];
    header.extend(source.octets());
    header.extend(destination.octets());
    let checksum = !sum(0, &header);
    header[10..12].copy_from_slice(&checksum.to_be_bytes());
    header
}

/// The segment in `packet`, or what is wrong with the packet.
pub(crate) fn decode(packet: &Bytes) -> Result<WirePacket, String> {
    if packet.len() < IP_HEADER + TCP_HEADER {
        return Err(format!("a packet of {} octets", packet.len()));
    }
    if packet[0] != 0x45 {
        return Err(format!("an IP header that begins with {:#04x}", packet[0]));
    }
    if usize::from(u16_at(packet, 2)) != packet.len() {
        return Err(format!("a total length of {} in {} octets", u16_at(packet, 2), packet.len()));
    }
    if sum(0, &packet[..IP_HEADER]) != 0xFFFF {
        return Err("a wrong checksum of the IP header".to_owned());
    }
    if packet[9] != PROTOCOL_TCP {
        return Err(format!("a packet of protocol {}", packet[9]));
    }
    if tcp_sum(packet) != 0xFFFF {
        return Err("a wrong TCP checksum".to_owned());
    }
    let tcp = &packet[IP_HEADER..];
    let header = usize::from(tcp[12] >> 4) * 4;
    if header < TCP_HEADER || header > tcp.len() {
        return Err(format!("a TCP header of {header} octets"));
    }
    if tcp[12] & 0xF != 0 {
        return Err(format!("reserved bits {:04b}", tcp[12] & 0xF));
    }
    Ok(WirePacket {
        ends: Ends {
            source: addr_at(packet, 12),
            source_port: u16_at(tcp, 0),
            destination: addr_at(packet, 16),
            destination_port: u16_at(tcp, 2),
        },
        tos: packet[1],
        ttl: Some(packet[8]),
        seq: u32_at(tcp, 4),
        ack: u32_at(tcp, 8),
        flags: tcp[13],
        window: u16_at(tcp, 14),
        urgent: u16_at(tcp, 18),
        options: tcp_options::decode(&tcp[TCP_HEADER..header])?,
        payload: packet.slice(IP_HEADER + header..),
    })
}

/// The one's complement sum of `bytes`, added to `start` (RFC 1071).
pub(crate) fn sum(start: u32, bytes: &[u8]) -> u16 {
    let mut total = bytes.chunks(2).fold(start, |total, pair| {
        total + u32::from(pair[0]) * 256 + u32::from(pair.get(1).copied().unwrap_or(0))
    });
    while total > 0xFFFF {
        total = (total & 0xFFFF) + (total >> 16);
    }
    total as u16
}

/// The sum over the TCP segment and its pseudo-header.
fn tcp_sum(packet: &[u8]) -> u16 {
    let tcp = &packet[IP_HEADER..];
    let addresses = sum(0, &packet[12..20]);
    sum(u32::from(addresses) + u32::from(PROTOCOL_TCP) + tcp.len() as u32, tcp)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn addr_at(bytes: &[u8], at: usize) -> Ipv4Addr {
    Ipv4Addr::from(u32_at(bytes, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet() -> WirePacket {
        WirePacket {
            ends: Ends {
                source: Ipv4Addr::new(198, 51, 100, 7),
                source_port: 8_080,
                destination: Ipv4Addr::new(192, 0, 2, 1),
                destination_port: 40_001,
            },
            tos: 2,
            ttl: Some(64),
            seq: 0xFFFF_FFFE,
            ack: 77,
            flags: 0x1B,
            window: 32_767,
            urgent: 9,
            options: vec![
                TcpOption::Mss(1_460),
                TcpOption::Nop,
                TcpOption::WindowScale(6),
                TcpOption::SackPermitted,
                TcpOption::Timestamps { val: Some(100), ecr: 5 },
            ],
            payload: Bytes::from_static(&[0; 3]),
        }
    }

    #[test]
    fn what_goes_in_comes_out() {
        let options = [
            vec![],
            packet().options,
            vec![TcpOption::Nop, TcpOption::Nop, TcpOption::Sack(vec![(1, 5), (u32::MAX, 3)])],
            vec![TcpOption::SackPermitted, TcpOption::End, TcpOption::End],
            vec![TcpOption::FastOpen(vec![1, 2, 3, 4, 5, 6])],
        ];
        for options in options {
            let packet = WirePacket { options, ..packet() };
            assert_eq!(decode(&encode(&packet)), Ok(packet));
        }
    }

    #[test]
    fn another_implementation_reads_the_same() {
        let packet = packet();
        let bytes = encode(&packet);
        let (ip, tcp) = bytes.split_at(IP_HEADER);
        let ip = etherparse::Ipv4HeaderSlice::from_slice(ip).expect("an IP header").to_header();
        assert_eq!(ip.header_checksum, ip.calc_header_checksum());
        assert_eq!((ip.source, ip.destination), ([198, 51, 100, 7], [192, 0, 2, 1]));
        assert_eq!(usize::from(ip.total_len), bytes.len());
        let tcp = etherparse::TcpSlice::from_slice(tcp).expect("a segment");
        let header = tcp.to_header();
        assert_eq!(header.checksum, header.calc_checksum_ipv4(&ip, tcp.payload()).expect("short enough"));
        assert_eq!((header.sequence_number, header.acknowledgment_number), (packet.seq, packet.ack));
        assert!(header.fin && header.syn && header.psh && header.ack && !header.rst && !header.urg);
        assert_eq!((header.window_size, header.urgent_pointer), (packet.window, packet.urgent));
        use etherparse::TcpOptionElement::{
            MaximumSegmentSize, Noop, SelectiveAcknowledgementPermitted, Timestamp, WindowScale,
        };
        let read: Vec<_> = header.options_iterator().map(|option| option.expect("an option")).collect();
        let expected = [
            MaximumSegmentSize(1_460),
            Noop,
            WindowScale(6),
            SelectiveAcknowledgementPermitted,
            Timestamp(100, 5),
        ];
        assert_eq!(read[..5], expected);
        assert_eq!(tcp.payload(), packet.payload);
    }

    #[test]
    fn damage_is_named() {
        let good = encode(&packet());
        let flipped = |at: usize| {
            let mut bytes = good.to_vec();
            bytes[at] ^= 1;
            decode(&Bytes::from(bytes)).expect_err("damaged")
        };
        assert!(flipped(1).contains("IP header"));
        assert!(flipped(3).contains("total length"));
        assert!(flipped(30).contains("TCP checksum"));
        assert!(decode(&good.slice(..30)).is_err());
    }
}
