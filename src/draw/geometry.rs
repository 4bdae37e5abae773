//! Arithmetic of the drawings that knows nothing of TCP: points, directions, numbers as they are printed.

use core::fmt;

use yew::AttrValue;

use tcp::time::Duration;

/// A coordinate, printed in tenths: nothing finer can be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Num(pub f64);

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Zero is added so that there is no zero below zero.
        ((self.0 * 10.0).round() / 10.0 + 0.0).fmt(f)
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

    #[test]
    fn labels_are_pushed_apart_and_not_more() {
        assert_eq!(push_apart(&[0.0, 2.0, 50.0], 14.0, 5.0), [5.0, 19.0, 50.0]);
    }

    #[test]
    fn coordinates_are_printed_in_tenths() {
        let print = |x| Num(x).to_string();
        assert_eq!([1.0, 1.25, -0.04, -3.24, 1e3].map(print), ["1", "1.3", "0", "-3.2", "1000"]);
    }

    #[test]
    fn straight_ahead_beats_nearer_but_aside() {
        let ahead = Direction::Down.cost((0.0, 0.0), (0.0, 80.0));
        let aside = Direction::Down.cost((0.0, 0.0), (60.0, 40.0));
        assert!(ahead < aside && Direction::Down.cost((0.0, 0.0), (0.0, -1.0)).is_none());
    }
}
