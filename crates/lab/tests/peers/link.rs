//! The link between the two stacks: it loses, duplicates, delays and damages packets, depending on a seed.

use bytes::{Bytes, BytesMut};
use tcp::rng::Rng;
use tcp::time::{Duration, Instant};

/// How long a packet is normally on its way.
const LATENCY: Duration = Duration::from_millis(20);

/// What the link does to packets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Weather {
    /// Nothing.
    Fair,
    /// The number of packets in a thousand to which each of these happens. Every packet is delayed by up to the jitter,
    /// so packets are reordered.
    Foul { loss: u16, duplication: u16, corruption: u16, jitter_millis: u32 },
}

/// Packets on their way, both directions.
pub(crate) struct Link {
    weather: Weather,
    rng: Rng,
    flying: Vec<Packet>,
    count: u32,
}

pub(crate) struct Packet {
    at: Instant,
    /// Of two packets that arrive together, the one sent first comes first.
    number: u32,
    /// It goes to our end, otherwise to theirs.
    pub(crate) to_us: bool,
    pub(crate) bytes: Bytes,
}

impl Link {
    pub(crate) fn new(weather: Weather, seed: u64) -> Self {
        Self { weather, rng: Rng::new(seed), flying: Vec::new(), count: 0 }
    }

    pub(crate) fn send(&mut self, now: Instant, to_us: bool, bytes: &Bytes) {
        let Weather::Foul { loss, duplication, corruption, jitter_millis } = self.weather else {
            return self.push(now + LATENCY, to_us, bytes.clone());
        };
        if self.rng.per_mille(loss) {
            return;
        }
        let copies = if self.rng.per_mille(duplication) { 2 } else { 1 };
        for _ in 0..copies {
            let late = Duration::from_millis(u64::from(self.rng.below(jitter_millis + 1)));
            let bytes = if self.rng.per_mille(corruption) { self.damage(bytes) } else { bytes.clone() };
            self.push(now + LATENCY + late, to_us, bytes);
        }
    }

    /// Flips one bit. A checksum finds any single flipped bit.
    fn damage(&mut self, bytes: &Bytes) -> Bytes {
        let mut damaged = BytesMut::from(&bytes[..]);
        let at = self.rng.below(bytes.len() as u32) as usize;
        damaged[at] ^= 1 << self.rng.below(8);
        damaged.freeze()
    }

    fn push(&mut self, at: Instant, to_us: bool, bytes: Bytes) {
        self.flying.push(Packet { at, number: self.count, to_us, bytes });
        self.count += 1;
    }

    /// When the next packet arrives.
    pub(crate) fn next_arrival(&self) -> Option<Instant> {
        self.flying.iter().map(|packet| packet.at).min()
    }

    /// The next packet, if it is due.
    pub(crate) fn take(&mut self, now: Instant) -> Option<Packet> {
        let due = self.flying.iter().enumerate().filter(|(_, packet)| packet.at <= now);
        let (place, _) = due.min_by_key(|(_, packet)| (packet.at, packet.number))?;
        Some(self.flying.swap_remove(place))
    }
}
