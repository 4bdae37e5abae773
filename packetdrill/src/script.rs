//! A parsed script: its options, and its events in order. Sequence numbers are the script's own.

mod call_spec;
mod packet_spec;

pub use call_spec::{CallSpec, Expr};
pub use packet_spec::{Body, IcmpSpec, IpInfo, Numbering, Packet, Segment, TcpOption, Tos, flag};

/// A parsed script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// `--name=value` at the top, in order.
    pub options: Vec<ScriptOption>,
    /// All events in order.
    pub events: Vec<Event>,
}

impl Script {
    /// The index of the first final event: the close() calls at the very end, and the commands among them.
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

    /// The first SYN that the stack must send.
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
    /// The text after the dashes.
    pub name: String,
    /// The text after `=`; may be empty.
    pub value: String,
    /// The line.
    pub line: u32,
}

/// One event: something happens, or must happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The line of its first word, counted from 1.
    pub line: u32,
    /// When it happens.
    pub time: Time,
    /// What happens.
    pub action: Action,
}

/// When an event happens, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// `1.5`: since the first event.
    Absolute(u64),
    /// `+1.5`: since the event before.
    Relative(u64),
    /// `*`: at any time.
    Any,
    /// `1~2`: between two moments.
    AbsoluteRange(u64, u64),
    /// `+1~+2`: between two moments, counted from the event before.
    RelativeRange(u64, u64),
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// `<`: this packet is sent to the stack.
    Inject(Packet),
    /// `>`: the stack must send this packet.
    Expect(Packet),
    /// A socket call and its expected result.
    Call(CallSpec),
    /// A shell command.
    Command(String),
    /// Python code.
    Code(String),
}

impl Action {
    /// The stack must send a packet that only a stack with ECN sends: a SYN that offers ECN, or a mark (RFC 3168).
    #[must_use]
    pub fn awaits_ecn(&self) -> bool {
        let Self::Expect(packet) = self else { return false };
        let is_marked = packet.ip.tos.is_some_and(|tos| !tos.allows(tos.octet() & !3));
        let Body::Tcp(segment) = &packet.body else { return is_marked };
        is_marked || (segment.has(flag::SYN) && segment.flags & (flag::ECE | flag::CWR) != 0)
    }
}
