//! Virtual time on paper: every event has room, and silences are folded.

use super::geometry::ratio;
use tcp::time::{Duration, Instant};

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
    pub fn new(mut stops: Vec<Stop>, top: f64) -> Self {
        let mut scale = Self::default();
        stops.sort_by_key(|stop| stop.at);
        stops.into_iter().for_each(|stop| scale.add(stop, top));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(stops: &[(u64, u32)]) -> TimeScale {
        let stops = stops.iter().map(|&(ms, rows)| Stop { at: Instant::from_millis(ms), rows });
        TimeScale::new(stops.collect(), 10.0)
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
}
