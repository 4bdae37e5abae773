//! Builds the packets that a script sends to the stack. The script's numbers are turned into those on the wire.

use bytes::Bytes;

use crate::calls::Failure;
use crate::icmp_messages;
use crate::numbers::Numbers;
use crate::packets::{self, Ends, WirePacket};
use crate::script::{IcmpSpec, IpInfo, Segment, Tos, flag};

/// A segment between `ends`, whose number on the wire is `seq`.
pub(crate) fn segment(
    ip: &IpInfo,
    segment: &Segment,
    ends: Ends,
    seq: u32,
    numbers: &Numbers,
) -> Result<Bytes, Failure> {
    let options = segment.options.as_deref().unwrap_or_default();
    let options = numbers.options_to_wire(options).map_err(|ecr| {
        Failure::mismatch(format!("TS ecr {ecr}, a clock that the stack has shown"), "it has shown no such")
    })?;
    let is_syn = segment.has(flag::SYN);
    Ok(packets::encode(&WirePacket {
        ends,
        tos: ip.tos.map_or(0, Tos::octet),
        ttl: ip.ttl,
        seq,
        // ACK without a number means 0, counted from the stack's first number.
        ack: segment
            .ack
            .or(segment.has(flag::ACK).then_some(0))
            .map_or(0, |ack| numbers.local_to_wire(ack, is_syn)),
        flags: segment.flags,
        window: segment.window.unwrap_or(0),
        urgent: segment.urgent.unwrap_or(0),
        options,
        payload: Bytes::from(vec![0; segment.length as usize]),
    }))
}

/// An ICMP report about a segment that the stack has sent.
pub(crate) fn report(message: &IcmpSpec, ends: Ends, numbers: &Numbers) -> Bytes {
    let quoted = message.quoted.map_or(0, |(seq, _)| seq);
    icmp_messages::encode(message, ends.source, &ends.turned(), numbers.local_to_wire(quoted, false))
}
