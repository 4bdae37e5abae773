//! IPv4 and TCP as bytes, both ways.

use core::fmt;

use serde::{Deserialize, Serialize};

/// Why a packet is thrown away before TCP sees it. Nobody is told: a corrupt packet could be from anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WireError {
    /// Shorter than the headers it needs.
    Truncated,
    /// The version is not 4.
    NotIpv4,
    /// The IP header would be shorter than 20 octets or longer than the packet.
    BadIpHeaderLength,
    /// The total length of the IP header is not the length of the packet.
    BadTotalLength,
    /// One piece of a larger packet. The hosts never send such (DF is set) and do not put them together.
    Fragment,
    /// The checksum of the IP header is wrong.
    BadIpChecksum,
    /// The protocol is not TCP.
    NotTcp,
    /// The TCP header would be shorter than 20 octets or longer than the segment.
    BadDataOffset,
    /// The TCP checksum is wrong (RFC 9293 §3.1, MUST-3).
    BadTcpChecksum {
        /// What the header says.
        found: u16,
        /// What the sum over the segment gives.
        expected: u16,
    },
    /// The packet is sound, but it is for another host, or it comes from an address no host can have
    /// (RFC 9293 §3.9.2.3, MUST-57, MUST-63).
    Misaddressed,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the packet is shorter than its headers"),
            Self::NotIpv4 => f.write_str("the version is not 4"),
            Self::BadIpHeaderLength => f.write_str("the IP header length is impossible"),
            Self::BadTotalLength => f.write_str("the total length is not the length of the packet"),
            Self::Fragment => f.write_str("the packet is a fragment"),
            Self::BadIpChecksum => f.write_str("the IP header checksum is wrong"),
            Self::NotTcp => f.write_str("the protocol is not TCP"),
            Self::BadDataOffset => f.write_str("the TCP data offset is impossible"),
            Self::BadTcpChecksum { found, expected } => {
                write!(f, "the TCP checksum is {found:#06x}, the segment gives {expected:#06x}")
            }
            Self::Misaddressed => f.write_str("the packet is not for this host"),
        }
    }
}
