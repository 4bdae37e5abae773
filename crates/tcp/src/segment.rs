//! A segment as the state machine sees it: header fields, the options it knows, and the text.

use core::fmt;
use std::net::Ipv4Addr;

use bitflags::bitflags;
use bytes::Bytes;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::seq::SeqNumber;

/// An address and a port. The notes call this 插口.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// The IPv4 address; 0.0.0.0 means "not specified".
    pub addr: Ipv4Addr,
    /// The port; 0 means "not specified".
    pub port: u16,
}

impl Endpoint {
    /// Neither address nor port.
    pub const UNSPECIFIED: Self = Self { addr: Ipv4Addr::UNSPECIFIED, port: 0 };

    /// The end at `addr`, port `port`.
    #[must_use]
    pub const fn new(addr: Ipv4Addr, port: u16) -> Self {
        Self { addr, port }
    }

    /// Both the address and the port are set.
    #[must_use]
    pub const fn is_specified(self) -> bool {
        self.port != 0 && !self.addr.is_unspecified()
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.addr, self.port)
    }
}

bitflags! {
    /// The control bits of RFC 9293 §3.1, with their values on the wire.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, TS)]
    #[ts(type = "string")]
    pub struct Control: u8 {
        /// No more data from the sender.
        const FIN = 0x01;
        /// Synchronise sequence numbers.
        const SYN = 0x02;
        /// Reset the connection.
        const RST = 0x04;
        /// Pass the data on to the application.
        const PSH = 0x08;
        /// The acknowledgement field is valid.
        const ACK = 0x10;
        /// The urgent pointer is valid.
        const URG = 0x20;
        /// ECN echo (RFC 3168); not used by this stack.
        const ECE = 0x40;
        /// Congestion window reduced (RFC 3168); not used by this stack.
        const CWR = 0x80;
    }
}

impl fmt::Display for Control {
    /// `SYN,ACK`, in the order of the notes; `-` if no bit is set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ORDER: [(Control, &str); 8] = [
            (Control::SYN, "SYN"),
            (Control::FIN, "FIN"),
            (Control::RST, "RST"),
            (Control::PSH, "PSH"),
            (Control::ACK, "ACK"),
            (Control::URG, "URG"),
            (Control::ECE, "ECE"),
            (Control::CWR, "CWR"),
        ];
        let set: Vec<_> =
            ORDER.iter().filter(|(bit, _)| self.contains(*bit)).map(|(_, name)| *name).collect();
        if set.is_empty() { f.write_str("-") } else { f.write_str(&set.join(",")) }
    }
}

/// As it is printed; only the four bits that drive the state machine can be named.
impl<'de> Deserialize<'de> for Control {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bit = |name: &str| match name.trim() {
            "SYN" => Ok(Self::SYN),
            "FIN" => Ok(Self::FIN),
            "RST" => Ok(Self::RST),
            "ACK" => Ok(Self::ACK),
            other => Err(D::Error::unknown_variant(other, &["SYN", "FIN", "RST", "ACK"])),
        };
        String::deserialize(deserializer)?.split(',').map(bit).collect()
    }
}

/// The timestamps option (kind 8, RFC 7323 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timestamps {
    /// TSval: the sender's clock.
    pub value: u32,
    /// TSecr: the latest TSval of the other end; 0 without ACK.
    pub echo: u32,
}

/// The blocks of a SACK option (kind 5, RFC 2018 §3): what the receiver has got beyond a hole. At most four fit into a
/// header, three together with timestamps.
// In a box, because segments are cloned often and few have such blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SackBlocks(Option<Box<[Option<Block>; 4]>>);

/// The first number of a block, and the number after its last.
type Block = (SeqNumber, SeqNumber);

impl SackBlocks {
    /// The blocks in the order of the option: the first number of each, and the number after its last.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (SeqNumber, SeqNumber)> {
        self.0.iter().flat_map(|slots| **slots).flatten()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// There are no blocks.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl FromIterator<(SeqNumber, SeqNumber)> for SackBlocks {
    /// Takes the first four.
    fn from_iter<I: IntoIterator<Item = (SeqNumber, SeqNumber)>>(blocks: I) -> Self {
        let mut slots = [None; 4];
        slots.iter_mut().zip(blocks).for_each(|(slot, block)| *slot = Some(block));
        Self(slots[0].is_some().then(|| Box::new(slots)))
    }
}

/// The options the stack understands. Others are skipped when a segment is received (RFC 9293 §3.1, MUST-6).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// Maximum segment size (kind 2), on SYN segments only.
    pub mss: Option<u16>,
    /// Window scale shift (kind 3, RFC 7323), on SYN segments only.
    pub window_scale: Option<u8>,
    /// The sender understands SACK (kind 4, RFC 2018), on SYN segments only.
    pub sack_permitted: bool,
    /// What the sender has received beyond a hole.
    pub sack: SackBlocks,
    /// When the segment was sent, and the echo of the other end's timestamp.
    pub timestamps: Option<Timestamps>,
}

/// One segment. [`crate::wire`] turns it into bytes and back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Who sent it.
    pub source: Endpoint,
    /// Whom it is for.
    pub destination: Endpoint,
    /// SEG.SEQ: the number of the first octet, or of the SYN.
    pub seq: SeqNumber,
    /// SEG.ACK: the next number the sender expects. The field is on the wire even if the ACK bit is off.
    pub ack: SeqNumber,
    /// The control bits.
    pub control: Control,
    /// SEG.WND as it is in the header, not scaled.
    pub window: u16,
    /// SEG.UP.
    pub urgent: u16,
    /// The time to live in the IP header.
    pub ttl: u8,
    /// Options.
    pub options: Options,
    /// The text: application data.
    pub text: Bytes,
}

impl Segment {
    /// SEG.LEN: octets of text, plus one for SYN and one for FIN (RFC 9293 §3.4).
    #[must_use]
    pub fn len(&self) -> u32 {
        self.text_len() + u32::from(self.has(Control::SYN)) + u32::from(self.has(Control::FIN))
    }

    /// It uses no sequence number: it has neither text nor SYN nor FIN.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many octets of text it has.
    #[must_use]
    pub fn text_len(&self) -> u32 {
        // A packet has at most 65,535 octets.
        self.text.len() as u32
    }

    /// All of `bits` are set.
    #[must_use]
    pub const fn has(&self, bits: Control) -> bool {
        self.control.contains(bits)
    }

    /// The number after the last one this segment uses.
    #[must_use]
    pub fn end(&self) -> SeqNumber {
        self.seq.add(self.len())
    }

    /// The number of its first octet of text: SEG.SEQ, or one more if there is a SYN.
    #[must_use]
    pub fn text_seq(&self) -> SeqNumber {
        self.seq.add(u32::from(self.has(Control::SYN)))
    }

    /// The number after the text, which is that of the FIN if there is one.
    #[must_use]
    pub fn fin_seq(&self) -> SeqNumber {
        self.text_seq().add(self.text_len())
    }
}

impl fmt::Display for Segment {
    /// `<SEQ=100><ACK=301><LEN=5><CTL=ACK>`, as in the figures of the RFC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<SEQ={}>", self.seq)?;
        if self.has(Control::ACK) {
            write!(f, "<ACK={}>", self.ack)?;
        }
        if !self.text.is_empty() {
            write!(f, "<LEN={}>", self.text.len())?;
        }
        write!(f, "<CTL={}>", self.control)
    }
}
