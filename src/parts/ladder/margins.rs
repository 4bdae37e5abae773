//! What stands outside the lifelines: names of states, bars of timers, words about what befell a host.

use yew::AttrValue;

use super::layout::lifeline;
use super::view::{BandView, FateView, LadderView, PacketView, TimerView};
use crate::geometry::{TimeScale, order, push_apart};
use crate::lang::HostId;
use tcp::time::Instant;

/// Bars that run at the same time are at most so many entries apart.
const NEAR: usize = 32;
/// The distance of two words below each other.
const LINE: f64 = 15.0;

/// A name beside a lifeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// What it stands for.
    pub band: BandView,
    /// From where to where.
    pub y: (f64, f64),
    /// Where the name stands.
    pub name_y: f64,
}

/// A timer's bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its place in the view.
    pub index: usize,
    /// Its left edge.
    pub x: f64,
    /// Where it begins, where it ended or `now` is, where it would end.
    pub y: (f64, f64, f64),
    /// Where its label stands.
    pub label_y: f64,
}

/// A word in the margin about a segment that arrived in vain, or about the host itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Whose margin.
    pub host: HostId,
    /// Where it stands.
    pub y: f64,
    /// The word.
    pub words: AttrValue,
}

/// All of it, pushed apart on each side.
pub(super) fn margins(
    view: &LadderView,
    packets: &[PacketView],
    scale: &TimeScale,
    now: Instant,
) -> (Vec<Band>, Vec<Bar>, Vec<Note>) {
    /// Whose place in the margin it is.
    #[derive(Clone, Copy)]
    enum Of {
        Band(usize),
        Bar(usize),
        Note(usize),
    }
    let (mut bands, mut bars, mut notes) = (vec![], vec![], vec![]);
    for host in HostId::ALL {
        let side = lifeline(host);
        let mut wanted: Vec<(f64, Of)> = vec![];
        let mine = view.bands.iter().filter(|band| band.host == host && band.from <= now);
        let first_band = bands.len();
        for band in mine {
            let y = (scale.y(band.from), scale.y(band.to.unwrap_or(now).min(now)));
            wanted.push((y.0 + 12.0, Of::Band(bands.len())));
            bands.push(Band { band: *band, y, name_y: 0.0 });
        }
        if let Some(band) = bands.get_mut(first_band) {
            band.y.0 = 4.0;
        }
        for (index, timer) in view.timers.iter().enumerate().filter(|(_, timer)| timer.host == host) {
            let bar = bar(index, timer, &bars, view, scale, now, side);
            // A timer that was stopped has no name, so it needs no room for one.
            if timer.ended.is_none_or(|(_, fired)| fired) {
                wanted.push((bar.y.0 + 26.0, Of::Bar(bars.len())));
            }
            bars.push(bar);
        }
        // Just below its moment, like the names of states: at its moment is the line of the present.
        let mut note = |at: Instant, words: &AttrValue| {
            wanted.push((scale.y(at) + 11.5, Of::Note(notes.len())));
            notes.push(Note { host, y: 0.0, words: words.clone() });
        };
        for packet in packets.iter().filter(|packet| packet.from != host) {
            if let (FateView::Unread(words), Some(at)) = (&packet.fate, packet.due_at) {
                note(at, words);
            }
        }
        let own = view.events.iter().filter(|event| event.host == Some(host));
        own.for_each(|event| note(event.at, &event.label));
        let tenths: Vec<u64> = wanted.iter().map(|want| (want.0 * 10.0) as u64).collect();
        let wanted: Vec<_> = order(&tenths).into_iter().map(|i| wanted[i]).collect();
        let heights: Vec<f64> = wanted.iter().map(|want| want.0).collect();
        for (y, (_, of)) in push_apart(&heights, LINE, 12.0).into_iter().zip(wanted) {
            match of {
                Of::Band(i) => bands[i].name_y = y,
                Of::Bar(i) => bars[i].label_y = y,
                Of::Note(i) => notes[i].y = y,
            }
        }
    }
    (bands, bars, notes)
}

fn bar(
    index: usize,
    timer: &TimerView,
    earlier: &[Bar],
    view: &LadderView,
    scale: &TimeScale,
    now: Instant,
    side: f64,
) -> Bar {
    let end = timer.ended.map_or(timer.at, |(at, _)| at);
    let y = (scale.y(timer.armed_at), scale.y(end.min(now)), scale.y(end));
    // Bars that run at the same time stand side by side.
    let beside = earlier.iter().rev().take(NEAR).filter(|bar| view.timers[bar.index].host == timer.host);
    let lane = beside.filter(|bar| bar.y.2 > y.0 + 0.5 && bar.y.0 < y.2 - 0.5).count().min(2);
    let away = 8.0 + lane as f64 * 5.0;
    let x = match timer.host {
        HostId::Client => side - away - 2.0,
        HostId::Server => side + away - 2.0,
    };
    Bar { index, x, y, label_y: 0.0 }
}
