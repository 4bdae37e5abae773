//! A part of the run as the ladder shows it. It is found at the end of a run of any length by reading two pages of it.

use std::rc::Rc;

use yew::AttrValue;

use super::scene::Gathered;
use crate::lang::HostId;
use course::{Notation, Numbers};
use lab::net::{PacketId, Record, What};
use lab::trace::{Band, PacketTrace, Tracer};
use lab::{Gather, PAGE, Pages, Records, Session, Trace};
use tcp::time::Instant;
use tcp::{Control, Segment};

/// Two pages of the run. Stretches that follow each other have a page in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The number of its first page.
    pub page: usize,
    /// When it begins, with what was on its way then.
    pub from: Instant,
    /// The moment from which on the next stretch shows it as well.
    pub middle: Instant,
    /// When it ends; None: with the present.
    pub until: Option<Instant>,
    /// Its segments, states and timers. Of states that a host had at once only the one to be shown is left.
    pub trace: Trace,
    /// The numbers of each packet of the trace: `seq=y ack=x+1`.
    pub numbers: Vec<AttrValue>,
    /// What befell a host or the cable.
    pub mishaps: Vec<Rc<Record>>,
}

impl Stretch {
    /// A packet and its numbers.
    #[must_use]
    pub fn packet(&self, id: PacketId) -> Option<(&PacketTrace, &AttrValue)> {
        let index = self.trace.packets.binary_search_by_key(&id, |packet| packet.id).ok()?;
        Some((&self.trace.packets[index], &self.numbers[index]))
    }

    /// What is on its way at its end, next to arrive first, what is held last; each with its numbers.
    #[must_use]
    pub fn in_flight(&self) -> Vec<(&PacketTrace, &AttrValue)> {
        let all = self.trace.packets.iter().zip(&self.numbers);
        let mut flying: Vec<_> = all.filter(|(packet, _)| packet.fate.ended_at().is_none()).collect();
        flying.sort_by_key(|(packet, _)| packet.due_at().unwrap_or(Instant::from_micros(u64::MAX)));
        flying
    }

    /// Reads the stretch that begins with `page`, or the last one; and what was gathered at its end.
    pub(super) fn read(
        session: &Session,
        memory: &mut Pages<Gathered>,
        notation: Notation,
        page: usize,
    ) -> (Gathered, Self) {
        let records = session.records();
        let last = (records.len() / PAGE).saturating_sub(1);
        let page = page.min(last);
        let is_last = page == last;
        let (first, end) = (page * PAGE, if is_last { records.len() } else { (page + 2) * PAGE });
        let mut gathered = memory.before(records, page);
        let carried = &gathered.tracer.trace().packets;
        let at = |index: usize| records.get(index).map_or(session.now(), |record| record.at);
        let begins = if page == 0 { Instant::ZERO } else { at(first) };
        let from = carried.first().map_or(begins, |packet| packet.sent_at.min(begins));
        let numbers_of = |numbers: &Numbers, packet: &PacketTrace| {
            AttrValue::from(numbers_of(numbers, &packet.segment, packet.from, notation))
        };
        let mut numbers: Vec<AttrValue> =
            carried.iter().map(|packet| numbers_of(&gathered.numbers, packet)).collect();
        for index in first..end {
            gathered.add(&records[index]);
            for packet in &gathered.tracer.trace().packets[numbers.len()..] {
                numbers.push(numbers_of(&gathered.numbers, packet));
            }
        }
        let is_mishap = |record: &&Rc<Record>| {
            matches!(record.what, What::Crashed | What::Restarted | What::CableCut | What::CableMended)
        };
        let stretch = Self {
            page,
            from,
            middle: if is_last { from } else { at(first + PAGE) },
            until: if is_last { None } else { Some(at(end - 1)) },
            trace: shown(session, &gathered.tracer, records, end),
            numbers,
            mishaps: (first..end).map(|index| &records[index]).filter(is_mishap).cloned().collect(),
        };
        (gathered, stretch)
    }
}

/// The numbers of a segment, as they stand beside its arrow.
pub(super) fn numbers_of(numbers: &Numbers, segment: &Segment, from: HostId, notation: Notation) -> String {
    let ends = (segment.source, segment.destination);
    let mut text = format!("seq={}", numbers.seq_text(ends, from, segment.seq, notation));
    if segment.has(Control::ACK) {
        text += &format!(" ack={}", numbers.ack_text(ends, from.other(), segment.ack, notation));
    }
    if !segment.text.is_empty() {
        text += &format!(" {} B", segment.text.len());
    }
    text
}

/// The trace of which `tracer` has read all but the records from number `next` on: those tell what became of the packets
/// sent before.
fn shown(session: &Session, tracer: &Tracer, records: Records<'_>, next: usize) -> Trace {
    let (seen, link) = (tracer.trace(), session.world().link());
    let is_unknown =
        |packet: &PacketTrace| packet.fate.ended_at().is_none() && link.packet(packet.id).is_none();
    let mut tracer = tracer.clone();
    for index in next..records.len() {
        if !tracer.trace().packets[..seen.packets.len()].iter().any(is_unknown) {
            break;
        }
        tracer.add(&records[index]);
    }
    let mut trace = tracer.finish(link);
    trace.packets.truncate(seen.packets.len());
    trace.bands.truncate(seen.bands.len());
    trace.timers.truncate(seen.timers.len());
    // One that was set anew at the moment it was set has nothing to show.
    trace.timers.retain(|timer| timer.ended.is_none_or(|(at, _)| at > timer.armed_at));
    trace.bands = HostId::ALL.into_iter().flat_map(|host| bands(&trace.bands, host)).collect();
    trace
}

/// The bands of a host, one after the other: where several sockets have a state at once, the one that came last shows.
fn bands(all: &[Band], host: HostId) -> Vec<Band> {
    // They were entered in the order of time.
    let mine: Vec<&Band> = all.iter().filter(|band| band.host == host).collect();
    let mut shown: Vec<Band> = vec![];
    for (i, band) in mine.iter().enumerate() {
        let next = mine.get(i + 1).map(|next| next.from);
        let to = match (band.to, next) {
            (Some(to), Some(next)) => Some(to.min(next)),
            (to, next) => to.or(next),
        };
        if to.is_none_or(|to| to > band.from) {
            shown.push(Band { to, ..(*band).clone() });
        }
        // When a connection ends, the listener that was there all the time comes to light again.
        let below = mine[..i].iter().rev().find(|lower| lower.to.is_none() && to.is_some());
        if let (Some(lower), Some(to)) = (below, to)
            && next.is_none_or(|next| next > to)
        {
            shown.push(Band { from: to, to: next, ..(*lower).clone() });
        }
    }
    shown
}
