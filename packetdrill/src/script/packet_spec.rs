//! Packets as scripts write them.

use core::fmt;

/// A packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// The expectations about the IP header.
    pub ip: IpInfo,
    /// Source and destination port, if the script names them.
    pub ports: Option<(u16, u16)>,
    /// The content.
    pub body: Body,
}

/// The content of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A segment.
    Tcp(Segment),
    /// An ICMP message about a segment.
    Icmp(IcmpSpec),
}

/// What the script says about the IP header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IpInfo {
    /// The octet of traffic class and ECN, or a part of it.
    pub tos: Option<Tos>,
    /// Time to live.
    pub ttl: Option<u8>,
}

/// What the script says about the octet that was Type of Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tos {
    /// The whole octet.
    Octet(u8),
    /// Only the two bits of ECN.
    Ecn(u8),
    /// One of the two values of a packet with ECN.
    Ect01,
}

impl Tos {
    /// Whether `octet` fits.
    #[must_use]
    pub const fn allows(self, octet: u8) -> bool {
        match self {
            Self::Octet(wanted) => octet == wanted,
            Self::Ecn(wanted) => octet & 3 == wanted,
            Self::Ect01 => matches!(octet & 3, 1 | 2),
        }
    }

    /// The octet to send.
    #[must_use]
    pub const fn octet(self) -> u8 {
        match self {
            Self::Octet(octet) | Self::Ecn(octet) => octet,
            Self::Ect01 => 2,
        }
    }
}

/// The bits of a TCP header, with their values on the wire.
pub mod flag {
    /// FIN.
    pub const FIN: u8 = 0x01;
    /// SYN.
    pub const SYN: u8 = 0x02;
    /// RST.
    pub const RST: u8 = 0x04;
    /// PSH.
    pub const PSH: u8 = 0x08;
    /// ACK.
    pub const ACK: u8 = 0x10;
    /// URG.
    pub const URG: u8 = 0x20;
    /// ECE.
    pub const ECE: u8 = 0x40;
    /// CWR.
    pub const CWR: u8 = 0x80;

    /// The letter of each, in the order in which they are written.
    pub const LETTERS: [(char, u8); 8] =
        [('F', FIN), ('S', SYN), ('R', RST), ('P', PSH), ('U', URG), ('E', ECE), ('W', CWR), ('.', ACK)];
}

/// How a sequence number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// As usual: absolute on a SYN, and counted from the SYN elsewhere.
    Usual,
    /// `!`: as on the wire.
    Absolute,
    /// `...`: any number.
    Ignored,
}

/// A TCP segment as scripts write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The control bits.
    pub flags: u8,
    /// The number of the first octet, or of the SYN.
    pub seq: u32,
    /// How `seq` is meant.
    pub numbering: Numbering,
    /// Octets of text.
    pub length: u32,
    /// The acknowledgement number.
    pub ack: Option<u32>,
    /// The window field, unscaled.
    pub window: Option<u16>,
    /// The urgent pointer.
    pub urgent: Option<u16>,
    /// The options; None for any options (`<...>`).
    pub options: Option<Vec<TcpOption>>,
}

impl Segment {
    /// All of `flags` are set.
    #[must_use]
    pub const fn has(&self, flags: u8) -> bool {
        self.flags & flags == flags
    }

    /// Nothing but an acknowledgement.
    #[must_use]
    pub const fn is_pure_ack(&self) -> bool {
        self.flags == flag::ACK && self.length == 0
    }
}

/// One TCP option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TcpOption {
    /// End of the list.
    End,
    /// Padding.
    Nop,
    /// Maximum segment size.
    Mss(u16),
    /// Window scale.
    WindowScale(u8),
    /// Selective acknowledgement permitted.
    SackPermitted,
    /// Selective acknowledgement: the edges of each block.
    Sack(Vec<(u32, u32)>),
    /// Time stamps.
    Timestamps {
        /// The sender's clock; None for any value (`...`).
        val: Option<u32>,
        /// The echo of the other end's clock.
        ecr: u32,
    },
    /// A cookie of TCP Fast Open.
    FastOpen(Vec<u8>),
    /// Any other option, by its number.
    Other {
        /// Its number.
        kind: u8,
        /// The octets after number and length.
        data: Vec<u8>,
    },
}

/// An ICMP message, and which segment it quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IcmpSpec {
    /// The type.
    pub kind: u8,
    /// The code.
    pub code: u8,
    /// The MTU of the next hop.
    pub mtu: Option<u16>,
    /// Number and length of the quoted segment.
    pub quoted: Option<(u32, u32)>,
}

impl fmt::Display for Segment {
    /// As a script would write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.flags == 0 {
            f.write_str("-")?;
        }
        for (letter, bit) in flag::LETTERS {
            if self.flags & bit != 0 {
                write!(f, "{letter}")?;
            }
        }
        match self.numbering {
            Numbering::Ignored => write!(f, " ...({})", self.length)?,
            Numbering::Usual | Numbering::Absolute => {
                write!(f, " {}:{}({})", self.seq, self.seq.wrapping_add(self.length), self.length)?;
            }
        }
        if let Some(ack) = self.ack {
            write!(f, " ack {ack}")?;
        }
        if let Some(window) = self.window {
            write!(f, " win {window}")?;
        }
        if let Some(urgent) = self.urgent {
            write!(f, " urg {urgent}")?;
        }
        match &self.options {
            None => f.write_str(" <...>"),
            Some(options) if options.is_empty() => Ok(()),
            Some(options) => {
                let options: Vec<_> = options.iter().map(ToString::to_string).collect();
                write!(f, " <{}>", options.join(","))
            }
        }
    }
}

impl fmt::Display for TcpOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::End => f.write_str("eol"),
            Self::Nop => f.write_str("nop"),
            Self::Mss(mss) => write!(f, "mss {mss}"),
            Self::WindowScale(shift) => write!(f, "wscale {shift}"),
            Self::SackPermitted => f.write_str("sackOK"),
            Self::Sack(blocks) => {
                f.write_str("sack")?;
                blocks.iter().try_for_each(|(left, right)| write!(f, " {left}:{right}"))
            }
            Self::Timestamps { val: Some(val), ecr } => write!(f, "TS val {val} ecr {ecr}"),
            Self::Timestamps { val: None, ecr } => write!(f, "TS val ... ecr {ecr}"),
            Self::FastOpen(cookie) => {
                f.write_str("FO ")?;
                cookie.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
            }
            Self::Other { kind, data } => {
                write!(f, "option {kind} ")?;
                data.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
            }
        }
    }
}

impl fmt::Display for IcmpSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "icmp type_{} code_{}", self.kind, self.code)
    }
}

impl fmt::Display for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((source, destination)) = self.ports {
            write!(f, "{source} > {destination} ")?;
        }
        match &self.body {
            Body::Tcp(segment) => segment.fmt(f),
            Body::Icmp(message) => message.fmt(f),
        }
    }
}
