//! Which packets each host sees, and when.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::Records;
use crate::host::HostId;
use crate::net::{By, PacketId, Verdict, What, corrupt};
use tcp::time::Instant;
use tcp::wire;

/// A packet that a host sent or received.
pub(super) struct Sighting {
    pub(super) at: Instant,
    pub(super) host: HostId,
    pub(super) bytes: Bytes,
}

/// Every packet that a host sent or received, in order.
pub(super) fn sightings(records: Records<'_>) -> Vec<Sighting> {
    let mut sightings = Vec::new();
    // The packets on the link: who sent each, and its bytes.
    let mut link: BTreeMap<PacketId, (HostId, Bytes)> = BTreeMap::new();
    for record in records.iter() {
        let arrived = match &record.what {
            What::Transition { packet, .. } => *packet,
            What::Discarded { packet, .. } => Some(*packet),
            What::Verdict { packet, verdict, by, copy, .. } => {
                judge(&mut link, *packet, *verdict, *by, *copy);
                None
            }
            What::Unheard { packet, .. } => {
                link.remove(packet);
                None
            }
            _ => None,
        };
        if let Some((from, bytes)) = arrived.and_then(|packet| link.remove(&packet)) {
            sightings.push(Sighting { at: record.at, host: from.other(), bytes });
        }
        let (What::Transition { transition, .. }, Some(host)) = (&record.what, record.host) else { continue };
        for ((segment, _), packet) in transition.sent().zip(&record.sent) {
            let bytes = wire::encode(segment);
            sightings.push(Sighting { at: record.at, host, bytes: bytes.clone() });
            link.insert(*packet, (host, bytes));
        }
    }
    sightings
}

/// What a verdict does to the bytes on the link.
fn judge(
    link: &mut BTreeMap<PacketId, (HostId, Bytes)>,
    packet: PacketId,
    verdict: Verdict,
    by: By,
    copy: Option<PacketId>,
) {
    match verdict {
        Verdict::Drop | Verdict::Unreachable(_) => {
            link.remove(&packet);
        }
        Verdict::Duplicate => {
            if let (Some(copy), Some(original)) = (copy, link.get(&packet).cloned()) {
                link.insert(copy, original);
            }
        }
        Verdict::Corrupt { byte } => {
            if let Some((_, bytes)) = link.get_mut(&packet) {
                // If a rule names a byte that the packet does not have, the last byte is changed.
                let last = bytes.len().saturating_sub(1) as u16;
                let byte = byte.map(|byte| if by == By::Rule { byte.min(last) } else { byte });
                if let Some(damaged) = corrupt(bytes, byte) {
                    *bytes = damaged;
                }
            }
        }
        Verdict::Deliver | Verdict::Delay(_) | Verdict::Hold | Verdict::Release | Verdict::Swap => {}
    }
}
