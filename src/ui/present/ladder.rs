//! The run as the ladder shows it.

use yew::AttrValue;

use super::Scene;
use crate::lab::trace::{Band, Fate, PacketTrace, TimerEnd};
use crate::net::What;
use crate::time::Duration;
use crate::ui::geometry::sort_by;
use crate::ui::ladder::view::{BandView, EventView, FateView, LadderView, Marks, PacketView, TimerView};
use crate::ui::lang::HostId;
use crate::ui::text::{Msg, dropped_by};

/// The ladder of a scene.
pub(super) fn ladder(scene: &Scene<'_>) -> LadderView {
    let trace = &scene.trace;
    let timers = trace.timers.iter().map(|bar| TimerView {
        host: bar.host,
        kind: bar.kind,
        armed_at: bar.armed_at,
        at: bar.at,
        ended: bar.ended.map(|(at, end)| (at, end == TimerEnd::Fired)),
    });
    LadderView {
        packets: trace.packets.iter().map(|packet| packet_view(scene, packet)).collect(),
        bands: HostId::ALL.into_iter().flat_map(|host| bands(&trace.bands, host)).collect(),
        // One that was set anew at the moment it was set has nothing to show.
        timers: timers.filter(|timer| timer.ended.is_none_or(|(at, _)| at > timer.armed_at)).collect(),
        events: events(scene),
    }
}

fn packet_view(scene: &Scene<'_>, packet: &PacketTrace) -> PacketView {
    let lang = scene.voice.lang;
    let usual = packet.sent_at + scene.session.world().link().latency(packet.from);
    let (due_at, fate) = match packet.fate {
        Fate::Flying { arrives_at } => (Some(arrives_at), FateView::Flying),
        Fate::Held => (None, FateView::Held),
        Fate::Arrived(at) => (Some(at), FateView::Arrived),
        Fate::Dropped { at, by } => (Some(usual.max(at)), FateView::Dropped(at, dropped_by(by, lang).into())),
        Fate::Discarded { at, .. } => (Some(at), FateView::Unread(Msg::BadChecksum.text(lang))),
        Fate::Unheard { at } => (Some(at), FateView::Unread(Msg::HostIsDown.text(lang))),
    };
    let marks =
        Marks { retransmission: packet.retransmission, corrupted: packet.corrupted, stale: packet.stale };
    let delayed = packet.delayed.filter(|by| *by > Duration::ZERO);
    PacketView {
        id: packet.id.0,
        from: packet.from,
        sent_at: packet.sent_at,
        due_at,
        undelayed_at: delayed.map(|_| usual),
        fate,
        flags: AttrValue::from(packet.segment.control.to_string()),
        numbers: AttrValue::from(scene.label(packet).to_owned()),
        copy_of: packet.copy_of.map(|id| id.0),
        marks,
        tags: marks.words(packet.copy_of.is_some(), lang),
    }
}

/// The bands of a host, one after the other: where several sockets have a state at once, the one that came last shows.
fn bands(all: &[Band], host: HostId) -> Vec<BandView> {
    let mut mine: Vec<&Band> = all.iter().filter(|band| band.host == host).collect();
    sort_by(&mut mine, |a, b| a.from <= b.from);
    let mut shown: Vec<BandView> = vec![];
    for (i, band) in mine.iter().enumerate() {
        let next = mine.get(i + 1).map(|next| next.from);
        let to = match (band.to, next) {
            (Some(to), Some(next)) => Some(to.min(next)),
            (to, next) => to.or(next),
        };
        if to.is_none_or(|to| to > band.from) {
            shown.push(BandView { host, from: band.from, to, state: band.state });
        }
        // When a connection ends, the listener that was there all the time comes to light again.
        let below = mine[..i].iter().rev().find(|lower| lower.to.is_none() && to.is_some());
        if let (Some(lower), Some(to)) = (below, to)
            && next.is_none_or(|next| next > to)
        {
            shown.push(BandView { host, from: to, to: next, state: lower.state });
        }
    }
    shown
}

fn events(scene: &Scene<'_>) -> Vec<EventView> {
    let lang = scene.voice.lang;
    let records = scene.session.records().iter();
    let events = records.filter_map(|record| {
        let msg = match record.what {
            What::Crashed => Msg::EventCrashed,
            What::Restarted => Msg::EventRestarted,
            What::CableCut => Msg::EventCableCut,
            What::CableMended => Msg::EventCableMended,
            _ => return None,
        };
        Some(EventView { host: record.host, at: record.at, label: msg.text(lang) })
    });
    events.collect()
}
