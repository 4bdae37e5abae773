//! Any bytes as a packet, which reaches an end in any state.

use bytes::{Bytes, BytesMut};
use tcp_state_lab::tcp::{Event, Settings, State};
use tcp_state_lab::wire;

use super::bytes_as::Choices;
use super::end::{End, LOCAL, REMOTE};

const IP_HEADER: usize = 20;
const TCP_HEADER: usize = 20;

/// The first byte is the state, the rest the packet: once as it is, once with its sums and lengths repaired, for
/// otherwise hardly any would get past the checksums.
pub(crate) fn check(data: &[u8]) {
    let mut choices = Choices(data);
    let state = choices.pick(&State::ALL);
    let raw = Bytes::copy_from_slice(choices.rest());
    deliver(state, &raw);
    if raw.len() >= IP_HEADER + TCP_HEADER {
        let repaired = repaired(&raw);
        assert!(!matches!(wire::decode(&repaired), Err(wire::WireError::BadTcpChecksum { .. })));
        deliver(state, &repaired);
    }
}

fn deliver(state: State, packet: &Bytes) {
    let Ok(mut segment) = wire::decode(packet) else { return };
    // What we understand of it survives being written and read again.
    assert_eq!(wire::decode(&wire::encode(&segment)).as_ref(), Ok(&segment));
    let mut end = End::in_state(state, Settings::default());
    segment.destination = LOCAL;
    segment.source = REMOTE;
    end.on(Event::SegmentArrives(segment.clone()));
    // Once more at the numbers that it would need to be believed.
    segment.seq = end.tcb.rcv.nxt;
    segment.ack = end.tcb.snd.nxt;
    end.on(Event::SegmentArrives(segment));
    while let Some((kind, at)) = end.tcb.timers.next()
        && end.tcb.retries < 3
    {
        end.now = at;
        end.on(Event::Timeout(kind));
    }
}

/// The packet with a plain IP header of the right length, and both sums right.
fn repaired(raw: &Bytes) -> Bytes {
    let mut packet = BytesMut::from(&raw[..]);
    packet.truncate(65_535);
    packet[0] = 0x45;
    let total = packet.len() as u16;
    packet[2..4].copy_from_slice(&total.to_be_bytes());
    packet[6..8].fill(0);
    packet[9] = 6;
    packet[10..12].fill(0);
    let ip_sum = !sum(&[&packet[..IP_HEADER]]);
    packet[10..12].copy_from_slice(&ip_sum.to_be_bytes());
    packet[IP_HEADER + 16..IP_HEADER + 18].fill(0);
    let length = (total - IP_HEADER as u16).to_be_bytes();
    let tcp_sum = !sum(&[&packet[12..20], &[0, 6], &length, &packet[IP_HEADER..]]);
    packet[IP_HEADER + 16..IP_HEADER + 18].copy_from_slice(&tcp_sum.to_be_bytes());
    packet.freeze()
}

/// RFC 1071, the plain way. Only the last part may have an odd length.
fn sum(parts: &[&[u8]]) -> u16 {
    let words = parts.iter().flat_map(|part| part.chunks(2));
    let total = words.fold(0u32, |total, word| {
        let total = total + u32::from(u16::from_be_bytes([word[0], word.get(1).copied().unwrap_or(0)]));
        (total & 0xFFFF) + (total >> 16)
    });
    total as u16
}
