//! ICMP errors as bytes, both ways (RFC 792): the report, and the start of the packet it is about.

use std::net::Ipv4Addr;

use bytes::Bytes;

use super::checksum::{fold, sum, sum_of_words};
use super::decode::check_ip_header;
use super::encode::{ip_header, write};
use super::{IP_HEADER, PROTOCOL_ICMP, PROTOCOL_TCP, addr_at, u16_at, u32_at};
use crate::{Endpoint, IcmpKind, IcmpReport, SeqNumber};

/// The time to live of packets that routers send.
const ROUTERS_TTL: u8 = 64;
/// Octets of an ICMP header.
const ICMP_HEADER: usize = 8;
/// How many octets of the TCP header are quoted: the ports and the sequence number.
const QUOTED: usize = 8;

/// A report about a segment, and whose segment that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Icmp {
    /// Whom the report is for.
    pub destination: Ipv4Addr,
    /// The end that sent the segment.
    pub local: Endpoint,
    /// The end that the segment was for.
    pub remote: Endpoint,
    /// What is reported.
    pub report: IcmpReport,
}

/// The packet in which `router` reports that `packet` could not be passed on. None if `packet` is not TCP over IPv4.
#[must_use]
pub fn encode_icmp(router: Ipv4Addr, kind: IcmpKind, packet: &[u8]) -> Option<Bytes> {
    let quoted = quote(packet)?;
    let (kind, code) = kind.to_wire();
    let mut icmp = [u32::from_be_bytes([kind, code, 0, 0]), 0];
    icmp[0] |= u32::from(!fold(sum_of_words(&icmp) + u64::from(sum(quoted))));
    let (length, destination) = (ICMP_HEADER + quoted.len(), u32_at(packet, 12));
    let ip = ip_header(length, ROUTERS_TTL, PROTOCOL_ICMP, router.to_bits(), destination);
    Some(write(ip, icmp, &[], quoted))
}

/// The report in `packet`, if it is an intact ICMP error about a TCP segment.
#[must_use]
pub fn decode_icmp(packet: &[u8]) -> Option<Icmp> {
    let header = check_ip_header(packet).ok()?;
    let icmp = packet.get(header..)?;
    if packet[9] != PROTOCOL_ICMP || icmp.len() < ICMP_HEADER || sum(icmp) != 0xFFFF {
        return None;
    }
    let kind = IcmpKind::from_wire(icmp[0], icmp[1])?;
    let quoted = quote(&icmp[ICMP_HEADER..])?;
    let tcp = &quoted[quoted.len() - QUOTED..];
    Some(Icmp {
        destination: addr_at(packet, 16),
        local: Endpoint::new(addr_at(quoted, 12), u16_at(tcp, 0)),
        remote: Endpoint::new(addr_at(quoted, 16), u16_at(tcp, 2)),
        report: IcmpReport { kind, seq: SeqNumber(u32_at(tcp, 4)) },
    })
}

/// The part of a packet that a report quotes: its IP header and the first octets of its TCP header. The total length in
/// the IP header is not checked, because a report may quote only this much.
fn quote(packet: &[u8]) -> Option<&[u8]> {
    let header = usize::from(packet.first()? & 0xF) * 4;
    let is_tcp = packet[0] >> 4 == 4 && header >= IP_HEADER && packet.get(9) == Some(&PROTOCOL_TCP);
    packet.get(..header + QUOTED).filter(|_| is_tcp)
}
