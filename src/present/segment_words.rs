//! What the page says of a segment on the ladder, and of what befell a host or the cable.

use crate::lang::Lang;
use crate::text::{Msg, dropped_by};
use lab::net::{Record, What};
use lab::trace::{Fate, PacketTrace};

/// A segment by its flags and numbers: `SYN,ACK seq=y ack=x+1`.
#[must_use]
pub fn name(packet: &PacketTrace, numbers: &str) -> String {
    format!("{} {numbers}", packet.segment.control)
}

/// What sets a segment apart.
#[must_use]
pub fn tags(packet: &PacketTrace, lang: Lang) -> String {
    let said = [
        (packet.retransmission, Msg::Retransmitted),
        (packet.copy_of.is_some(), Msg::Copy),
        (packet.corrupted, Msg::Corrupted),
        (packet.stale, Msg::Stale),
    ];
    let said: Vec<_> = said.into_iter().filter(|(is, _)| *is).map(|(_, msg)| msg.in_lang(lang)).collect();
    said.join(Msg::ListComma.in_lang(lang))
}

/// How a segment came to no good: who dropped it, or why it arrived in vain.
#[must_use]
pub fn bad_end(fate: Fate, lang: Lang) -> Option<&'static str> {
    match fate {
        Fate::Dropped { by, .. } => Some(dropped_by(by, lang)),
        Fate::Discarded { .. } => Some(Msg::BadChecksum.in_lang(lang)),
        Fate::Unheard { .. } => Some(Msg::HostIsDown.in_lang(lang)),
        Fate::Flying { .. } | Fate::Held | Fate::Arrived(_) => None,
    }
}

/// What befell a host or the cable, in a word.
#[must_use]
pub fn mishap(record: &Record, lang: Lang) -> &'static str {
    let msg = match record.what {
        What::Crashed => Msg::EventCrashed,
        What::Restarted => Msg::EventRestarted,
        What::CableCut => Msg::EventCableCut,
        What::CableMended => Msg::EventCableMended,
        _ => return "",
    };
    msg.in_lang(lang)
}
