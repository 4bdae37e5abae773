//! Translates addresses: the lab's hosts have fixed ones, and others on a real network. Both checksums are only
//! adjusted to the new addresses (RFC 1624), so that the checksum of a damaged packet stays wrong.

use std::net::Ipv4Addr;

use bytes::{Bytes, BytesMut};
use lab::host::HostId;

const PROTOCOL_TCP: u8 = 6;
/// The positions of the addresses and of the two checksums.
const SOURCE: usize = 12;
const DESTINATION: usize = 16;
const IP_SUM: usize = 10;
const TCP_SUM: usize = 16;

/// The addresses in the lab and on the network.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Translation {
    /// Our address in the lab and on the network.
    local: [Ipv4Addr; 2],
    /// The other end's address in the lab and on the network.
    peer: [Ipv4Addr; 2],
}

impl Translation {
    pub(crate) const fn new(host: HostId, local: Ipv4Addr, peer: Ipv4Addr) -> Self {
        Self { local: [host.addr(), local], peer: [host.other().addr(), peer] }
    }

    /// A packet of the lab, as the network sees it.
    pub(crate) fn to_network(self, packet: &Bytes) -> Option<Bytes> {
        translate(packet, [self.local[0], self.peer[0]], [self.local[1], self.peer[1]])
    }

    /// A packet of the network, as the lab sees it. None if it is not from the peer to us.
    pub(crate) fn to_lab(self, packet: &Bytes) -> Option<Bytes> {
        translate(packet, [self.peer[1], self.local[1]], [self.peer[0], self.local[0]])
    }
}

/// Replaces the addresses `from` with `to`, each source and destination.
fn translate(packet: &Bytes, from: [Ipv4Addr; 2], to: [Ipv4Addr; 2]) -> Option<Bytes> {
    let header = usize::from(packet.first()? & 0xF) * 4;
    let is_tcp = packet[0] >> 4 == 4 && packet.get(9) == Some(&PROTOCOL_TCP);
    if !is_tcp || packet.len() < header + TCP_SUM + 2 {
        return None;
    }
    let mut packet = BytesMut::from(&packet[..]);
    for (at, from, to) in [(SOURCE, from[0], to[0]), (DESTINATION, from[1], to[1])] {
        if packet[at..at + 4] != from.octets() {
            return None;
        }
        packet[at..at + 4].copy_from_slice(&to.octets());
        for sum in [IP_SUM, header + TCP_SUM] {
            adjust(&mut packet, sum, from.octets(), to.octets());
        }
    }
    Some(packet.freeze())
}

/// HC' = ~(~HC + ~m + m') (RFC 1624 §3, equation 3).
fn adjust(packet: &mut BytesMut, at: usize, from: [u8; 4], to: [u8; 4]) {
    let word = |bytes: [u8; 4], i: usize| u32::from(u16::from_be_bytes([bytes[i], bytes[i + 1]]));
    let old = u16::from_be_bytes([packet[at], packet[at + 1]]);
    let mut sum = u32::from(!old);
    for i in [0, 2] {
        sum += (0xFFFF - word(from, i)) + word(to, i);
    }
    while sum > 0xFFFF {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    packet[at..at + 2].copy_from_slice(&(!(sum as u16)).to_be_bytes());
}
