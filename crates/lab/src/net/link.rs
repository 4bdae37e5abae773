//! The link: packets on their way, and everything that can happen to them there.

use std::collections::VecDeque;
use std::rc::Rc;

use bytes::{Bytes, BytesMut};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::input::InputError;
use super::link_rule::{LinkRule, StandingRules};
use super::packet::{By, Packet, PacketId, Sending, Verdict};
use crate::host::HostId;
use tcp::rng::Rng;
use tcp::time::{Duration, Instant};

/// The longest latency or delay, so that the clock can never overflow.
const MAX_DELAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How many packets the link holds, both directions together. With the default buffers it is never full: 64 KiB in the
/// smallest segments are 2,341 packets.
const MAX_IN_FLIGHT: usize = 4_096;
/// The last byte of the sequence number, in a packet without IP options. [`Verdict::Corrupt`] flips a bit of it by
/// default if there is no text.
const LAST_OF_SEQUENCE_NUMBER: u16 = 27;
/// Where the text of a packet without options begins.
const SHORTEST_HEADERS: u16 = 40;

/// The cable between the hosts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Cable {
    /// Packets get through.
    #[default]
    Up,
    /// Every packet is lost.
    Cut,
}

/// The connection between the two hosts: latency, loss and duplication of each direction, standing rules, and the
/// packets in flight.
///
/// What happens to a packet is decided in this order: a cut cable, the standing rules (if one fires, nothing is left to
/// chance), random loss, random duplication. If the link is full, the packet is lost, as at the end of any full queue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    pub(super) latency: [Duration; 2],
    pub(super) loss_per_mille: [u16; 2],
    pub(super) duplicate_per_mille: [u16; 2],
    pub(super) cable: Cable,
    pub(super) rules: StandingRules,
    /// In the order of arrival; held packets come last.
    in_flight: VecDeque<Rc<Packet>>,
    /// For each direction: a packet that, by a standing rule, will change places with the next one sent.
    waits_to_swap: [Option<PacketId>; 2],
    next_packet: PacketId,
}

/// What was decided about a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) packet: PacketId,
    pub(super) sending: Sending,
    pub(super) verdict: Verdict,
    pub(super) by: By,
    pub(super) copy: Option<PacketId>,
}

/// A packet that was handed to the link.
pub(super) struct Sent {
    pub(super) id: PacketId,
    pub(super) judged: Option<Judged>,
    /// The bytes of the packet, if it was lost at once.
    pub(super) lost: Option<Bytes>,
}

impl Link {
    pub(super) fn new(latency: [Duration; 2]) -> Self {
        Self {
            latency,
            loss_per_mille: [0; 2],
            duplicate_per_mille: [0; 2],
            cable: Cable::Up,
            rules: StandingRules::default(),
            in_flight: VecDeque::new(),
            waits_to_swap: [None; 2],
            next_packet: PacketId(1),
        }
    }

    /// How long the packets of `from` are on their way.
    #[must_use]
    pub const fn latency(&self, from: HostId) -> Duration {
        self.latency[from.index()]
    }

    /// How many of a thousand packets of `from` are lost.
    #[must_use]
    pub const fn loss_per_mille(&self, from: HostId) -> u16 {
        self.loss_per_mille[from.index()]
    }

    /// How many of a thousand packets of `from` are duplicated.
    #[must_use]
    pub const fn duplicate_per_mille(&self, from: HostId) -> u16 {
        self.duplicate_per_mille[from.index()]
    }

    /// Whether the cable is cut.
    #[must_use]
    pub const fn cable(&self) -> Cable {
        self.cable
    }

    /// The standing rules that are left, in the order in which they are tried.
    pub fn rules(&self) -> impl Iterator<Item = &LinkRule> {
        self.rules.iter()
    }

    /// The packets in flight in the order of arrival, and then the held ones.
    #[must_use]
    pub const fn in_flight(&self) -> &VecDeque<Rc<Packet>> {
        &self.in_flight
    }

    /// The packet with the number `id`, if it is in flight.
    #[must_use]
    pub fn packet(&self, id: PacketId) -> Option<&Packet> {
        self.in_flight.iter().find(|packet| packet.id == id).map(|packet| &**packet)
    }

    /// How many packets were sent so far, including the copies made by the link.
    #[must_use]
    pub const fn packets_sent(&self) -> u32 {
        self.next_packet.0 - 1
    }

    /// The packet that arrives next.
    #[must_use]
    pub fn next_arrival(&self) -> Option<(Instant, &Packet)> {
        let first = self.in_flight.front()?;
        Some((first.arrives_at?, first))
    }

    /// Whether `length` is short enough for a latency or a delay.
    pub(super) fn check_length(length: Duration) -> Result<(), InputError> {
        if length > MAX_DELAY { Err(InputError::TooLong(length)) } else { Ok(()) }
    }

    /// Takes a packet from `from`, and returns what was decided about it.
    pub(super) fn send(
        &mut self,
        now: Instant,
        from: HostId,
        bytes: Bytes,
        sending: Sending,
        rng: &mut Rng,
    ) -> Sent {
        let id = self.take_packet_id();
        let fate = self.fate(from, &bytes, rng);
        let judged = fate.map(|(verdict, by)| Judged { packet: id, sending, verdict, by, copy: None });
        if let Some((Verdict::Drop | Verdict::Unreachable(_), _)) = fate {
            return Sent { id, judged, lost: Some(bytes) };
        }
        let length = bytes.len() as u16;
        self.put(Packet {
            id,
            from,
            bytes,
            sent_at: now,
            arrives_at: Some(now + self.latency(from)),
            copy_of: None,
            corrupted: false,
            rank: id.0,
            left: Duration::ZERO,
            sending,
        });
        self.keep_promised_swap(id, from);
        let copy = match fate {
            None => None,
            Some((Verdict::Swap, _)) => {
                self.waits_to_swap[from.index()] = Some(id);
                None
            }
            // A rule may name a byte that this packet does not have. Then the last byte is changed.
            Some((Verdict::Corrupt { byte: Some(byte) }, _)) => {
                self.edit(id, |packet| flip(packet, Some(byte.min(length.saturating_sub(1)))));
                None
            }
            Some((verdict, _)) => self.judge(now, id, verdict).ok().flatten(),
        };
        Sent { id, judged: judged.map(|judged| Judged { copy, ..judged }), lost: None }
    }

    /// What happens to a packet of `from` as soon as it is sent; usually nothing.
    fn fate(&mut self, from: HostId, bytes: &Bytes, rng: &mut Rng) -> Option<(Verdict, By)> {
        let fate = self.fate_on_the_way(from, bytes, rng);
        let is_lost = matches!(fate, Some((Verdict::Drop | Verdict::Unreachable(_), _)));
        let is_full = self.in_flight.len() >= MAX_IN_FLIGHT;
        if is_full && !is_lost { Some((Verdict::Drop, By::FullLink)) } else { fate }
    }

    fn fate_on_the_way(&mut self, from: HostId, bytes: &Bytes, rng: &mut Rng) -> Option<(Verdict, By)> {
        if self.cable == Cable::Cut {
            Some((Verdict::Drop, By::CutCable))
        } else if let Some(verdict) = self.rules.verdict(from, bytes) {
            Some((verdict, By::Rule))
        } else if rng.per_mille(self.loss_per_mille(from)) {
            Some((Verdict::Drop, By::Loss))
        } else if rng.per_mille(self.duplicate_per_mille(from)) {
            Some((Verdict::Duplicate, By::Duplication))
        } else {
            None
        }
    }

    /// Applies `verdict` to a packet in flight. Returns the number of the copy, if one is made. [`Verdict::Deliver`]
    /// only sets the arrival time to now.
    pub(super) fn judge(
        &mut self,
        now: Instant,
        id: PacketId,
        verdict: Verdict,
    ) -> Result<Option<PacketId>, InputError> {
        let packet = self.packet(id).ok_or(InputError::NoSuchPacket(id))?.clone();
        let arrival = packet.arrives_at.ok_or(InputError::Held(id));
        match verdict {
            Verdict::Deliver => self.edit(id, |packet| packet.arrives_at = Some(now)),
            Verdict::Drop | Verdict::Unreachable(_) => {
                self.take(id);
            }
            Verdict::Delay(length) => {
                let at = arrival?;
                Self::check_length(length)?;
                self.edit(id, |packet| packet.arrives_at = Some(at + length));
            }
            Verdict::Hold => {
                let left = arrival?.since(now);
                self.edit(id, |packet| {
                    packet.arrives_at = None;
                    packet.left = left;
                });
            }
            Verdict::Release if arrival.is_ok() => return Err(InputError::NotHeld(id)),
            Verdict::Release => self.edit(id, |packet| packet.arrives_at = Some(now + packet.left)),
            Verdict::Duplicate => return self.duplicate(&packet).map(Some),
            Verdict::Swap => {
                arrival?;
                let next = self.follower(&packet).ok_or(InputError::NothingToSwap(id))?;
                self.exchange(id, next);
            }
            Verdict::Corrupt { byte } => {
                let length = packet.bytes.len() as u16;
                if packet.corrupted {
                    return Err(InputError::AlreadyCorrupted(id));
                }
                if let Some(byte) = byte
                    && byte >= length
                {
                    return Err(InputError::NoSuchByte { byte, length });
                }
                self.edit(id, |packet| flip(packet, byte));
            }
        }
        Ok(None)
    }

    /// Takes a packet off the link.
    pub(super) fn take(&mut self, id: PacketId) -> Option<Packet> {
        // Nearly always it is the first.
        let place = self.in_flight.iter().position(|packet| packet.id == id)?;
        self.in_flight.remove(place).map(Rc::unwrap_or_clone)
    }

    /// The cable is cut: takes all packets off the link.
    pub(super) fn cut(&mut self) -> VecDeque<Rc<Packet>> {
        self.cable = Cable::Cut;
        core::mem::take(&mut self.in_flight)
    }

    /// If a packet waits to change places, it does so with the one just sent.
    fn keep_promised_swap(&mut self, id: PacketId, from: HostId) {
        let Some(first) = self.waits_to_swap[from.index()] else { return };
        // A held packet keeps waiting.
        if self.packet(first).is_none_or(|packet| !packet.is_held()) {
            self.waits_to_swap[from.index()] = None;
            self.exchange(first, id);
        }
    }

    /// The packet that arrives next after `packet` in the same direction.
    fn follower(&self, packet: &Packet) -> Option<PacketId> {
        let same_way = self.in_flight.iter().filter(|other| other.from == packet.from && !other.is_held());
        same_way.skip_while(|other| other.id != packet.id).nth(1).map(|other| other.id)
    }

    /// Two packets change places in the order of arrival.
    fn exchange(&mut self, a: PacketId, b: PacketId) {
        let place = |link: &Self, id| link.packet(id).map(|packet| (packet.arrives_at, packet.rank));
        let (Some(of_a), Some(of_b)) = (place(self, a), place(self, b)) else { return };
        self.edit(a, |packet| (packet.arrives_at, packet.rank) = of_b);
        self.edit(b, |packet| (packet.arrives_at, packet.rank) = of_a);
    }

    /// Makes a copy. It has a higher number, so it arrives after the original.
    fn duplicate(&mut self, packet: &Packet) -> Result<PacketId, InputError> {
        if self.in_flight.len() >= MAX_IN_FLIGHT {
            return Err(InputError::LinkFull);
        }
        let id = self.take_packet_id();
        self.put(Packet { id, copy_of: Some(packet.id), rank: id.0, ..packet.clone() });
        Ok(id)
    }

    fn take_packet_id(&mut self) -> PacketId {
        let id = self.next_packet;
        self.next_packet = PacketId(id.0 + 1);
        id
    }

    /// Inserts a packet in the order of arrival.
    fn put(&mut self, packet: Packet) {
        let key = |packet: &Packet| (packet.is_held(), packet.arrives_at, packet.rank);
        // Nearly always it is the last.
        if self.in_flight.back().is_none_or(|last| key(last) <= key(&packet)) {
            return self.in_flight.push_back(Rc::new(packet));
        }
        let place = self.in_flight.partition_point(|other| key(other) <= key(&packet));
        self.in_flight.insert(place, Rc::new(packet));
    }

    fn edit(&mut self, id: PacketId, change: impl FnOnce(&mut Packet)) {
        if let Some(mut packet) = self.take(id) {
            change(&mut packet);
            self.put(packet);
        }
    }
}

fn flip(packet: &mut Packet, byte: Option<u16>) {
    if let Some(bytes) = corrupt(&packet.bytes, byte) {
        packet.bytes = bytes;
        packet.corrupted = true;
    }
}

/// Flips the lowest bit of `byte`. The default is the first byte of the text, or the last of the sequence number if
/// there is no text; a checksum finds both. None if there is no such byte.
#[must_use]
pub fn corrupt(packet: &[u8], byte: Option<u16>) -> Option<Bytes> {
    let default = || {
        let header = packet.get(32).map_or(SHORTEST_HEADERS, |offset| 20 + u16::from(offset >> 4) * 4);
        if packet.len() > usize::from(header) { header } else { LAST_OF_SEQUENCE_NUMBER }
    };
    let byte = byte.unwrap_or_else(default);
    let mut bytes = BytesMut::from(packet);
    *bytes.get_mut(usize::from(byte))? ^= 1;
    Some(bytes.freeze())
}
