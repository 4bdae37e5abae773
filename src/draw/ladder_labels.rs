//! Places the labels of the segments on their lines, so that none runs into another, into a line or into a lifeline.

use std::cell::Cell;

use super::Point;
use super::geometry::distance;

/// How wide a character of the labels is: they are set in a fixed-width face.
const CHAR: f64 = 7.2;
/// The same of words, whose characters differ.
const WORD_CHAR: f64 = 6.7;
/// The height of a row of text.
const HEIGHT: f64 = 12.0;

/// Where a label stands, turned so as to run along its line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    /// The middle of the text's base line.
    pub at: Point,
    /// The direction of its line, from left to right: cosine and sine of its angle.
    pub along: Point,
    /// How the numbers stand to the flags.
    pub rows: LabelRows,
}

/// How the numbers of a label stand to its flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabelRows {
    /// Beside them.
    #[default]
    One,
    /// Under the line, the flags over it.
    Around,
    /// Below them, on the same side of the line: where lines cross, that keeps off the crossing.
    Stacked,
}

impl LabelRows {
    /// How far the row of the numbers is below that of the flags.
    #[must_use]
    pub const fn numbers_dy(self) -> Option<f64> {
        match self {
            Self::One => None,
            Self::Around => Some(17.0),
            Self::Stacked => Some(13.0),
        }
    }
}

/// The paper is divided into strips of this height, so that only what is near need be looked at.
const STRIP: f64 = 64.0;
/// So many comparisons are made for one label at most. A place among so many lines is not worth looking for.
const PATIENCE: usize = 10_000;
/// The cost of a place of which it is not known what is in its way.
const UNKNOWN: f64 = 1e6;

/// Remembers what is taken.
#[derive(Default)]
pub struct Placer {
    /// The lines, each with its reach.
    lines: Vec<(Vec<Point>, Reach)>,
    /// The middles of the texts, piece by piece, with the reach of each text.
    taken: Vec<(Vec<Point>, Reach)>,
    /// Which lines and which texts reach into each strip.
    strips: Vec<[Vec<usize>; 2]>,
    /// How many comparisons were made for the label in hand.
    work: Cell<usize>,
}

/// How far something reaches: from where to where across the paper, and down.
#[derive(Clone, Copy)]
struct Reach {
    x: (f64, f64),
    y: (f64, f64),
}

impl Reach {
    fn of(points: &[Point]) -> Self {
        let start = Self { x: (f64::MAX, f64::MIN), y: (f64::MAX, f64::MIN) };
        points.iter().fold(start, |Self { x, y }, point| Self {
            x: (x.0.min(point.0), x.1.max(point.0)),
            y: (y.0.min(point.1), y.1.max(point.1)),
        })
    }

    /// Only what is that near can clash.
    fn meets(self, other: Self) -> bool {
        let meet = |a: (f64, f64), b: (f64, f64)| a.0 <= b.1 + HEIGHT && b.0 <= a.1 + HEIGHT;
        meet(self.x, other.x) && meet(self.y, other.y)
    }
}

impl Placer {
    /// A line that labels of other lines must keep off.
    pub fn block(&mut self, line: &[Point]) {
        let reach = Reach::of(line);
        self.enter(reach, 0, self.lines.len());
        self.lines.push((line.to_vec(), reach));
    }

    /// Notes the strips that something reaches into: a line (0) or a text (1).
    fn enter(&mut self, reach: Reach, kind: usize, index: usize) {
        let (first, last) = strips(reach.y);
        if self.strips.len() <= last {
            self.strips.resize_with(last + 1, Default::default);
        }
        self.strips[first..=last].iter_mut().for_each(|strip| strip[kind].push(index));
    }

    /// What of one kind may meet `reach`, each once.
    fn near<'a>(
        &'a self,
        kind: usize,
        all: &'a [(Vec<Point>, Reach)],
        reach: Reach,
    ) -> impl Iterator<Item = (usize, &'a [Point])> {
        let (first, last) = strips((reach.y.0 - HEIGHT, reach.y.1 + HEIGHT));
        let last = last.min(self.strips.len().saturating_sub(1));
        (first..=last).flat_map(move |strip| {
            let here = self.strips.get(strip).map_or(&[][..], |kinds| &kinds[kind]);
            here.iter().filter_map(move |&index| {
                let (points, own) = &all[index];
                // What was met in the strip above is not met again.
                let is_new = strip == first || strips(own.y).0 == strip;
                (is_new && own.meets(reach)).then_some((index, &points[..]))
            })
        })
    }

    /// A level text centred there, which other texts must keep off.
    pub fn take(&mut self, at: Point, words: &str) {
        self.keep(dots(at, (1.0, 0.0), chars(words) * WORD_CHAR));
    }

    fn keep(&mut self, dots: Vec<Point>) {
        let reach = Reach::of(&dots);
        self.enter(reach, 1, self.taken.len());
        self.taken.push((dots, reach));
    }

    /// Finds the best place for words about what happened at a point, where a sign of that reach may be: under it, over
    /// it or beside it, and `between` the two lifelines.
    pub fn place_words(&mut self, (x, y): Point, reach: f64, words: &str, between: (f64, f64)) -> Point {
        let half = chars(words) * WORD_CHAR / 2.0;
        let (under, over, beside) = (reach + 13.0, -reach - 4.0, reach + 4.0 + half);
        let row = HEIGHT + 1.0;
        let wanted = [
            (0.0, under),
            (0.0, over),
            (beside, 4.0),
            (-beside, 4.0),
            (0.0, under + row),
            (0.0, over - row),
            (half, under),
            (-half, under),
            (half, over),
            (-half, over),
            (0.0, under + 2.0 * row),
            (half, under + row),
            (-half, under + row),
            (0.0, under + 3.0 * row),
            (0.0, under + 4.0 * row),
        ];
        self.work.set(0);
        let mut best: Option<(f64, Point)> = None;
        for (preference, (dx, dy)) in wanted.into_iter().enumerate() {
            let at = ((x + dx).min(between.1 - half - 3.0).max(between.0 + half + 3.0), y + dy);
            let base = 0.35 * preference as f64;
            let least = best.map_or(f64::MAX, |(least, _)| least);
            if least <= base || best.is_some() && self.is_tired(0) {
                continue;
            }
            // No line is its own: words lie level.
            let dots = dots(at, (1.0, 0.0), 2.0 * half);
            let cost = base + self.clashes(usize::MAX, &dots, least - base).unwrap_or(UNKNOWN);
            if cost < least {
                best = Some((cost, at));
            }
        }
        let at = best.map_or((x, y), |(_, at)| at);
        self.take(at, words);
        at
    }

    /// Finds the best place on line `own` for a label.
    pub fn place(&mut self, own: usize, line: &[Point], flags: &str, numbers: &str) -> Label {
        let (flags, numbers) = (chars(flags), chars(numbers));
        self.work.set(0);
        let mut best: Option<(f64, Label, Vec<Point>)> = None;
        // On a bent line the longest piece carries the label.
        let pieces = line.windows(2).map(|pair| (pair[0], pair[1]));
        let Some((a, b)) = pieces.max_by(|a, b| reach(*a).total_cmp(&reach(*b))) else {
            return Label::default();
        };
        let (left, right) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        let length = distance(left, right).max(1.0);
        let direction = ((right.0 - left.0) / length, (right.1 - left.1) / length);
        let room = length - 8.0;
        let (one_row, two_rows) = ((flags + numbers + 1.0) * CHAR, flags.max(numbers) * CHAR);
        let shapes = if one_row > room {
            &[
                (LabelRows::Around, -4.5, 0.0),
                (LabelRows::Stacked, -17.5, 1.0),
                (LabelRows::Stacked, HEIGHT, 1.5),
            ][..]
        } else {
            &[
                (LabelRows::One, -4.5, 0.0),
                (LabelRows::One, HEIGHT, 1.5),
                (LabelRows::Stacked, -17.5, 2.5),
                (LabelRows::Stacked, HEIGHT, 3.0),
            ][..]
        };
        for (preference, wanted) in [0.5_f64, 0.4, 0.6, 0.3, 0.7, 0.24, 0.76].into_iter().enumerate() {
            for &(rows, off, dislike) in shapes {
                let width = if rows == LabelRows::One { one_row } else { two_rows };
                let slack = (room - width).max(0.0) / 2.0 / room.max(1.0);
                let part = wanted.clamp(0.5 - slack, 0.5 + slack);
                // A long text has little choice: what it wants comes to the same as what was tried before.
                let is_tried = preference > 2 && (part - wanted).abs() > 0.12;
                // A label is stacked where lines cross: the farther out it is, the more is left for that of the other.
                let preference = if rows == LabelRows::Stacked { 6 - preference } else { preference };
                // No clash can make a place better than it is by itself.
                let base = 0.7 * preference as f64 + dislike;
                let least = best.as_ref().map_or(f64::MAX, |(least, ..)| *least);
                if is_tried || least <= base || best.is_some() && self.is_tired(0) {
                    continue;
                }
                let on = (left.0 + (right.0 - left.0) * part, left.1 + (right.1 - left.1) * part);
                let beside = |off: f64| (on.0 - off * direction.1, on.1 + off * direction.0);
                let mut dots = dots(beside(off), direction, width);
                if let Some(dy) = rows.numbers_dy() {
                    dots.extend(self::dots(beside(off + dy), direction, width));
                }
                let cost = base + self.clashes(own, &dots, least - base).unwrap_or(UNKNOWN);
                if cost < least {
                    let label = Label { at: beside(off), along: direction, rows };
                    best = Some((cost, label, dots));
                }
            }
        }
        let Some((_, label, dots)) = best else { return Label::default() };
        self.keep(dots);
        label
    }

    /// How badly a text would clash; once it is more than `enough` the rest is not counted. None if patience came to an
    /// end before that: what was counted until then would make the place look better than it is.
    fn clashes(&self, own: usize, dots: &[Point], enough: f64) -> Option<f64> {
        let reach = Reach::of(dots);
        let mut cost = 0.0;
        for (_, text) in self.near(1, &self.taken, reach) {
            // Rows that touch are better than rows that cover each other.
            let depth = |dot: &Point| {
                let nearest = text.iter().map(|taken| square(*dot, *taken)).fold(HEIGHT * HEIGHT, f64::min);
                1.0 - nearest / (HEIGHT * HEIGHT)
            };
            cost += dots.iter().map(|dot| 12.0 * depth(dot) * depth(dot)).sum::<f64>();
            if cost > enough {
                return Some(cost);
            }
            if self.is_tired(dots.len() * text.len()) {
                return None;
            }
        }
        for (_, line) in self.near(0, &self.lines, reach).filter(|(i, _)| *i != own) {
            let is_near =
                |dot: &&Point| line.windows(2).any(|pair| from_segment(**dot, pair[0], pair[1]) < 5.5);
            cost += 6.0 * dots.iter().filter(is_near).count() as f64;
            if cost > enough {
                return Some(cost);
            }
            if self.is_tired(dots.len() * line.len()) {
                return None;
            }
        }
        Some(cost)
    }

    /// After so many more comparisons it is time to be content.
    fn is_tired(&self, more: usize) -> bool {
        self.work.set(self.work.get() + more);
        self.work.get() > PATIENCE
    }
}

/// How many characters wide a text is.
fn chars(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 1.0 } else { 1.75 }).sum()
}

/// The strips that something reaches into.
fn strips(span: (f64, f64)) -> (usize, usize) {
    let strip = |y: f64| (y.max(0.0) / STRIP) as usize;
    (strip(span.0), strip(span.1))
}

/// The square of the distance of two points.
fn square(a: Point, b: Point) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    dx * dx + dy * dy
}

/// The text as a row of dots along its middle: near enough to tell whether two texts meet.
fn dots(at: Point, (cos, sin): Point, width: f64) -> Vec<Point> {
    let count = (width / 10.0).ceil().max(1.0) as u32;
    let lift = -4.0;
    let middle = (at.0 - lift * sin, at.1 + lift * cos);
    let dot = |i: u32| {
        let along = (f64::from(i) + 0.5) / f64::from(count) * width - width / 2.0;
        (middle.0 + along * cos, middle.1 + along * sin)
    };
    (0..count).map(dot).collect()
}

fn reach((a, b): (Point, Point)) -> f64 {
    (a.0 - b.0).abs()
}

/// How far `point` is from the line between `a` and `b`.
fn from_segment(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = dx * dx + dy * dy;
    if square == 0.0 {
        return distance(point, a);
    }
    let part = (((point.0 - a.0) * dx + (point.1 - a.1) * dy) / square).clamp(0.0, 1.0);
    distance(point, (a.0 + part * dx, a.1 + part * dy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_alone_stands_in_the_middle_above_its_line() {
        let label = Placer::default().place(0, &[(0.0, 0.0), (200.0, 0.0)], "SYN", "seq=x");
        assert_eq!(label, Label { at: (100.0, -4.5), along: (1.0, 0.0), rows: LabelRows::One });
    }

    #[test]
    fn a_label_reads_from_left_to_right_whichever_way_its_line_goes() {
        let label = Placer::default().place(0, &[(200.0, 0.0), (0.0, 200.0)], "A", "");
        assert!(label.along.0 > 0.7 && label.along.1 < -0.7);
    }

    #[test]
    fn labels_of_crossing_lines_keep_off_each_other() {
        let (down, up) = ([(0.0, 0.0), (220.0, 50.0)], [(220.0, 0.0), (0.0, 50.0)]);
        let mut placer = Placer::default();
        placer.block(&down);
        placer.block(&up);
        let a = placer.place(0, &down, "FIN,ACK", "seq=u ack=w");
        assert!(
            placer.taken.iter().flat_map(|(dots, _)| dots).all(|dot| from_segment(*dot, up[0], up[1]) > 5.0),
            "{a:?}"
        );
        let b = placer.place(1, &up, "FIN,ACK", "seq=w ack=x+1");
        let [(one, _), (other, _)] = &placer.taken[..] else { panic!("two labels") };
        assert!(one.iter().all(|a| other.iter().all(|b| distance(*a, *b) >= HEIGHT)), "{a:?} {b:?}");
    }

    #[test]
    fn the_work_for_one_label_does_not_grow_with_the_run() {
        // Sparse as in a talk, and dense as in a storm where a hundred lines cross everywhere.
        for apart in [40.0, 2.0] {
            // Patience ends after a comparison of two texts, not within it.
            let most = PATIENCE + 50 * 50;
            let work = [1_000, 10_000].map(|count| {
                let line = |i: u32| {
                    let y = f64::from(i) * apart;
                    let (x0, x1) = if i.is_multiple_of(2) { (0.0, 200.0) } else { (200.0, 0.0) };
                    [(x0, y), (x1, y + 80.0)]
                };
                let mut placer = Placer::default();
                (0..count).for_each(|i| placer.block(&line(i)));
                let work = (0..count).map(|i| {
                    placer.place(i as usize, &line(i), "ACK", "seq=x+1 ack=y+1 536 B");
                    assert!(placer.work.get() <= most, "{} of {most}", placer.work.get());
                    placer.work.get()
                });
                work.sum::<usize>()
            });
            // Ten times as many labels, ten times the work.
            assert!(work[1] <= 11 * work[0], "{work:?}");
        }
    }

    #[test]
    fn numbers_that_do_not_fit_go_under_the_line() {
        let numbers = "seq=4294967295 ack=4294967295";
        let label = Placer::default().place(0, &[(0.0, 0.0), (210.0, 50.0)], "SYN,ACK", numbers);
        assert_eq!(label.rows, LabelRows::Around);
    }
}
