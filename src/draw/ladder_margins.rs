//! The two lifelines, and what stands outside of them: names of states, bars of timers, words about what befell a host.

use super::geometry::push_apart;
use super::time_scale::TimeScale;
use crate::lang::{HostId, Lang};
use crate::present::segment_words::{bad_end, mishap};
use crate::present::stretch::Stretch;
use lab::trace::{Band, Fate, PacketTrace, TimerBar, TimerEnd};
use tcp::time::Instant;

/// The width of the drawing; its height is as long as the run.
pub const WIDTH: f64 = 396.0;
/// Room for the names and the timers outside each lifeline.
pub const MARGIN: f64 = 94.0;
/// The width of a lifeline's band.
pub const BAND: f64 = 7.0;
/// Bars that run at the same time are at most so many entries apart.
const NEAR: usize = 32;
/// The distance of two words below each other.
const LINE: f64 = 15.0;

/// Where a host's lifeline is.
#[must_use]
pub const fn lifeline(host: HostId) -> f64 {
    match host {
        HostId::Client => MARGIN,
        HostId::Server => WIDTH - MARGIN,
    }
}

/// Where words stand that are about a host: the class that says which of their ends is here, and how far across.
#[must_use]
pub const fn beside(host: HostId) -> (Option<&'static str>, f64) {
    match host {
        HostId::Client => (Some("at-end"), lifeline(host) - 19.0),
        HostId::Server => (None, lifeline(host) + 19.0),
    }
}

/// A name beside a lifeline.
#[derive(Clone, Debug, PartialEq)]
pub struct BandPlace {
    /// What it stands for.
    pub band: Band,
    /// From where to where.
    pub y: (f64, f64),
    /// Where the name stands.
    pub name_y: f64,
}

/// A timer's bar.
#[derive(Clone, Debug, PartialEq)]
pub struct TimerPlace {
    /// The timer's place in the trace.
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
pub struct MarginNote {
    /// Whose margin.
    pub host: HostId,
    /// Where it stands.
    pub y: f64,
    /// The word.
    pub words: &'static str,
}

/// All of it, pushed apart on each side.
pub(super) fn margins(
    stretch: &Stretch,
    packets: &[PacketTrace],
    scale: &TimeScale,
    now: Instant,
    lang: Lang,
) -> (Vec<BandPlace>, Vec<TimerPlace>, Vec<MarginNote>) {
    /// Whose place in the margin it is.
    #[derive(Clone, Copy)]
    enum Of {
        Band(usize),
        Timer(usize),
        Note(usize),
    }
    let (mut bands, mut timers, mut notes) = (vec![], vec![], vec![]);
    for host in HostId::ALL {
        let mut wanted: Vec<(f64, Of)> = vec![];
        let mine = stretch.trace.bands.iter().filter(|band| band.host == host && band.from <= now);
        let first_band = bands.len();
        for band in mine {
            let y = (scale.y(band.from), scale.y(band.to.unwrap_or(now).min(now)));
            wanted.push((y.0 + 12.0, Of::Band(bands.len())));
            bands.push(BandPlace { band: band.clone(), y, name_y: 0.0 });
        }
        if let Some(band) = bands.get_mut(first_band) {
            band.y.0 = 4.0;
        }
        for (index, timer) in stretch.trace.timers.iter().enumerate().filter(|(_, timer)| timer.host == host)
        {
            let place = timer_place(index, timer, &timers, stretch, scale, now);
            // A timer that was stopped has no name, so it needs no room for one.
            if timer.ended.is_none_or(|(_, end)| end == TimerEnd::Fired) {
                wanted.push((place.y.0 + 26.0, Of::Timer(timers.len())));
            }
            timers.push(place);
        }
        // Just below its moment, like the names of states: at its moment is the line of the present.
        let mut note = |at: Instant, words: &'static str| {
            wanted.push((scale.y(at) + 11.5, Of::Note(notes.len())));
            notes.push(MarginNote { host, y: 0.0, words });
        };
        for packet in packets.iter().filter(|packet| packet.from != host) {
            if let Fate::Discarded { at, .. } | Fate::Unheard { at } = packet.fate {
                note(at, bad_end(packet.fate, lang).unwrap_or_default());
            }
        }
        let own = stretch.mishaps.iter().filter(|record| record.host == Some(host));
        own.for_each(|record| note(record.at, mishap(record, lang)));
        wanted.sort_by_key(|(y, _)| (y * 10.0) as u64);
        let heights: Vec<f64> = wanted.iter().map(|want| want.0).collect();
        for (y, (_, of)) in push_apart(&heights, LINE, 12.0).into_iter().zip(wanted) {
            match of {
                Of::Band(i) => bands[i].name_y = y,
                Of::Timer(i) => timers[i].label_y = y,
                Of::Note(i) => notes[i].y = y,
            }
        }
    }
    (bands, timers, notes)
}

fn timer_place(
    index: usize,
    timer: &TimerBar,
    earlier: &[TimerPlace],
    stretch: &Stretch,
    scale: &TimeScale,
    now: Instant,
) -> TimerPlace {
    let end = timer.ended.map_or(timer.at, |(at, _)| at);
    let y = (scale.y(timer.armed_at), scale.y(end.min(now)), scale.y(end));
    // Bars that run at the same time stand side by side.
    let is_beside = |place: &&TimerPlace| stretch.trace.timers[place.index].host == timer.host;
    let beside = earlier.iter().rev().take(NEAR).filter(is_beside);
    let lane = beside.filter(|bar| bar.y.2 > y.0 + 0.5 && bar.y.0 < y.2 - 0.5).count().min(2);
    let away = 8.0 + lane as f64 * 5.0;
    let x = match timer.host {
        HostId::Client => lifeline(timer.host) - away - 2.0,
        HostId::Server => lifeline(timer.host) + away - 2.0,
    };
    TimerPlace { index, x, y, label_y: 0.0 }
}
