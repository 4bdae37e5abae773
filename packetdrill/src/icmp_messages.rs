//! ICMP messages: their names in scripts, and the packet that carries one.

use std::net::Ipv4Addr;

use bytes::Bytes;

use crate::packets::{self, Ends};
use crate::script::IcmpSpec;

const PROTOCOL_ICMP: u8 = 1;
const PROTOCOL_TCP: u8 = 6;
/// How many octets of the TCP header are quoted: RFC 792 asks for 64 bits, which are the ports and the sequence number.
const QUOTED_OCTETS: usize = 8;
const IP_HEADER: usize = 20;
const TCP_HEADER: usize = 20;

const UNREACHABLE: u8 = 3;
const REDIRECT: u8 = 5;
const TIME_EXCEEDED: u8 = 11;

const KINDS: [(&str, u8); 13] = [
    ("echo_reply", 0),
    ("unreachable", UNREACHABLE),
    ("source_quench", 4),
    ("redirect", REDIRECT),
    ("echo_request", 8),
    ("time_exceeded", TIME_EXCEEDED),
    ("parameter_problem", 12),
    ("timestamp_request", 13),
    ("timestamp_reply", 14),
    ("information_request", 15),
    ("information_reply", 16),
    ("address_mask_request", 17),
    ("address_mask_reply", 18),
];

/// The codes of each type, from 0 on.
const CODES: [(u8, &[&str]); 4] = [
    (
        UNREACHABLE,
        &[
            "net_unreachable",
            "host_unreachable",
            "protocol_unreachable",
            "port_unreachable",
            "frag_needed",
            "source_route_failed",
            "net_unknown",
            "host_unknown",
            "source_host_isolated",
            "net_prohibited",
            "host_prohibited",
            "net_unreachable_for_tos",
            "host_unreachable_for_tos",
            "packet_filtered",
            "precedence_violation",
            "precedence_cutoff",
        ],
    ),
    (REDIRECT, &["net", "host", "net_for_tos", "host_for_tos"]),
    (TIME_EXCEEDED, &["ttl_exceeded", "fragment_reassembly"]),
    // The names in FreeBSD's scripts.
    (TIME_EXCEEDED, &["ttl_exceeded_in_transit", "frag_reass_exceeded"]),
];

/// The type called `word`; `type_N` is N.
pub(crate) fn kind_named(word: &str) -> Option<u8> {
    let known = KINDS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
    known.or_else(|| word.strip_prefix("type_")?.parse().ok())
}

/// The code of a message of type `kind` called `word`; `code_N` is N.
pub(crate) fn code_named(kind: u8, word: &str) -> Option<u8> {
    let mut names = CODES.iter().filter(|(of, _)| *of == kind).flat_map(|(_, names)| (0..).zip(*names));
    let known = names.find(|(_, name)| **name == word).map(|(code, _)| code);
    known.or_else(|| word.strip_prefix("code_")?.parse().ok())
}

/// The packet with the message `spec` from `router`, about the segment of `ends.source` with the number `quoted_seq`.
pub(crate) fn encode(spec: &IcmpSpec, router: Ipv4Addr, ends: &Ends, quoted_seq: u32) -> Bytes {
    let text_length = spec.quoted.map_or(0, |(_, length)| length) as usize;
    let mut message = vec![spec.kind, spec.code, 0, 0, 0, 0];
    message.extend(spec.mtu.unwrap_or(0).to_be_bytes());
    let quoted_total = IP_HEADER + TCP_HEADER + text_length;
    message.extend(packets::ip_header(PROTOCOL_TCP, quoted_total, 0, None, ends.source, ends.destination));
    message.extend(ends.source_port.to_be_bytes());
    message.extend(ends.destination_port.to_be_bytes());
    message.extend(quoted_seq.to_be_bytes());
    debug_assert_eq!(message.len(), 8 + IP_HEADER + QUOTED_OCTETS);
    let checksum = !packets::sum(0, &message);
    message[2..4].copy_from_slice(&checksum.to_be_bytes());

    let total = IP_HEADER + message.len();
    let mut packet = packets::ip_header(PROTOCOL_ICMP, total, 0, None, router, ends.source);
    packet.extend(message);
    Bytes::from(packet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_codes_by_name_and_by_number() {
        assert_eq!(kind_named("unreachable"), Some(3));
        assert_eq!(kind_named("type_42"), Some(42));
        assert_eq!(kind_named("nonsense"), None);
        assert_eq!(code_named(3, "port_unreachable"), Some(3));
        assert_eq!(code_named(3, "precedence_cutoff"), Some(15));
        assert_eq!(code_named(11, "fragment_reassembly"), Some(1));
        assert_eq!(code_named(11, "ttl_exceeded_in_transit"), Some(0));
        assert_eq!(code_named(11, "frag_reass_exceeded"), Some(1));
        assert_eq!(code_named(11, "port_unreachable"), None);
        assert_eq!(code_named(11, "code_9"), Some(9));
    }

    #[test]
    fn another_implementation_reads_the_message() {
        let ends = Ends {
            source: Ipv4Addr::new(192, 0, 2, 1),
            source_port: 40_001,
            destination: Ipv4Addr::new(198, 51, 100, 7),
            destination_port: 8_080,
        };
        let spec = IcmpSpec { kind: 3, code: 4, mtu: Some(1_200), quoted: Some((1, 1_000)) };
        let packet = encode(&spec, ends.destination, &ends, 0xAABB_CCDD);
        let sliced = etherparse::SlicedPacket::from_ip(&packet).expect("an IP packet");
        let Some(etherparse::TransportSlice::Icmpv4(icmp)) = &sliced.transport else {
            panic!("no ICMP: {sliced:?}");
        };
        let (header, payload) = (icmp.header(), icmp.payload());
        let expected = etherparse::Icmpv4Type::DestinationUnreachable(
            etherparse::icmpv4::DestUnreachableHeader::FragmentationNeeded { next_hop_mtu: 1_200 },
        );
        assert_eq!(header.icmp_type, expected);
        assert_eq!(header.checksum, expected.calc_checksum(payload));
        let quoted = etherparse::Ipv4HeaderSlice::from_slice(payload).expect("the quoted header");
        assert_eq!(quoted.source_addr(), ends.source);
        assert_eq!(quoted.total_len(), 1_040);
        assert_eq!(payload[20..], [0x9C, 0x41, 0x1F, 0x90, 0xAA, 0xBB, 0xCC, 0xDD]);
    }
}
