//! The ladder on paper: which lines, which labels, where.

#[cfg(test)]
mod tests;

use super::Point;
use super::geometry::ratio;
use super::ladder_labels::{Label, Placer};
use super::ladder_margins::{BAND, BandPlace, MARGIN, MarginNote, TimerPlace, WIDTH, margins};
use super::time_scale::{Fold, Stop, TimeScale};
use crate::lang::{HostId, Lang};
use crate::present::segment_words::{bad_end, mishap, tags};
use crate::present::stretch::Stretch;
use lab::trace::{Fate, PacketTrace};
use tcp::time::{Duration, Instant};

/// The drawing shows this many segments at most, the newest of its part of the run: only a storm has more.
pub const WINDOW: usize = 300;
/// Whatever could lie in each other's way is at most so many entries apart.
const NEAR: usize = 32;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 30.0;
const LEAP: f64 = 160.0;

/// How far the cross at the end of a segment reaches, and the ring around one that is held.
const CROSS: f64 = 5.0;
const RING: f64 = 9.0;
/// As wide as the word at a ring in any language.
const HELD: &str = "(held)";
/// As wide as what is said of a folded silence.
const SILENCE: &str = "1.5 s without a segment";

/// Where the arrows of a host begin or end: at the inner rim of its band.
const fn rim(host: HostId) -> f64 {
    match host {
        HostId::Client => MARGIN + BAND / 2.0 + 1.0,
        HostId::Server => WIDTH - MARGIN - BAND / 2.0 - 1.0,
    }
}

/// A segment on paper: the way of its packet, and where its words stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Its place in the trace.
    pub index: usize,
    /// The way it has gone.
    pub gone: Vec<Point>,
    /// The way still before it, or never gone.
    pub ahead: Vec<Point>,
    /// Where it ended badly.
    pub cross: Option<Point>,
    /// Its label.
    pub label: Label,
    /// Where the word about its end stands.
    pub fate_at: Point,
    /// Where its menu hangs.
    pub anchor: Point,
}

/// The whole drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LadderLayout {
    /// Its height.
    pub height: f64,
    /// The segments.
    pub arrows: Vec<Arrow>,
    /// The states.
    pub bands: Vec<BandPlace>,
    /// The timers.
    pub timers: Vec<TimerPlace>,
    /// The words about segments that arrived in vain, and about the hosts.
    pub notes: Vec<MarginNote>,
    /// The words about the cable.
    pub mishaps: Vec<(Point, &'static str)>,
    /// The folded silences, with whether no segment was on its way.
    pub folds: Vec<Fold>,
    /// Where the present is.
    pub now_y: f64,
    /// Segments left out because there are too many.
    pub hidden: usize,
    scale: TimeScale,
}

/// The part of the drawing that stays the same while the clock runs: made once for every event, not for every frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LadderPlan {
    scale: TimeScale,
    lines: Vec<Vec<Point>>,
    labels: Vec<Label>,
    fates: Vec<Point>,
    mishaps: Vec<(Point, &'static str)>,
    hidden: usize,
    lang: Lang,
}

impl LadderPlan {
    /// Lays out the run.
    #[must_use]
    pub fn new(stretch: &Stretch, lang: Lang) -> Self {
        let hidden = stretch.trace.packets.len().saturating_sub(WINDOW);
        let packets = &stretch.trace.packets[hidden..];
        let rows = RowsOfMoments::of(packets);
        let scale = TimeScale::new(stops(stretch, packets, &rows), TOP);
        let lines: Vec<_> = (0..packets.len()).map(|i| line(i, packets, &rows, &scale)).collect();
        let mut placer = Placer::default();
        let ends: Vec<_> =
            lines.iter().zip(packets).map(|(line, packet)| fate(packet, line, packet.sent_at)).collect();
        for ((gone, _, cross), line) in ends.iter().zip(&lines) {
            // Of one that was lost the rest of its way is not drawn.
            placer.block(if cross.is_some() { gone } else { line });
        }
        let signs: Vec<_> =
            ends.iter().zip(packets).map(|((gone, _, cross), packet)| sign(packet, gone, *cross)).collect();
        for &((x, y), r) in signs.iter().flatten() {
            placer.block(&[(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r), (x - r, y - r)]);
        }
        let labels = lines.iter().zip(packets).enumerate().map(|(i, (line, packet))| {
            let flags = format!("{} {}", packet.segment.control, tags(packet, lang));
            placer.place(i, line, &flags, &stretch.numbers[hidden + i])
        });
        let labels = labels.collect();
        for fold in scale.folds().iter().filter(|fold| !is_busy(packets, fold)) {
            placer.take((WIDTH / 2.0, (fold.y.0 + fold.y.1) / 2.0 + 4.0), SILENCE);
        }
        let between = (rim(HostId::Client), rim(HostId::Server));
        let fates = packets.iter().zip(&signs).map(|(packet, sign)| {
            let words = match packet.fate {
                Fate::Dropped { .. } => bad_end(packet.fate, lang),
                Fate::Held => Some(HELD),
                _ => None,
            };
            match (words, sign) {
                (Some(words), Some((at, reach))) => placer.place_words(*at, *reach, words, between),
                _ => Point::default(),
            }
        });
        let fates = fates.collect();
        // What befell a host stands in its margin.
        let mishaps = stretch.mishaps.iter().filter(|record| record.host.is_none()).map(|record| {
            let (at, words) = ((WIDTH / 2.0, scale.y(record.at)), mishap(record, lang));
            (placer.place_words(at, 0.0, words, between), words)
        });
        let mishaps = mishaps.collect();
        Self { scale, lines, labels, fates, mishaps, hidden, lang }
    }

    /// The drawing as it stands at `now`.
    #[must_use]
    pub fn at(&self, stretch: &Stretch, now: Instant) -> LadderLayout {
        let packets = &stretch.trace.packets[self.hidden..];
        let now = stretch.until.unwrap_or(now);
        let scale = self.scale.until(now, TOP);
        let now_y = scale.y(now);
        let arrows = packets.iter().enumerate().map(|(i, packet)| {
            let (gone, ahead, cross) = fate(packet, &self.lines[i], now);
            let anchor = gone.last().copied().unwrap_or_default();
            let (label, fate_at) = (self.labels[i].clone(), self.fates[i]);
            Arrow { index: self.hidden + i, gone, ahead, cross, label, fate_at, anchor }
        });
        let arrows = arrows.collect();
        let (bands, timers, notes) = margins(stretch, packets, &scale, now, self.lang);
        // By leaps: each change of the height makes the browser measure every text anew.
        let height = ((scale.bottom().max(now_y) + BOTTOM) / LEAP).ceil() * LEAP;
        let folds = scale.folds().iter().filter(|fold| !is_busy(packets, fold)).copied().collect();
        let (mishaps, hidden) = (self.mishaps.clone(), self.hidden);
        LadderLayout { height, arrows, bands, timers, notes, mishaps, folds, now_y, hidden, scale }
    }
}

impl LadderLayout {
    /// Which moment is at a height.
    #[must_use]
    pub fn at(&self, y: f64) -> Instant {
        self.scale.at(y)
    }

    /// Where a moment is.
    #[must_use]
    pub fn y(&self, at: Instant) -> f64 {
        self.scale.y(at)
    }
}

/// Which row of its moment a segment leaves from and arrives at.
struct RowsOfMoments {
    sent: Vec<u32>,
    due: Vec<u32>,
}

impl RowsOfMoments {
    fn of(packets: &[PacketTrace]) -> Self {
        // Few segments share a moment, so the last entry that matches is near the end.
        let next = |seen: &mut Vec<(HostId, Instant, u32)>, host: HostId, at: Instant| {
            let same = seen.iter().rev().take(NEAR).find(|(h, t, _)| (*h, *t) == (host, at));
            let row = same.map_or(0, |(_, _, row)| row + 1);
            seen.push((host, at, row));
            row
        };
        let (mut leaving, mut arriving) = (vec![], vec![]);
        // A copy starts where its original is, not at the sender, so it needs no row there.
        let sent = packets.iter().map(|packet| match packet.copy_of {
            Some(_) => 0,
            None => next(&mut leaving, packet.from, packet.sent_at),
        });
        let sent = sent.collect();
        let due = packets.iter().map(|packet| match packet.due_at() {
            Some(at) => next(&mut arriving, packet.from, at),
            None => 0,
        });
        Self { sent, due: due.collect() }
    }
}

fn stops(stretch: &Stretch, packets: &[PacketTrace], rows: &RowsOfMoments) -> Vec<Stop> {
    let mut stops = vec![];
    let mut stop = |at, row: u32| stops.push(Stop { at, rows: row + 1 });
    for (i, packet) in packets.iter().enumerate() {
        stop(packet.sent_at, rows.sent[i]);
        // Also of one that was lost: its line keeps the slope it would have had.
        packet.due_at().into_iter().for_each(|at| stop(at, rows.due[i]));
        if let Fate::Dropped { at, .. } = packet.fate {
            stop(at, 0);
        }
    }
    stop(stretch.from, 0);
    for band in &stretch.trace.bands {
        stop(band.from.max(stretch.from), 0);
    }
    let ends = stretch.trace.timers.iter().map(|timer| timer.ended.map_or(timer.at, |(at, _)| at));
    // What ends after this part of the run is cut off at its end.
    ends.filter(|end| stretch.until.is_none_or(|until| *end <= until)).for_each(|end| stop(end, 0));
    for record in &stretch.mishaps {
        stop(record.at, 0);
    }
    stops
}

/// A silence in which a segment is on its way is drawn short as well, but it is no silence.
fn is_busy(packets: &[PacketTrace], fold: &Fold) -> bool {
    packets.iter().any(|packet| {
        let end = match packet.fate {
            Fate::Dropped { at, .. } => Some(at),
            _ => packet.due_at(),
        };
        packet.sent_at < fold.span.1 && end.is_none_or(|end| end > fold.span.0)
    })
}

/// The whole way of a segment, as far as it is known.
fn line(i: usize, packets: &[PacketTrace], rows: &RowsOfMoments, scale: &TimeScale) -> Vec<Point> {
    let packet = &packets[i];
    let mut line = whole_line(packet, i, rows, scale);
    let original = packet.copy_of.and_then(|id| packets.binary_search_by_key(&id, |other| other.id).ok());
    if let Some(original) = original {
        // A duplicate forks off the line of its original, a third of the way.
        line[0] = along(&whole_line(&packets[original], original, rows, scale), 0.34);
    }
    line
}

/// The part of its way a segment has gone, the part before it, and where it ended badly.
fn fate(packet: &PacketTrace, line: &[Point], now: Instant) -> (Vec<Point>, Vec<Point>, Option<Point>) {
    let part_of =
        |until: Instant, due: Instant| ratio(until.since(packet.sent_at), due.since(packet.sent_at));
    match packet.fate {
        Fate::Arrived(_) => (line.to_vec(), vec![], None),
        Fate::Discarded { .. } | Fate::Unheard { .. } => (line.to_vec(), vec![], line.last().copied()),
        Fate::Dropped { at, .. } => {
            let (gone, ahead) = split(line, part_of(at, packet.usual_at.max(at)).clamp(0.22, 0.8));
            let cross = gone.last().copied();
            (gone, ahead, cross)
        }
        Fate::Held => {
            let (gone, ahead) = split(line, 0.13);
            (gone, ahead, None)
        }
        Fate::Flying { arrives_at } => {
            // Never nothing and never all: what flies must be seen to fly.
            let (gone, ahead) = split(line, part_of(now, arrives_at).clamp(0.06, 0.97));
            (gone, ahead, None)
        }
    }
}

/// The sign at the end of a segment, a cross or a ring, and how far it reaches.
fn sign(packet: &PacketTrace, gone: &[Point], cross: Option<Point>) -> Option<(Point, f64)> {
    match packet.fate {
        Fate::Held => gone.last().map(|at| (*at, RING)),
        _ => cross.map(|at| (at, CROSS)),
    }
}

/// The line from sender to receiver: straight, or bent where a delay began to tell.
fn whole_line(packet: &PacketTrace, i: usize, rows: &RowsOfMoments, scale: &TimeScale) -> Vec<Point> {
    let (x0, x1) = (rim(packet.from), rim(packet.from.other()));
    let y0 = scale.row(packet.sent_at, rows.sent[i]);
    let y1 = packet.due_at().map_or(y0 + 40.0, |due| scale.row(due, rows.due[i]));
    let is_delayed = packet.delayed.is_some_and(|by| by > Duration::ZERO);
    if is_delayed && packet.due_at() > Some(packet.usual_at) {
        let bend = along(&[(x0, y0), (x1, scale.y(packet.usual_at))], 0.5);
        vec![(x0, y0), bend, (x1, y1)]
    } else {
        vec![(x0, y0), (x1, y1)]
    }
}

/// The point at `part` of a line, by its horizontal reach.
#[must_use]
pub fn along(line: &[Point], part: f64) -> Point {
    split(line, part).0.last().copied().unwrap_or_default()
}

/// A line cut in two at `part` of its horizontal reach.
fn split(line: &[Point], part: f64) -> (Vec<Point>, Vec<Point>) {
    let (Some(&first), Some(&last)) = (line.first(), line.last()) else { return (vec![], vec![]) };
    let x = first.0 + (last.0 - first.0) * part;
    let beyond = |point: &Point| (point.0 - first.0).abs() >= (x - first.0).abs();
    let cut = line.iter().position(beyond).unwrap_or(line.len() - 1).max(1);
    let (a, b) = (line[cut - 1], line[cut]);
    let share = if b.0 == a.0 { 0.0 } else { (x - a.0) / (b.0 - a.0) };
    let point = (x, a.1 + (b.1 - a.1) * share);
    let mut gone = line[..cut].to_vec();
    gone.push(point);
    let mut ahead = vec![point];
    ahead.extend(&line[cut..]);
    (gone, ahead)
}
