//! The inside of a packet: its headers, and its bytes.

use bytes::Bytes;

use super::Scene;
use super::segment_words::name;
use tcp::SeqNumber;
use tcp::wire::{self, Field};

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Inside {
    /// `SYN,ACK seq=y ack=x+1`
    pub name: String,
    /// The fields of its headers, each with what it means in the notation chosen.
    pub fields: Vec<(Field, String)>,
    /// As they are on the wire now, or were when it was sent.
    pub bytes: Bytes,
}

/// The inside of packet number `id`.
#[must_use]
pub fn inside(scene: &Scene, id: u32) -> Option<Inside> {
    let (packet, numbers) = scene.packet(id)?;
    let flying = scene.session.world().link().packet(packet.id).map(|packet| packet.bytes.clone());
    let bytes = flying.unwrap_or_else(|| wire::encode(&packet.segment));
    let ends = (packet.segment.source, packet.segment.destination);
    let meaning = |field: &Field| {
        let owner = match field.name {
            "Sequence Number" => packet.from,
            "Acknowledgment Number" => packet.from.other(),
            _ => return String::new(),
        };
        // The field has 32 bits.
        let number = SeqNumber(field.value as u32);
        scene.gathered.numbers.seq_text(ends, owner, number, scene.voice.notation)
    };
    let fields = wire::fields(&bytes).into_iter().map(|field| (field, meaning(&field))).collect();
    Some(Inside { name: name(&packet, &numbers), fields, bytes })
}
