//! A packet split into its fields, for the page's view of the packet's bytes.

use serde::{Deserialize, Serialize};

use super::{
    IP_HEADER, OPTION_MSS, OPTION_NOP, OPTION_SACK, OPTION_SACK_PERMITTED, OPTION_TIMESTAMPS,
    OPTION_WINDOW_SCALE, OptionList, TCP_HEADER,
};

/// Which part of the packet a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// The IPv4 header.
    Ip,
    /// The TCP header.
    Tcp,
    /// A TCP option.
    Option,
    /// Application data.
    Text,
}

/// One field of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Field {
    /// Its name in the RFC.
    pub name: &'static str,
    /// Its first bit, counted from the start of the packet, and how many bits it has.
    pub bits: (u32, u32),
    /// Its value. For a field longer than 64 bits (unknown options, text): how many octets it has.
    pub value: u64,
    /// The part of the packet it belongs to.
    pub layer: Layer,
}

const IP_FIELDS: [(&str, u32); 14] = [
    ("Version", 4),
    ("Header Length", 4),
    ("DSCP", 6),
    ("ECN", 2),
    ("Total Length", 16),
    ("Identification", 16),
    ("Reserved Flag", 1),
    ("Don't Fragment", 1),
    ("More Fragments", 1),
    ("Fragment Offset", 13),
    ("Time to Live", 8),
    ("Protocol", 8),
    ("Header Checksum", 16),
    ("Source Address", 32),
];

const TCP_FIELDS: [(&str, u32); 17] = [
    ("Source Port", 16),
    ("Destination Port", 16),
    ("Sequence Number", 32),
    ("Acknowledgment Number", 32),
    ("Data Offset", 4),
    ("Reserved", 4),
    ("CWR", 1),
    ("ECE", 1),
    ("URG", 1),
    ("ACK", 1),
    ("PSH", 1),
    ("RST", 1),
    ("SYN", 1),
    ("FIN", 1),
    ("Window", 16),
    ("Checksum", 16),
    ("Urgent Pointer", 16),
];

/// The fields of `packet` in order, without gaps or overlaps. A damaged packet is split as far as possible.
#[must_use]
pub fn fields(packet: &[u8]) -> Vec<Field> {
    let mut reader = FieldReader { packet, at: 0, fields: Vec::with_capacity(40) };
    for (name, bits) in IP_FIELDS.into_iter().chain([("Destination Address", 32)]) {
        if !reader.field(name, bits, Layer::Ip) {
            return reader.fields;
        }
    }
    let ip_header = (usize::from(packet[0] & 0xF) * 4).max(IP_HEADER).min(packet.len());
    reader.octets("IP Options", ip_header, Layer::Ip);
    for (name, bits) in TCP_FIELDS {
        if !reader.field(name, bits, Layer::Tcp) {
            reader.octets("Rest", packet.len(), Layer::Tcp);
            return reader.fields;
        }
    }
    let header = usize::from(packet[ip_header + 12] >> 4) * 4;
    let text = (ip_header + header.max(TCP_HEADER)).min(packet.len());
    options(&mut reader, &packet[ip_header + TCP_HEADER..text]);
    // Whatever follows the end of the option list (MUST-69: zeros) or an impossible option.
    reader.octets("Padding", text, Layer::Option);
    reader.octets("Text", packet.len(), Layer::Text);
    reader.fields
}

fn options(reader: &mut FieldReader<'_>, bytes: &[u8]) {
    for option in OptionList(bytes) {
        let octets = option.len() as u32;
        let kind = match option[0] {
            OPTION_NOP => "No-Operation",
            OPTION_MSS => "Kind: Maximum Segment Size",
            OPTION_WINDOW_SCALE => "Kind: Window Scale",
            OPTION_SACK_PERMITTED => "Kind: SACK Permitted",
            OPTION_SACK => "Kind: SACK",
            OPTION_TIMESTAMPS => "Kind: Timestamps",
            _ => "Kind",
        };
        reader.field(kind, 8, Layer::Option);
        if octets > 1 {
            reader.field("Length", 8, Layer::Option);
        }
        match (option[0], octets) {
            (OPTION_MSS, 4) => drop(reader.field("Maximum Segment Size", 16, Layer::Option)),
            (OPTION_WINDOW_SCALE, 3) => drop(reader.field("Window Scale", 8, Layer::Option)),
            (OPTION_TIMESTAMPS, 10) => {
                reader.field("Timestamp Value", 32, Layer::Option);
                reader.field("Timestamp Echo Reply", 32, Layer::Option);
            }
            (OPTION_SACK, 10 | 18 | 26 | 34) => {
                for _ in 0..octets / 8 {
                    reader.field("Left Edge", 32, Layer::Option);
                    reader.field("Right Edge", 32, Layer::Option);
                }
            }
            (_, 0..=2) => {}
            _ => drop(reader.field("Option Data", (octets - 2) * 8, Layer::Option)),
        }
    }
}

struct FieldReader<'a> {
    packet: &'a [u8],
    /// The next bit.
    at: u32,
    fields: Vec<Field>,
}

impl FieldReader<'_> {
    /// Adds a field of `bits` bits; false if the packet is too short for it.
    fn field(&mut self, name: &'static str, bits: u32, layer: Layer) -> bool {
        if (self.at + bits) as usize > self.packet.len() * 8 {
            return false;
        }
        let value = if bits > 64 { u64::from(bits / 8) } else { self.value(bits) };
        self.fields.push(Field { name, bits: (self.at, bits), value, layer });
        self.at += bits;
        true
    }

    fn value(&self, bits: u32) -> u64 {
        (self.at..self.at + bits).fold(0, |value, bit| {
            let byte = self.packet[bit as usize / 8];
            value << 1 | u64::from(byte >> (7 - bit % 8) & 1)
        })
    }

    /// Adds everything up to octet `end` as one field, if there is anything.
    fn octets(&mut self, name: &'static str, end: usize, layer: Layer) {
        let bits = (end as u32 * 8).saturating_sub(self.at);
        if bits > 0 {
            self.fields.push(Field { name, bits: (self.at, bits), value: u64::from(bits / 8), layer });
            self.at += bits;
        }
    }
}
