//! What a script says: its options, and its events in order. Numbers are the script's own.

use core::fmt;

/// A script, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// `--name=value` at the top, in order.
    pub options: Vec<ScriptOption>,
    /// Everything that happens or must happen, in order.
    pub events: Vec<Event>,
}

impl Script {
    /// Where the closing begins: the calls of close() at the very end, and the commands among them.
    #[must_use]
    pub fn closing(&self) -> usize {
        let is_closing = |event: &Event| match &event.action {
            Action::Call(spec) => spec.name == "close",
            Action::Command(_) => true,
            _ => false,
        };
        let others = self.events.iter().rposition(|event| !is_closing(event)).map_or(0, |last| last + 1);
        let is_call = |event: &Event| matches!(event.action, Action::Call(_));
        self.events[others..].iter().position(is_call).map_or(self.events.len(), |first| others + first)
    }

    /// It has the option `--name`.
    #[must_use]
    pub fn has_option(&self, name: &str) -> bool {
        self.options.iter().any(|option| option.name == name)
    }

    /// Its packets are of IPv6.
    #[must_use]
    pub fn is_for_ipv6(&self) -> bool {
        self.options.iter().any(|option| option.name == "ip_version" && option.value == "ipv6")
    }

    /// The words of its commands.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let commands = self.events.iter().filter_map(|event| match &event.action {
            Action::Command(command) => Some(command),
            _ => None,
        });
        commands.flat_map(|command| command.split_whitespace())
    }

    /// The first SYN that must come out.
    #[must_use]
    pub fn first_syn_awaited(&self) -> Option<&Segment> {
        self.events.iter().find_map(|event| match &event.action {
            Action::Expect(Packet { body: Body::Tcp(segment), .. }) if segment.has(flag::SYN) => {
                Some(segment)
            }
            _ => None,
        })
    }
}

/// A line `--name=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptOption {
    /// What stands after the dashes.
    pub name: String,
    /// What stands after `=`; empty if nothing does.
    pub value: String,
    /// Where it stands.
    pub line: u32,
}

/// One thing that happens, or must happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The line of its first word, counted from 1.
    pub line: u32,
    /// When.
    pub time: Time,
    /// What.
    pub action: Action,
}

/// When an event happens. All in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// `1.5`: since the first event.
    Absolute(u64),
    /// `+1.5`: since the event before.
    Relative(u64),
    /// `*`: whenever it comes.
    Any,
    /// `1~2`: between two moments.
    AbsoluteRange(u64, u64),
    /// `+1~+2`: between two moments, counted from the event before.
    RelativeRange(u64, u64),
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// `<`: this goes into the stack.
    Inject(Packet),
    /// `>`: this must come out of it.
    Expect(Packet),
    /// A socket call and what it must return.
    Call(CallSpec),
    /// Something for a shell.
    Command(String),
    /// Something for Python.
    Code(String),
}

impl Action {
    /// A packet must come out that only a stack with ECN sends: a SYN that offers it, or a mark (RFC 3168).
    #[must_use]
    pub fn awaits_ecn(&self) -> bool {
        let Self::Expect(packet) = self else { return false };
        let is_marked = packet.ip.tos.is_some_and(|tos| !tos.allows(tos.octet() & !3));
        let Body::Tcp(segment) = &packet.body else { return is_marked };
        is_marked || (segment.has(flag::SYN) && segment.flags & (flag::ECE | flag::CWR) != 0)
    }
}

/// A packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// What is said of the IP header.
    pub ip: IpInfo,
    /// Source and destination port, if the script names them.
    pub ports: Option<(u16, u16)>,
    /// What it carries.
    pub body: Body,
}

/// What a packet carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A segment.
    Tcp(Segment),
    /// A message about a segment.
    Icmp(IcmpSpec),
}

/// What the script says of the IP header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IpInfo {
    /// The octet of service class and congestion marks, or what of it is said.
    pub tos: Option<Tos>,
    /// Time to live.
    pub ttl: Option<u8>,
}

/// What is said of the octet that was Type of Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tos {
    /// All of it.
    Octet(u8),
    /// Only the two bits of ECN.
    Ecn(u8),
    /// One of the two marks of a packet that may be marked.
    Ect01,
}

impl Tos {
    /// Whether `octet` is what is said.
    #[must_use]
    pub const fn allows(self, octet: u8) -> bool {
        match self {
            Self::Octet(wanted) => octet == wanted,
            Self::Ecn(wanted) => octet & 3 == wanted,
            Self::Ect01 => matches!(octet & 3, 1 | 2),
        }
    }

    /// The octet to send for it.
    #[must_use]
    pub const fn octet(self) -> u8 {
        match self {
            Self::Octet(octet) | Self::Ecn(octet) => octet,
            Self::Ect01 => 2,
        }
    }
}

/// The bits of a TCP header with their places on the wire.
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

    /// How each is written, in the order in which they are.
    pub const LETTERS: [(char, u8); 8] =
        [('F', FIN), ('S', SYN), ('R', RST), ('P', PSH), ('U', URG), ('E', ECE), ('W', CWR), ('.', ACK)];
}

/// How a number is to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// As always: absolute on a SYN, counted from the SYN elsewhere.
    Usual,
    /// `!`: as it stands on the wire.
    Absolute,
    /// `...`: whatever it is.
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
    /// The options; None where the script does not care (`<...>`).
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
    /// Selective acknowledgements are welcome.
    SackPermitted,
    /// Selective acknowledgement: the edges of each block.
    Sack(Vec<(u32, u32)>),
    /// Time stamps.
    Timestamps {
        /// The sender's clock; None where the script does not care (`...`).
        val: Option<u32>,
        /// The clock of the other end, sent back.
        ecr: u32,
    },
    /// A cookie of TCP Fast Open.
    FastOpen(Vec<u8>),
    /// Any other, by its number.
    Other {
        /// Its number.
        kind: u8,
        /// What follows number and length.
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

/// A socket call and what it must return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallSpec {
    /// Its name.
    pub name: String,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// What it returns.
    pub result: Expr,
    /// Why it fails.
    pub errno: Option<String>,
    /// When a call that blocks returns, counted like the event's own time.
    pub returns: Option<u64>,
}

/// An argument or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// `...`: the obvious value.
    Ellipsis,
    /// A number.
    Number(i64),
    /// A name.
    Word(String),
    /// `"…"`.
    Text(String),
    /// `A | B`.
    Or(Vec<Self>),
    /// `[a, b]`.
    List(Vec<Self>),
    /// `{a=1, b=2}`.
    Fields(Vec<(String, Self)>),
    /// `f(a)`.
    Apply(String, Vec<Self>),
}

impl Expr {
    /// The number it is.
    #[must_use]
    pub const fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The name it is.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The names it joins by `|`; one name is joined with nothing.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Or(parts) => parts.iter().flat_map(Self::words).collect(),
            other => other.word().into_iter().collect(),
        }
    }

    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Fields(fields) => fields.iter().find(|(field, _)| field == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// How many octets a list of vectors has: `[{..., 100}, {..., 50}]`.
    #[must_use]
    pub fn vectors(&self) -> Option<i64> {
        let Self::List(vectors) = self else { return None };
        let length = |vector: &Self| match vector {
            Self::List(parts) => parts.last().and_then(Self::number),
            other => other.field("iov_len").and_then(Self::number),
        };
        vectors.iter().map(length).sum()
    }

    /// What stands alone between brackets, or the thing itself.
    #[must_use]
    pub fn inner(&self) -> &Self {
        match self {
            Self::List(items) if items.len() == 1 => &items[0],
            other => other,
        }
    }
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

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |items: &[Self], between: &str| {
            items.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
        };
        match self {
            Self::Ellipsis => f.write_str("..."),
            Self::Number(number) => number.fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Or(parts) => f.write_str(&list(parts, "|")),
            Self::List(items) => write!(f, "[{}]", list(items, ", ")),
            Self::Fields(fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
                write!(f, "{{{}}}", fields.join(", "))
            }
            Self::Apply(name, arguments) => write!(f, "{name}({})", list(arguments, ", ")),
        }
    }
}

impl fmt::Display for CallSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments: Vec<_> = self.arguments.iter().map(ToString::to_string).collect();
        write!(f, "{}({}) = {}", self.name, arguments.join(", "), self.result)?;
        self.errno.iter().try_for_each(|errno| write!(f, " {errno}"))
    }
}
