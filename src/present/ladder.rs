//! The run as the ladder shows it.

use yew::AttrValue;

use super::Scene;
use super::scene::Window;
use crate::geometry::order;
use crate::lang::{HostId, Lang};
use crate::parts::ladder::view::{
    BandView, EventView, FateView, LadderView, Marks, PacketView, Part, TimerView,
};
use crate::text::{Msg, dropped_by};
use lab::net::{Link, What};
use lab::trace::{Band, Fate, PacketTrace, TimerEnd};
use tcp::time::{Duration, Instant};

/// The ladder of a scene: its newest part, or the one that begins with page `page` of the run.
pub(super) fn ladder(scene: &Scene, page: Option<usize>) -> LadderView {
    let earlier = page.filter(|page| *page < scene.window.page).map(|page| scene.window(page));
    let window = earlier.as_ref().unwrap_or(&scene.window);
    let (link, lang) = (scene.session.world().link(), scene.voice.lang);
    let view = |window: &Window, packet| packet_view(link, window.label(packet), packet, lang);
    let trace = &window.trace;
    let timers = trace.timers.iter().map(|bar| TimerView {
        host: bar.host,
        kind: bar.kind,
        armed_at: bar.armed_at,
        at: bar.at,
        ended: bar.ended.map(|(at, end)| (at, end == TimerEnd::Fired)),
    });
    let newest = scene.window.trace.packets.iter();
    let flying = newest.filter(|packet| packet.fate.ended_at().is_none());
    let flying: Vec<_> = flying.map(|packet| view(&scene.window, packet)).collect();
    let dues: Vec<u64> =
        flying.iter().map(|packet| packet.due_at.map_or(u64::MAX, Instant::as_micros)).collect();
    LadderView {
        part: Part {
            page: window.page,
            last_page: scene.window.page,
            from: window.from,
            middle: window.middle,
            until: earlier.as_ref().map(|window| window.until),
        },
        packets: trace.packets.iter().map(|packet| view(window, packet)).collect(),
        flying: order(&dues).into_iter().map(|i| flying[i].clone()).collect(),
        bands: HostId::ALL.into_iter().flat_map(|host| bands(&trace.bands, host)).collect(),
        // One that was set anew at the moment it was set has nothing to show.
        timers: timers.filter(|timer| timer.ended.is_none_or(|(at, _)| at > timer.armed_at)).collect(),
        events: events(scene, window),
    }
}

fn packet_view(link: &Link, numbers: &str, packet: &PacketTrace, lang: Lang) -> PacketView {
    let usual = packet.sent_at + link.latency(packet.from);
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
        numbers: AttrValue::from(numbers.to_owned()),
        copy_of: packet.copy_of.map(|id| id.0),
        marks,
        tags: marks.words(packet.copy_of.is_some(), lang),
    }
}

/// The bands of a host, one after the other: where several sockets have a state at once, the one that came last shows.
fn bands(all: &[Band], host: HostId) -> Vec<BandView> {
    // They were entered in the order of time.
    let mine: Vec<&Band> = all.iter().filter(|band| band.host == host).collect();
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

fn events(scene: &Scene, window: &Window) -> Vec<EventView> {
    let lang = scene.voice.lang;
    let all = scene.session.records();
    let records = (window.span.0..window.span.1).map(|index| &all[index]);
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
