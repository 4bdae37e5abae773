//! Lines with corners, and the arrowheads at their ends, as the `d` of an SVG path.

use crate::draw::geometry::{Num, distance};

/// The path of a polyline whose corners are rounded, ending `gap` short of its end to leave room for an arrowhead.
/// `shift` moves it sideways, to draw two lines side by side.
#[must_use]
pub fn path(points: &[(f64, f64)], gap: f64, shift: f64) -> String {
    const RADIUS: f64 = 9.0;
    let points = offset(points, shift);
    let Some((&first, rest)) = points.split_first() else { return String::new() };
    let mut d = format!("M{} {}", Num(first.0), Num(first.1));
    let mut at = first;
    for (i, &corner) in rest.iter().enumerate() {
        match rest.get(i + 1) {
            Some(&next) => {
                let radius = RADIUS.min(distance(at, corner) / 2.0).min(distance(corner, next) / 2.0);
                let (ax, ay) = toward(corner, at, radius);
                let (bx, by) = toward(corner, next, radius);
                let [ax, ay, cx, cy, x, y] = [ax, ay, corner.0, corner.1, bx, by].map(Num);
                d += &format!("L{ax} {ay}Q{cx} {cy} {x} {y}");
                at = (bx, by);
            }
            None => {
                let (x, y) = toward(corner, at, gap);
                d += &format!("L{} {}", Num(x), Num(y));
            }
        }
    }
    d
}

/// The path of a polyline with sharp corners.
#[must_use]
pub fn polyline(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        d += &format!("{}{} {}", if i == 0 { 'M' } else { 'L' }, Num(*x), Num(*y));
    }
    d
}

/// The arrowhead at the end of a polyline: a triangle `size` long.
#[must_use]
pub fn arrowhead(points: &[(f64, f64)], size: f64) -> String {
    let [.., before, end] = points else { return String::new() };
    let (bx, by) = toward(*end, *before, size);
    let (dx, dy) = ((end.0 - bx) * 0.42, (end.1 - by) * 0.42);
    let [x, y, ax, ay, cx, cy] = [end.0, end.1, bx - dy, by + dx, bx + dy, by - dx].map(Num);
    format!("M{x} {y}L{ax} {ay}L{cx} {cy}Z")
}

/// The point `distance` from `from` on the way to `to`.
fn toward(from: (f64, f64), to: (f64, f64), reach: f64) -> (f64, f64) {
    let whole = distance(from, to);
    if whole == 0.0 {
        return from;
    }
    let part = reach / whole;
    (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
}

/// A polyline of horizontal and vertical pieces, moved `shift` to its right-hand side.
fn offset(points: &[(f64, f64)], shift: f64) -> Vec<(f64, f64)> {
    if shift == 0.0 {
        return points.to_vec();
    }
    let normal = |a: (f64, f64), b: (f64, f64)| {
        let whole = distance(a, b).max(f64::EPSILON);
        (-(b.1 - a.1) / whole * shift, (b.0 - a.0) / whole * shift)
    };
    let mut moved = points.to_vec();
    for (i, point) in moved.iter_mut().enumerate() {
        let before = i.checked_sub(1).map(|j| normal(points[j], points[i]));
        let after = points.get(i + 1).map(|&next| normal(points[i], next));
        // At a right angle the two pieces move in different directions, so their shifts add up.
        let (dx, dy) = match (before, after) {
            (Some(a), Some(b)) => (a.0 + b.0, a.1 + b.1),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => (0.0, 0.0),
        };
        point.0 += dx;
        point.1 += dy;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_rounds_its_corners_and_leaves_room_for_the_head() {
        let points = [(0.0, 0.0), (100.0, 0.0), (100.0, 50.0)];
        assert_eq!(path(&points, 5.0, 0.0), "M0 0L91 0Q100 0 100 9L100 45");
        assert_eq!(path(&points[..2], 0.0, 2.0), "M0 2L100 2");
        assert_eq!(arrowhead(&points[..2], 10.0), "M100 0L90 4.2L90 -4.2Z");
    }
}
