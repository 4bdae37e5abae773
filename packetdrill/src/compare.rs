//! Compares a segment that the stack sent with the one that the script expects.

use crate::mode::Mode;
use crate::packets::WirePacket;
use crate::script::{IpInfo, Numbering, Segment, TcpOption, flag};

/// The first difference, if there is one. `actual` has the script's numbers, `wire` is the same segment as it was sent,
/// and `fin` is the number of the stack's FIN if it has sent one.
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
    let as_a_set = mode.is_loose() && expected.has(flag::SYN);
    // Without the ACK bit the field must be zero on the wire.
    let is_ack_right = match expected.ack {
        Some(ack) => actual.ack == Some(ack) || (ack == 0 && !expected.has(flag::ACK) && wire.ack == 0),
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
        (
            "the options",
            are_options_right(expected, actual, as_a_set)
                || (mode.is_loose() && lacks_copy(expected, actual)),
        ),
        ("the type of service", ip.tos.is_none_or(|tos| tos.allows(wire.tos))),
        ("the time to live", ip.ttl.is_none_or(|ttl| wire.ttl == Some(ttl))),
    ];
    tests.into_iter().find(|(_, is_right)| !is_right).map(|(field, _)| field)
}

/// Rule N5: the script expects the FIN once more, but the stack may also send a bare acknowledgement after its FIN.
fn is_repeated_fin(expected: &Segment, fin: Option<u32>) -> bool {
    expected.flags == flag::FIN | flag::ACK && expected.length == 0 && fin == Some(expected.seq)
}

/// Compares options in order, kind and content. By rule N1, order, padding and an MSS that only one of them has do not
/// count.
fn are_options_right(expected: &Segment, actual: &Segment, as_a_set: bool) -> bool {
    let (Some(expected), Some(actual)) = (&expected.options, &actual.options) else { return true };
    if as_a_set {
        let both_name_mss = [expected, actual].into_iter().all(|list| list.iter().any(is_mss));
        let counts = |option: &&TcpOption| {
            !matches!(option, TcpOption::Nop | TcpOption::End) && (both_name_mss || !is_mss(option))
        };
        let has = |list: &[TcpOption], wanted| list.iter().any(|option| is_same(wanted, option));
        return expected.iter().filter(counts).all(|option| has(actual, option))
            && actual.iter().filter(counts).all(|option| has(expected, option));
    }
    expected.len() == actual.len() && expected.iter().zip(actual).all(|(left, right)| is_same(left, right))
}

/// Rule N12: the options are the same, except that the stack reports text that came twice.
fn lacks_copy(expected: &Segment, actual: &Segment) -> bool {
    let (Some(expected), Some(options)) = (&expected.options, &actual.options) else { return false };
    without_copy(options, actual.ack.unwrap_or(0)).is_some_and(|options| {
        expected.len() == options.len()
            && expected.iter().zip(&options).all(|(left, right)| is_same(left, right))
    })
}

/// The options without the first SACK block, if that block reports text that came twice (RFC 2883 §4): it lies below
/// the acknowledgement, or within the second block.
fn without_copy(options: &[TcpOption], ack: u32) -> Option<Vec<TcpOption>> {
    let is_block_list = |option: &TcpOption| matches!(option, TcpOption::Sack(_));
    let place = options.iter().position(is_block_list)?;
    let TcpOption::Sack(blocks) = &options[place] else { return None };
    let ((first, after), others) = blocks.split_first()?;
    // Sequence numbers wrap: the sign of the difference tells which one comes first.
    let is_at_or_before = |left: u32, right: u32| left.wrapping_sub(right) as i32 <= 0;
    let is_inside =
        |&(start, end): &(u32, u32)| is_at_or_before(start, *first) && is_at_or_before(*after, end);
    if !is_at_or_before(*after, ack) && !others.first().is_some_and(is_inside) {
        return None;
    }
    let mut rest = options.to_vec();
    if others.is_empty() {
        // The option is removed with its padding.
        let padding = options[..place].iter().rev().take_while(|option| **option == TcpOption::Nop).count();
        rest.drain(place - padding..=place);
    } else {
        rest[place] = TcpOption::Sack(others.to_vec());
    }
    Some(rest)
}

const fn is_mss(option: &TcpOption) -> bool {
    matches!(option, TcpOption::Mss(_))
}

/// Compares timestamps: only the echo counts. For the stack's own clock see [`clock_pair`].
fn is_same(left: &TcpOption, right: &TcpOption) -> bool {
    match (left, right) {
        (TcpOption::Timestamps { ecr: left, .. }, TcpOption::Timestamps { ecr: right, .. }) => left == right,
        (left, right) => left == right,
    }
}

/// The stack's timestamp in the script and on the wire, if both have one.
pub(crate) fn clock_pair(expected: &Segment, actual: &Segment) -> Option<(u32, u32)> {
    let clock = |segment: &Segment| {
        segment.options.iter().flatten().find_map(|option| match option {
            TcpOption::Timestamps { val, .. } => *val,
            _ => None,
        })
    };
    Some((clock(expected)?, clock(actual)?))
}
