//! Captures in the pcapng format, for Wireshark and similar programs.
//!
//! There is one interface for each host. A host captures the packets it sends and the packets it receives, so a
//! delivered packet appears twice and a lost one once. A packet damaged on the way arrives with its wrong checksum. A
//! host that is down captures nothing. Times are virtual microseconds since the epoch.

mod sightings;

use crate::Session;
use crate::host::HostId;
use sightings::{Sighting, sightings};

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
        // The length of the section is left open.
        body.extend(u64::MAX.to_le_bytes());
    });
    for host in HostId::ALL {
        block(&mut file, INTERFACE_DESCRIPTION, |body| {
            body.extend(LINKTYPE_RAW.to_le_bytes());
            body.extend(0u16.to_le_bytes());
            // Packets are captured whole.
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

/// Blocks and options are padded to a multiple of 32 bits.
fn pad(body: &mut Vec<u8>) {
    body.resize(body.len().next_multiple_of(4), 0);
}
