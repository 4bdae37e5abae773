//! Takes any bytes for a packet that arrives at an end in any state.

use bytes::{Bytes, BytesMut};
use tcp::options::timestamp;
use tcp::wire;
use tcp::{Call, Config, Event, Options, SackBlocks, Segment, SeqNumber, Settings, State, Timestamps};

use super::bytes_as::Choices;
use super::end::{End, LOCAL, Offer, REMOTE};

const IP_HEADER: usize = 20;
const TCP_HEADER: usize = 20;

/// The first byte chooses the state, and whether both ends have agreed on every option. The rest is the packet. It is
/// delivered as it is, and with correct checksums and lengths, because otherwise hardly any packet would be accepted.
pub fn check(data: &[u8]) {
    let mut choices = Choices(data);
    let first = usize::from(choices.byte());
    let state = State::ALL[first % State::ALL.len()];
    let has_options = first / State::ALL.len() % 2 == 1;
    let raw = Bytes::copy_from_slice(choices.rest());
    deliver(state, has_options, &raw);
    if raw.len() >= IP_HEADER + TCP_HEADER {
        let repaired = repaired(&raw);
        assert!(!matches!(wire::decode(&repaired), Err(wire::WireError::BadTcpChecksum { .. })));
        deliver(state, has_options, &repaired);
    }
}

/// The decoded segment must stay the same when it is encoded and decoded again. Only SACK blocks may be missing: we pad
/// each option to whole words, so others can fit more options into a header.
fn written_and_read(segment: &Segment) {
    let again = wire::decode(&wire::encode(segment)).expect("what we write can be read");
    let (all, room) = (segment.options.sack.len(), again.options.sack.len());
    let others = Options { sack: SackBlocks::default(), ..segment.options.clone() };
    assert!(room == all || others != Options::default(), "there is room for {room} of {all} blocks");
    let sack = segment.options.sack.iter().take(room).collect();
    assert_eq!(again, Segment { options: Options { sack, ..others }, ..segment.clone() });
}

fn deliver(state: State, has_options: bool, packet: &Bytes) {
    let Ok(mut segment) = wire::decode(packet) else { return };
    written_and_read(&segment);
    let mut end = if has_options { end_with_options(state) } else { plain_end(state) };
    segment.destination = LOCAL;
    segment.source = REMOTE;
    end.on(Event::SegmentArrives(segment.clone()));
    // Once more with the numbers and the timestamp that make it acceptable.
    segment.options.sack = near(&segment.options.sack, end.tcb.snd.una);
    segment.seq = end.tcb.rcv.nxt;
    segment.ack = end.tcb.snd.nxt;
    if segment.options.sack.is_empty() {
        end.on(Event::SegmentArrives(segment.clone()));
    } else {
        // SACK blocks lie beyond a hole, so the acknowledgement must lie before it.
        end.on(Event::SegmentArrives(Segment { ack: end.tcb.snd.una, ..segment.clone() }));
    }
    if end.tcb.agreed.timestamps.is_some() {
        segment.seq = end.tcb.rcv.nxt;
        segment.options.timestamps = Some(Timestamps { value: end.peer_clock(), echo: timestamp(end.now) });
        end.on(Event::SegmentArrives(segment));
    }
    while let Some((kind, at)) = end.tcb.timers.next()
        && end.tcb.retries < 3
    {
        end.now = at;
        end.on(Event::Timeout(kind));
    }
}

fn plain_end(state: State) -> End {
    End::in_state(state, Settings::default(), Offer::default())
}

/// Both ends have every option, and something is in flight if the state allows it.
fn end_with_options(state: State) -> End {
    let config = Config { window_scale: Some(7), sack: true, timestamps: true, ..Config::default() };
    let mut end = End::in_state(state, Settings { config, ..Settings::default() }, Offer::ALL);
    if matches!(state, State::SynSent | State::SynReceived | State::Established | State::CloseWait) {
        end.on(Event::Call(Call::Send { data: Bytes::from_static(&[5; 4_000]), remote: None }));
    }
    end
}

/// The same blocks, moved so that the first lies just beyond `una`.
fn near(blocks: &SackBlocks, una: SeqNumber) -> SackBlocks {
    let Some((origin, _)) = blocks.iter().next() else { return SackBlocks::default() };
    let moved = |number: SeqNumber| una.add(1).add(number.since(origin));
    blocks.iter().map(|(first, after)| (moved(first), moved(after))).collect()
}

/// The packet with a plain IP header, and with correct lengths and checksums.
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

/// The checksum of RFC 1071, by its definition. Only the last part may have an odd length.
fn sum(parts: &[&[u8]]) -> u16 {
    let words = parts.iter().flat_map(|part| part.chunks(2));
    let total = words.fold(0u32, |total, word| {
        let total = total + u32::from(u16::from_be_bytes([word[0], word.get(1).copied().unwrap_or(0)]));
        (total & 0xFFFF) + (total >> 16)
    });
    total as u16
}
