//! A segment that came out beside the one the script expects: the first field that differs.

use crate::mode::Mode;
use crate::packets::WirePacket;
use crate::script::{IpInfo, Numbering, Segment, TcpOption, flag};

/// What differs, or nothing. `actual` is in the script's numbers, `wire` is the same segment as it was sent, `fin` is
/// the stack's FIN if it has sent one.
pub(crate) fn difference(
    expected: &Segment,
    ip: IpInfo,
    actual: &Segment,
    wire: &WirePacket,
    fin: Option<u32>,
    mode: Mode,
) -> Option<&'static str> {
    let without_fin = Segment { flags: flag::ACK, seq: expected.seq.wrapping_add(1), ..expected.clone() };
    let may_lack_fin = mode.is_loose() && is_repeated_fin(expected, fin) && !actual.has(flag::FIN);
    let expected = if may_lack_fin { &without_fin } else { expected };
    let window = expected.window.filter(|_| !mode.is_loose());
    let any_options = mode.is_loose() && expected.has(flag::SYN);
    // Without the ACK bit the field must be zero on the wire, whatever the script's numbers are.
    let is_ack_right = match expected.ack {
        Some(ack) => actual.ack == Some(ack),
        None if actual.has(flag::ACK) => actual.ack == Some(0),
        None => wire.ack == 0,
    };
    let is_seq_right = expected.numbering == Numbering::Ignored || actual.seq == expected.seq;
    let tests = [
        ("the flags", actual.flags == expected.flags),
        ("the sequence number", is_seq_right),
        ("the length", actual.length == expected.length),
        ("the text", wire.payload.iter().all(|octet| *octet == 0)),
        ("the acknowledgement number", is_ack_right),
        ("the window", window.is_none_or(|window| actual.window == Some(window))),
        ("the urgent pointer", wire.urgent == expected.urgent.unwrap_or(0)),
        ("the options", any_options || are_options_right(expected, actual)),
        ("the type of service", ip.tos.is_none_or(|tos| tos.allows(wire.tos))),
        ("the time to live", ip.ttl.is_none_or(|ttl| wire.ttl == Some(ttl))),
    ];
    tests.into_iter().find(|(_, is_right)| !is_right).map(|(field, _)| field)
}

/// Rule N5: the script has the FIN again where a stack may as well only acknowledge, from behind its FIN.
fn is_repeated_fin(expected: &Segment, fin: Option<u32>) -> bool {
    expected.flags == flag::FIN | flag::ACK && expected.length == 0 && fin == Some(expected.seq)
}

/// In order, kind and content. A clock is not compared: nobody can know how the stack's runs.
fn are_options_right(expected: &Segment, actual: &Segment) -> bool {
    let (Some(expected), Some(actual)) = (&expected.options, &actual.options) else { return true };
    let is_same = |(expected, actual): (&TcpOption, &TcpOption)| match (expected, actual) {
        (TcpOption::Timestamps { ecr: wanted, .. }, TcpOption::Timestamps { ecr, .. }) => ecr == wanted,
        (expected, actual) => expected == actual,
    };
    expected.len() == actual.len() && expected.iter().zip(actual).all(is_same)
}

/// What the script calls the stack's clock, and what it was, where both have one.
pub(crate) fn clock_pair(expected: &Segment, actual: &Segment) -> Option<(u32, u32)> {
    let clock = |segment: &Segment| {
        segment.options.iter().flatten().find_map(|option| match option {
            TcpOption::Timestamps { val, .. } => Some(*val),
            _ => None,
        })
    };
    Some((clock(expected)?, clock(actual)?))
}
