//! The ladder on paper: which lines, which labels, where.

use yew::AttrValue;

use super::labels::{Label, Placer};
use super::view::{BandView, FateView, LadderView, PacketView, TimerView};
use crate::time::Instant;
use crate::ui::geometry::{Fold, Stop, TimeScale, order, push_apart, ratio};
use crate::ui::lang::HostId;

/// The width of the drawing; its height is as long as the run.
pub const WIDTH: f64 = 396.0;
/// Room for the names and the timers outside each lifeline.
pub const MARGIN: f64 = 94.0;
/// The width of a lifeline's band.
pub const BAND: f64 = 7.0;
/// The drawing shows this many segments at most, the newest of its part of the run: only a storm has more.
pub const WINDOW: usize = 300;
/// Whatever could lie in each other's way is at most so many entries apart.
const NEAR: usize = 32;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 30.0;
const LEAP: f64 = 160.0;

/// A point of the drawing.
pub type Point = (f64, f64);

/// Where a host's lifeline is.
#[must_use]
pub const fn lifeline(host: HostId) -> f64 {
    match host {
        HostId::Client => MARGIN,
        HostId::Server => WIDTH - MARGIN,
    }
}

/// Where the arrows of a host begin or end: at the inner rim of its band.
const fn rim(host: HostId) -> f64 {
    match host {
        HostId::Client => MARGIN + BAND / 2.0 + 1.0,
        HostId::Server => WIDTH - MARGIN - BAND / 2.0 - 1.0,
    }
}

/// A segment on paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Its place in the view.
    pub index: usize,
    /// The way it has gone.
    pub gone: Vec<Point>,
    /// The way still before it, or never gone.
    pub ahead: Vec<Point>,
    /// Where it ended badly.
    pub cross: Option<Point>,
    /// Its label.
    pub label: Label,
    /// Where its menu hangs.
    pub anchor: Point,
}

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

/// A word in the margin about a segment that arrived in vain.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Whose margin.
    pub host: HostId,
    /// Where it stands.
    pub y: f64,
    /// The word.
    pub words: AttrValue,
}

/// The whole drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Its height.
    pub height: f64,
    /// The segments.
    pub arrows: Vec<Arrow>,
    /// The states.
    pub bands: Vec<Band>,
    /// The timers.
    pub bars: Vec<Bar>,
    /// The words about segments that arrived in vain.
    pub notes: Vec<Note>,
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
pub struct Plan {
    scale: TimeScale,
    lines: Vec<Vec<Point>>,
    labels: Vec<Label>,
    hidden: usize,
}

impl Plan {
    /// Lays out the run.
    #[must_use]
    pub fn new(view: &LadderView) -> Self {
        let hidden = view.packets.len().saturating_sub(WINDOW);
        let packets = &view.packets[hidden..];
        let rows = Rows::of(packets);
        let scale = TimeScale::new(&stops(view, packets, &rows), TOP);
        let lines: Vec<_> = (0..packets.len()).map(|i| line(i, packets, &rows, &scale)).collect();
        let mut placer = Placer::default();
        for line in &lines {
            placer.block(line);
        }
        let labels = lines.iter().zip(packets).enumerate().map(|(i, (line, packet))| {
            let flags = format!("{} {}", packet.flags, packet.tags);
            placer.place(i, line, &flags, &packet.numbers)
        });
        let labels = labels.collect();
        Self { scale, lines, labels, hidden }
    }

    /// The drawing as it stands at `now`.
    #[must_use]
    pub fn at(&self, view: &LadderView, now: Instant) -> Layout {
        let packets = &view.packets[self.hidden..];
        let now = view.part.until.unwrap_or(now);
        let scale = self.scale.until(now, TOP);
        let now_y = scale.y(now);
        let arrows = packets.iter().zip(&self.lines).zip(&self.labels).enumerate();
        let arrows = arrows.map(|(i, ((packet, line), label))| {
            let (gone, ahead, cross) = fate(packet, line, now);
            let anchor = gone.last().copied().unwrap_or_default();
            Arrow { index: self.hidden + i, gone, ahead, cross, label: label.clone(), anchor }
        });
        let arrows = arrows.collect();
        let (bands, bars, notes) = margins(view, packets, &scale, now);
        // By leaps: each change of the height makes the browser measure every text anew.
        let height = ((scale.bottom().max(now_y) + BOTTOM) / LEAP).ceil() * LEAP;
        let folds = scale.folds().iter().filter(|fold| !is_busy(packets, fold)).copied().collect();
        Layout { height, arrows, bands, bars, notes, folds, now_y, hidden: self.hidden, scale }
    }
}

impl Layout {
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
struct Rows {
    sent: Vec<u32>,
    due: Vec<u32>,
}

impl Rows {
    fn of(packets: &[PacketView]) -> Self {
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
        let due = packets.iter().map(|packet| match packet.due_at {
            Some(at) => next(&mut arriving, packet.from, at),
            None => 0,
        });
        Self { sent, due: due.collect() }
    }
}

fn stops(view: &LadderView, packets: &[PacketView], rows: &Rows) -> Vec<Stop> {
    let mut stops = vec![];
    let mut stop = |at, row: u32| stops.push(Stop { at, rows: row + 1 });
    for (i, packet) in packets.iter().enumerate() {
        stop(packet.sent_at, rows.sent[i]);
        // Also of one that was lost: its line keeps the slope it would have had.
        packet.due_at.iter().for_each(|&at| stop(at, rows.due[i]));
        if let FateView::Dropped(at, _) = packet.fate {
            stop(at, 0);
        }
    }
    stop(view.part.from, 0);
    for band in &view.bands {
        stop(band.from.max(view.part.from), 0);
    }
    let ends = view.timers.iter().map(|timer| timer.ended.map_or(timer.at, |(at, _)| at));
    // What ends after this part of the run is cut off at its end.
    ends.filter(|end| view.part.until.is_none_or(|until| *end <= until)).for_each(|end| stop(end, 0));
    for event in &view.events {
        stop(event.at, 0);
    }
    stops
}

/// A silence in which a segment is on its way is drawn short as well, but it is no silence.
fn is_busy(packets: &[PacketView], fold: &Fold) -> bool {
    packets.iter().any(|packet| {
        let end = match packet.fate {
            FateView::Dropped(at, _) => Some(at),
            _ => packet.due_at,
        };
        packet.sent_at < fold.span.1 && end.is_none_or(|end| end > fold.span.0)
    })
}

/// The whole way of a segment, as far as it is known.
fn line(i: usize, packets: &[PacketView], rows: &Rows, scale: &TimeScale) -> Vec<Point> {
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
fn fate(packet: &PacketView, line: &[Point], now: Instant) -> (Vec<Point>, Vec<Point>, Option<Point>) {
    let part_of =
        |until: Instant, due: Instant| ratio(until.since(packet.sent_at), due.since(packet.sent_at));
    match &packet.fate {
        FateView::Arrived => (line.to_vec(), vec![], None),
        FateView::Unread(_) => (line.to_vec(), vec![], line.last().copied()),
        FateView::Dropped(at, _) => {
            let (gone, ahead) = split(line, part_of(*at, packet.due_at.unwrap_or(*at)).clamp(0.22, 0.8));
            let cross = gone.last().copied();
            (gone, ahead, cross)
        }
        FateView::Held => {
            let (gone, ahead) = split(line, 0.13);
            (gone, ahead, None)
        }
        FateView::Flying => {
            // Never nothing and never all: what flies must be seen to fly.
            let (gone, ahead) = split(line, part_of(now, packet.due_at.unwrap_or(now)).clamp(0.06, 0.97));
            (gone, ahead, None)
        }
    }
}

/// The line from sender to receiver: straight, or bent where a delay began to tell.
fn whole_line(packet: &PacketView, i: usize, rows: &Rows, scale: &TimeScale) -> Vec<Point> {
    let (x0, x1) = (rim(packet.from), rim(packet.from.other()));
    let y0 = scale.row(packet.sent_at, rows.sent[i]);
    let y1 = packet.due_at.map_or(y0 + 40.0, |due| scale.row(due, rows.due[i]));
    match packet.undelayed_at.filter(|&at| Some(at) < packet.due_at) {
        Some(undelayed) => {
            let bend = along(&[(x0, y0), (x1, scale.y(undelayed))], 0.5);
            vec![(x0, y0), bend, (x1, y1)]
        }
        None => vec![(x0, y0), (x1, y1)],
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

/// What stands outside the lifelines: names of states and bars of timers, pushed apart on each side.
fn margins(
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
    const LINE: f64 = 15.0;
    let (mut bands, mut bars, mut notes) = (vec![], vec![], vec![]);
    for host in HostId::ALL {
        let side = lifeline(host);
        let mut wanted: Vec<(f64, Of)> = vec![];
        let mine = view.bands.iter().filter(|band| band.host == host && band.from <= now);
        let first_band = bands.len();
        for band in mine {
            let y = (scale.y(band.from), scale.y(band.to.unwrap_or(now).min(now)));
            wanted.push((y.0 + 10.0, Of::Band(bands.len())));
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
        for packet in packets.iter().filter(|packet| packet.from != host) {
            if let (FateView::Unread(words), Some(at)) = (&packet.fate, packet.due_at) {
                wanted.push((scale.y(at) + 4.0, Of::Note(notes.len())));
                notes.push(Note { host, y: 0.0, words: words.clone() });
            }
        }
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
