//! Arithmetic of the drawings that knows nothing of TCP: directions on a plane, and virtual time laid out on paper.

use core::fmt;

use yew::AttrValue;

use tcp::time::{Duration, Instant};

/// A coordinate, printed in tenths. Nothing finer can be seen, and the integer arithmetic keeps the printing of floating
/// point numbers, which is large, out of the module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Num(pub f64);

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rounds half away from zero; a drawing is never so large that this saturates.
        let tenths = (self.0 * 10.0 + if self.0 < 0.0 { -0.5 } else { 0.5 }) as i64;
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        match part {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{part}"),
        }
    }
}

/// A coordinate as an attribute.
#[must_use]
pub fn num(coordinate: f64) -> AttrValue {
    AttrValue::from(Num(coordinate).to_string())
}

/// The `transform` that moves a drawing there.
#[must_use]
pub fn translate(x: f64, y: f64) -> String {
    format!("translate({} {})", Num(x), Num(y))
}

/// The distance between two points.
#[must_use]
pub fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}

/// Seconds as they are typed, with up to six decimals; none if it is no such number.
#[must_use]
pub fn typed_seconds(text: &str) -> Option<Duration> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() && part.is_empty() || !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    let seconds: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let micros: u64 = format!("{part:0<6}").parse().ok()?;
    Some(Duration::from_micros(seconds.checked_mul(1_000_000)?.checked_add(micros)?))
}

/// One of the four arrow keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
}

impl Direction {
    /// The direction of a key, by the name browsers give it.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            _ => None,
        }
    }

    /// How far `to` is from `from` for someone who walks in this direction; none if it does not lie that way.
    /// What lies aside counts double, so that the box straight ahead wins.
    #[must_use]
    pub fn cost(self, from: (f64, f64), to: (f64, f64)) -> Option<f64> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (ahead, aside) = match self {
            Self::Up => (-dy, dx),
            Self::Down => (dy, dx),
            Self::Left => (-dx, dy),
            Self::Right => (dx, dy),
        };
        (ahead > 0.0).then(|| ahead + 2.0 * aside.abs())
    }
}

/// A moment at which something happens, and how many rows it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The moment.
    pub at: Instant,
    /// Rows: more than one when a host sends several segments at once, so that their arrows do not coincide.
    pub rows: u32,
}

/// A stretch of time in which nothing happens, drawn shorter than it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fold {
    /// How long it lasts.
    pub length: Duration,
    /// Where it begins and ends on paper.
    pub y: (f64, f64),
    /// When it begins and ends.
    pub span: (Instant, Instant),
}

/// Virtual time on paper: a piecewise linear map that never goes back, gives every event room and folds silences.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeScale {
    /// When; where the moment begins; where it ends if it has several rows.
    knots: Vec<(Instant, f64, f64)>,
    folds: Vec<Fold>,
}

/// The distance of the rows of one moment: two segments sent at once may have labels of two lines each.
pub const ROW: f64 = 26.0;
/// Silences longer than this are folded.
const FOLD_AFTER: Duration = Duration::from_millis(400);
/// The height of a folded silence.
const FOLDED: f64 = 58.0;
/// The least distance of two moments.
const LEAST: f64 = 18.0;
/// What a tenth of a second takes when nothing is folded.
const PER_100_MS: f64 = 52.0;

impl TimeScale {
    /// Lays out `stops`, in any order, starting at height `top`.
    #[must_use]
    pub fn new(stops: &[Stop], top: f64) -> Self {
        let mut scale = Self::default();
        let times: Vec<u64> = stops.iter().map(|stop| stop.at.as_micros()).collect();
        for i in order(&times) {
            scale.add(stops[i], top);
        }
        scale
    }

    /// The same paper, long enough for `now`: past the last event it grows with the present.
    #[must_use]
    pub fn until(&self, now: Instant, top: f64) -> Self {
        let mut scale = self.clone();
        if scale.knots.is_empty() || scale.end() < now {
            scale.add(Stop { at: now, rows: 1 }, top);
        }
        scale
    }

    /// Adds a stop that is not before the last one.
    fn add(&mut self, stop: Stop, top: f64) {
        let extra = f64::from(stop.rows.saturating_sub(1)) * ROW;
        let y = match self.knots.last_mut() {
            Some((at, start, end)) if *at == stop.at => {
                *end = end.max(*start + extra);
                return;
            }
            Some(&mut (at, _, end)) => {
                let length = stop.at.since(at);
                let y = end + height_of(length);
                if length > FOLD_AFTER {
                    self.folds.push(Fold { length, y: (end, y), span: (at, stop.at) });
                }
                y
            }
            None => top,
        };
        self.knots.push((stop.at, y, y + extra));
    }

    /// Where `at` is: the first row of a moment; between two, in proportion; outside, at the nearer end.
    #[must_use]
    pub fn y(&self, at: Instant) -> f64 {
        let after = self.knots.partition_point(|knot| knot.0 < at);
        match (after.checked_sub(1).and_then(|i| self.knots.get(i)), self.knots.get(after)) {
            (_, Some(&(knot, start, _))) if knot == at => start,
            (Some(&(t0, _, y0)), Some(&(t1, y1, _))) => y0 + (y1 - y0) * ratio(at.since(t0), t1.since(t0)),
            (Some(&(_, _, y)), None) | (None, Some(&(_, y, _))) => y,
            (None, None) => 0.0,
        }
    }

    /// Which moment is at height `y`: below the end of the paper it goes on as if nothing were folded.
    #[must_use]
    pub fn at(&self, y: f64) -> Instant {
        let micros = |length: f64| Duration::from_micros(length.max(0.0) as u64);
        let after = self.knots.partition_point(|knot| knot.1 < y);
        match (after.checked_sub(1).and_then(|i| self.knots.get(i)), self.knots.get(after)) {
            // Within the rows of a moment it is that moment.
            (Some(&(t0, _, y0)), Some(&(t1, y1, _))) => {
                t0 + micros(t1.since(t0).as_micros() as f64 * ((y - y0) / (y1 - y0)))
            }
            (Some(&(end, _, bottom)), None) => end + micros((y - bottom) / PER_100_MS * 100_000.0),
            (None, Some(&(begin, ..))) => begin,
            (None, None) => Instant::ZERO,
        }
    }

    /// Where row `row` of `at` is.
    #[must_use]
    pub fn row(&self, at: Instant, row: u32) -> f64 {
        self.y(at) + f64::from(row) * ROW
    }

    /// The end of the paper.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.knots.last().map_or(0.0, |knot| knot.2)
    }

    /// The last moment on it.
    #[must_use]
    pub fn end(&self) -> Instant {
        self.knots.last().map_or(Instant::ZERO, |knot| knot.0)
    }

    /// The silences drawn shorter than they are.
    #[must_use]
    pub fn folds(&self) -> &[Fold] {
        &self.folds
    }
}

/// The height given to a length of time without events.
fn height_of(length: Duration) -> f64 {
    if length > FOLD_AFTER {
        return FOLDED;
    }
    (length.as_micros() as f64 / 100_000.0 * PER_100_MS).clamp(LEAST, 2.5 * PER_100_MS)
}

/// The places of `keys` in ascending order, equals in their own. The library's sort is long, once for every type; this
/// one serves all lists.
#[must_use]
pub fn order(keys: &[u64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    let mut width = 1;
    while width < order.len() {
        let mut merged = Vec::with_capacity(order.len());
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some(&a), Some(&b)) = (left.first(), right.first()) {
                let next = if keys[b] < keys[a] { &mut right } else { &mut left };
                merged.push(next[0]);
                *next = &next[1..];
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        width *= 2;
    }
    order
}

/// `part` of `whole`, from 0 to 1.
#[must_use]
pub fn ratio(part: Duration, whole: Duration) -> f64 {
    if whole == Duration::ZERO {
        return 1.0;
    }
    (part.as_micros() as f64 / whole.as_micros() as f64).clamp(0.0, 1.0)
}

/// Moves labels along a line so that each is at least `apart` from the one before, each as near as possible to where
/// it wants to be; none above `top`. `wanted` must ascend.
#[must_use]
pub fn push_apart(wanted: &[f64], apart: f64, top: f64) -> Vec<f64> {
    let mut placed: Vec<f64> = Vec::with_capacity(wanted.len());
    for &want in wanted {
        let least = placed.last().map_or(top, |last| last + apart);
        placed.push(want.max(least));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(stops: &[(u64, u32)]) -> TimeScale {
        let stops = stops.iter().map(|&(ms, rows)| Stop { at: Instant::from_millis(ms), rows });
        TimeScale::new(&stops.collect::<Vec<_>>(), 10.0)
    }

    fn at(scale: &TimeScale, ms: u64) -> f64 {
        scale.y(Instant::from_millis(ms))
    }

    #[test]
    fn time_runs_downwards_in_proportion_between_events() {
        let scale = scale(&[(0, 1), (100, 1), (200, 1)]);
        assert_eq!([0, 50, 100, 200].map(|ms| at(&scale, ms)), [10.0, 36.0, 62.0, 114.0]);
    }

    #[test]
    fn a_height_is_found_back_as_a_moment() {
        let scale = scale(&[(0, 1), (100, 3), (200, 1), (240_000, 1)]);
        for ms in [0, 50, 100, 150, 200, 120_000, 240_000] {
            let found = scale.at(at(&scale, ms)).since(Instant::ZERO).as_millis();
            assert!(found.abs_diff(ms) <= 1, "{found} for {ms}");
        }
        assert_eq!(scale.at(-5.0), Instant::ZERO);
        assert_eq!(scale.at(at(&scale, 100) + ROW), Instant::from_millis(100), "a row of that moment");
        assert_eq!(scale.at(at(&scale, 240_000) + PER_100_MS), Instant::from_millis(240_100));
    }

    #[test]
    fn moments_close_together_are_drawn_apart() {
        let scale = scale(&[(0, 1), (1, 1), (2, 1)]);
        assert_eq!([0, 1, 2].map(|ms| at(&scale, ms)), [10.0, 28.0, 46.0]);
    }

    #[test]
    fn a_silence_is_folded_and_says_how_long_it_was() {
        let scale = scale(&[(0, 1), (240_000, 1)]);
        assert_eq!(at(&scale, 240_000), 68.0);
        let fold = scale.folds()[0];
        assert_eq!((fold.length, fold.y), (Duration::from_secs(240), (10.0, 68.0)));
        assert!(self::scale(&[(0, 1), (400, 1)]).folds().is_empty());
    }

    #[test]
    fn past_the_last_event_the_paper_grows() {
        let scale = scale(&[(0, 1), (100, 2)]);
        let now = Instant::from_millis(200);
        assert_eq!((scale.until(now, 10.0).y(now), scale.until(now, 10.0).end()), (114.0 + ROW, now));
        let past = Instant::from_millis(50);
        assert_eq!(scale.until(past, 10.0), scale);
    }

    #[test]
    fn a_moment_with_rows_pushes_what_follows_down() {
        let scale = scale(&[(0, 3), (0, 1), (100, 1)]);
        assert_eq!(scale.row(Instant::ZERO, 2), 10.0 + 2.0 * ROW);
        assert_eq!(at(&scale, 100), 62.0 + 2.0 * ROW);
    }

    #[test]
    fn outside_the_run_the_ends_hold() {
        let scale = scale(&[(100, 1), (200, 2)]);
        assert_eq!((at(&scale, 0), at(&scale, 999)), (10.0, 62.0 + ROW));
        assert_eq!((scale.bottom(), scale.end()), (62.0 + ROW, Instant::from_millis(200)));
        assert_eq!(TimeScale::default().y(Instant::ZERO), 0.0);
    }

    #[test]
    fn it_never_goes_back() {
        let scale = scale(&[(0, 2), (3, 1), (500, 2), (501, 1), (9_000, 1)]);
        let heights: Vec<f64> = (0..9_100).map(|ms| at(&scale, ms)).collect();
        assert!(heights.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn labels_are_pushed_apart_and_not_more() {
        assert_eq!(push_apart(&[0.0, 2.0, 50.0], 14.0, 5.0), [5.0, 19.0, 50.0]);
    }

    #[test]
    fn the_order_keeps_that_of_equals() {
        assert_eq!(order(&[2, 1, 2, 1, 0]), [4, 1, 3, 0, 2]);
        assert_eq!(order(&[]), [0; 0]);
        let keys: Vec<u64> = (0..1_000).map(|i| i * 7_919 % 101).collect();
        let mut sorted: Vec<usize> = (0..keys.len()).collect();
        sorted.sort_by_key(|i| keys[*i]);
        assert_eq!(order(&keys), sorted);
    }

    #[test]
    fn coordinates_are_printed_in_tenths() {
        let print = |x| Num(x).to_string();
        assert_eq!([1.0, 1.25, -0.04, -3.24, 1e3].map(print), ["1", "1.3", "0", "-3.2", "1000"]);
    }

    #[test]
    fn seconds_are_read_exactly() {
        let read = |text| typed_seconds(text).map(Duration::as_micros);
        assert_eq!(
            [read("0.5"), read("2"), read(".25"), read("1.000001")].map(Option::unwrap),
            [500_000, 2_000_000, 250_000, 1_000_001]
        );
        assert_eq!([read(""), read("."), read("-1"), read("1e3"), read("0.1234567")], [None; 5]);
    }

    #[test]
    fn straight_ahead_beats_nearer_but_aside() {
        let ahead = Direction::Down.cost((0.0, 0.0), (0.0, 80.0));
        let aside = Direction::Down.cost((0.0, 0.0), (60.0, 40.0));
        assert!(ahead < aside && Direction::Down.cost((0.0, 0.0), (0.0, -1.0)).is_none());
    }
}
