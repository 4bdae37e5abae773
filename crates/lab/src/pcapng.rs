//! Captures in the pcapng format, for Wireshark and its kin.
//!
//! Two interfaces, one a host: what a host sends is captured as it leaves, what it receives as it arrives, so a lost
//! packet is seen once and a delivered one twice, as two capturing hosts would see it. One that was damaged on the way
//! is seen with its wrong checksum where it arrived; a host that is down captures nothing. Times are virtual
//! microseconds from the epoch.

use bytes::Bytes;

use crate::host::HostId;
use crate::net::{By, PacketId, Verdict, What, corrupt};
use crate::{Records, Session};
use std::collections::BTreeMap;
use tcp::time::Instant;
use tcp::wire;

/// LINKTYPE_RAW: the packet begins with the IP header.
const LINKTYPE_RAW: u16 = 101;

const SECTION_HEADER: u32 = 0x0A0D_0D0A;
const INTERFACE_DESCRIPTION: u32 = 1;
const ENHANCED_PACKET: u32 = 6;
const BYTE_ORDER_MAGIC: u32 = 0x1A2B_3C4D;

/// Option codes: if_name, and if_tsresol with microseconds as 10^-6.
const IF_NAME: u16 = 2;
const IF_TSRESOL: u16 = 9;
const MICROSECONDS: u8 = 6;

/// The capture of everything up to the cursor of `session`.
#[must_use]
pub fn capture(session: &Session) -> Vec<u8> {
    let mut file = Vec::new();
    block(&mut file, SECTION_HEADER, |body| {
        body.extend(BYTE_ORDER_MAGIC.to_le_bytes());
        body.extend(1u16.to_le_bytes());
        body.extend(0u16.to_le_bytes());
        // The length of the section is not stated.
        body.extend(u64::MAX.to_le_bytes());
    });
    for host in HostId::ALL {
        block(&mut file, INTERFACE_DESCRIPTION, |body| {
            body.extend(LINKTYPE_RAW.to_le_bytes());
            body.extend(0u16.to_le_bytes());
            // No limit to what was kept of a packet.
            body.extend(0u32.to_le_bytes());
            option(body, IF_NAME, host.name().as_bytes());
            option(body, IF_TSRESOL, &[MICROSECONDS]);
            option(body, 0, &[]);
        });
    }
    for Sighting { at, host, bytes } in sightings(session.records()) {
        block(&mut file, ENHANCED_PACKET, |body| {
            let micros = at.as_micros();
            body.extend((host.index() as u32).to_le_bytes());
            body.extend(((micros >> 32) as u32).to_le_bytes());
            body.extend((micros as u32).to_le_bytes());
            body.extend((bytes.len() as u32).to_le_bytes());
            body.extend((bytes.len() as u32).to_le_bytes());
            body.extend(&bytes);
            pad(body);
        });
    }
    file
}

/// A packet that passed a host.
struct Sighting {
    at: Instant,
    host: HostId,
    bytes: Bytes,
}

/// Every time a packet passes a host, in the order in which it happened.
fn sightings(records: Records<'_>) -> Vec<Sighting> {
    let mut sightings = Vec::new();
    // What is on the link: the bytes as they are there, and who sent them.
    let mut link: BTreeMap<PacketId, (HostId, Bytes)> = BTreeMap::new();
    for record in records.iter() {
        let arrived = match &record.what {
            What::Transition { packet, .. } => *packet,
            What::Discarded { packet, .. } => Some(*packet),
            What::Verdict { packet, verdict, by, copy } => {
                judge(&mut link, *packet, *verdict, *by, *copy);
                None
            }
            What::Unheard { packet } => {
                link.remove(packet);
                None
            }
            What::Call { .. }
            | What::Crashed
            | What::Restarted
            | What::CableCut
            | What::CableMended
            | What::Setting(_) => None,
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
                // A standing rule hits the last byte of a packet that is too short for it.
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

/// One block: type and length before the body, the length again after it.
fn block(file: &mut Vec<u8>, kind: u32, fill: impl FnOnce(&mut Vec<u8>)) {
    let mut body = Vec::new();
    fill(&mut body);
    let length = (body.len() as u32 + 12).to_le_bytes();
    file.extend(kind.to_le_bytes());
    file.extend(length);
    file.extend(body);
    file.extend(length);
}

fn option(body: &mut Vec<u8>, code: u16, value: &[u8]) {
    body.extend(code.to_le_bytes());
    body.extend((value.len() as u16).to_le_bytes());
    body.extend(value);
    pad(body);
}

/// Blocks and options end on a boundary of 32 bits. Every field before is a multiple of that.
fn pad(body: &mut Vec<u8>) {
    while !body.len().is_multiple_of(4) {
        body.push(0);
    }
}
