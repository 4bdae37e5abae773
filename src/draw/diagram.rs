//! Where everything stands in the state diagram: a hand-tuned table, so that no label meets a line or another label.
//!
//! Units are those of the view box, which is one CSS pixel each at 1280x800. Routes run along a grid and turn round
//! corners; a label straddles its line, the event above and the action below, as in RFC 9293 Figure 5.

use crate::draw::geometry::Direction;
use crate::lang::HostId;
use tcp::State;
use tcp::edge::{Edge, Origin};

/// The size of the drawing.
pub const WIDTH: f64 = 470.0;
/// The size of the drawing.
pub const HEIGHT: f64 = 446.0;
/// The size of a state's box.
pub const BOX_WIDTH: f64 = 108.0;
/// The size of a state's box.
pub const BOX_HEIGHT: f64 = 36.0;

const LEFT: f64 = 74.0;
const CENTRE: f64 = 250.0;
const RIGHT: f64 = 398.0;

/// The centre of a state's box.
#[must_use]
pub const fn centre(state: State) -> (f64, f64) {
    match state {
        State::Closed => (CENTRE, 32.0),
        State::Listen => (CENTRE, 106.0),
        State::SynReceived => (LEFT, 180.0),
        State::SynSent => (RIGHT, 180.0),
        State::Established => (CENTRE, 254.0),
        State::FinWait1 => (LEFT, 332.0),
        State::Closing => (CENTRE, 332.0),
        State::CloseWait => (RIGHT, 332.0),
        State::FinWait2 => (LEFT, 406.0),
        State::TimeWait => (CENTRE, 406.0),
        State::LastAck => (RIGHT, 406.0),
    }
}

/// The middle of the token of a host that is in `state`: at a corner of the box, the client's at the left and the server's
/// at the right; at the upper one, unless a label is there.
#[must_use]
pub fn token(host: HostId, state: State) -> (f64, f64) {
    let (x, y) = centre(state);
    let side = if host == HostId::Client { -1.0 } else { 1.0 };
    let is_low = match host {
        HostId::Client => matches!(state, State::Listen | State::CloseWait | State::TimeWait),
        HostId::Server => matches!(state, State::Listen | State::FinWait2),
    };
    let dy = if is_low { BOX_HEIGHT / 2.0 } else { -BOX_HEIGHT / 2.0 - 2.0 };
    (x + side * (BOX_WIDTH / 2.0 + 1.0), y + dy)
}

/// Where a label stands beside its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// Centred on a horizontal line: event above, action below.
    Straddle(f64, f64),
    /// To the right of a vertical line: event, and action under it.
    After(f64, f64),
    /// To the left of a vertical line.
    Before(f64, f64),
    /// On the line itself, in one row, the line giving way.
    Inline(f64, f64),
    /// In one row, beginning here.
    Row(f64, f64),
    /// In one row, ending here.
    RowEnd(f64, f64),
}

/// The line of an edge and the place of its label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Route {
    /// The corners, from the first box to the second.
    pub points: &'static [(f64, f64)],
    /// Where the label stands; none for edges drawn without.
    pub label: Option<Place>,
}

const fn route(points: &'static [(f64, f64)], label: Place) -> Route {
    Route { points, label: Some(label) }
}

const fn bare(points: &'static [(f64, f64)]) -> Route {
    Route { points, label: None }
}

use Place::{After, Before, Inline, Row, RowEnd, Straddle};

/// The route of the edge named `id`. Every edge of the table has one; a test says so.
#[must_use]
pub fn route_of(id: &str) -> Route {
    match id {
        "closed--listen" => route(&[(234.0, 50.0), (234.0, 88.0)], Before(228.0, 66.0)),
        "listen--closed" => route(&[(266.0, 88.0), (266.0, 50.0)], After(272.0, 66.0)),
        "closed--syn-sent" => route(&[(304.0, 41.0), (354.0, 41.0), (354.0, 162.0)], After(360.0, 94.0)),
        "syn-sent--closed" => route(&[(446.0, 162.0), (446.0, 23.0), (304.0, 23.0)], Inline(379.0, 23.0)),
        "listen--syn-received" => {
            route(&[(196.0, 106.0), (74.0, 106.0), (74.0, 162.0)], Straddle(139.0, 106.0))
        }
        "listen--syn-sent" => {
            route(&[(304.0, 106.0), (326.0, 106.0), (326.0, 171.0), (344.0, 171.0)], Before(320.0, 147.0))
        }
        "syn-received--listen" => {
            route(&[(128.0, 171.0), (214.0, 171.0), (214.0, 124.0)], Straddle(168.0, 171.0))
        }
        "syn-sent--syn-received" => route(&[(344.0, 189.0), (128.0, 189.0)], Straddle(276.0, 189.0)),
        "syn-sent--established" => {
            route(&[(372.0, 198.0), (372.0, 254.0), (304.0, 254.0)], After(378.0, 221.0))
        }
        "syn-received--established" => {
            route(&[(100.0, 198.0), (100.0, 254.0), (196.0, 254.0)], Row(106.0, 217.0))
        }
        "syn-received--fin-wait-1" => route(&[(44.0, 198.0), (44.0, 314.0)], After(50.0, 270.0)),
        "established--fin-wait-1" => {
            route(&[(222.0, 272.0), (222.0, 293.0), (100.0, 293.0), (100.0, 314.0)], Straddle(160.0, 293.0))
        }
        "established--close-wait" => {
            route(&[(278.0, 272.0), (278.0, 293.0), (398.0, 293.0), (398.0, 314.0)], Straddle(338.0, 293.0))
        }
        "fin-wait-1--fin-wait-2" => route(&[(44.0, 350.0), (44.0, 388.0)], Row(50.0, 383.0)),
        "fin-wait-1--closing" => route(&[(128.0, 332.0), (196.0, 332.0)], Straddle(160.0, 332.0)),
        "fin-wait-1--time-wait" => {
            route(&[(118.0, 350.0), (118.0, 369.0), (222.0, 369.0), (222.0, 388.0)], Straddle(177.0, 369.0))
        }
        "fin-wait-2--time-wait" => route(&[(128.0, 406.0), (196.0, 406.0)], Straddle(160.0, 406.0)),
        "closing--time-wait" => route(&[(262.0, 350.0), (262.0, 388.0)], Row(268.0, 374.0)),
        "close-wait--last-ack" => route(&[(426.0, 350.0), (426.0, 388.0)], Before(420.0, 366.0)),
        "last-ack--closed" => route(
            &[(398.0, 424.0), (398.0, 438.0), (463.0, 438.0), (463.0, 5.0), (276.0, 5.0), (276.0, 14.0)],
            RowEnd(392.0, 442.0),
        ),
        "time-wait--closed" => route(
            &[(250.0, 424.0), (250.0, 438.0), (8.0, 438.0), (8.0, 32.0), (196.0, 32.0)],
            Inline(124.0, 438.0),
        ),
        // Not in the figure: drawn only once taken or asked for, so they may cross other lines.
        "syn-received--close-wait" => bare(&[
            (116.0, 198.0),
            (116.0, 211.0),
            (332.0, 211.0),
            (332.0, 304.0),
            (384.0, 304.0),
            (384.0, 314.0),
        ]),
        "syn-sent--close-wait" => bare(&[(440.0, 198.0), (440.0, 314.0)]),
        "syn-received--closed" => bare(&[(50.0, 162.0), (50.0, 42.0), (196.0, 42.0)]),
        "established--closed" => bare(&[
            (240.0, 236.0),
            (240.0, 144.0),
            (186.0, 144.0),
            (186.0, 64.0),
            (208.0, 64.0),
            (208.0, 50.0),
        ]),
        "fin-wait-1--closed" => bare(&[(20.0, 332.0), (8.0, 332.0), (8.0, 32.0), (196.0, 32.0)]),
        "fin-wait-2--closed" => bare(&[(20.0, 406.0), (8.0, 406.0), (8.0, 32.0), (196.0, 32.0)]),
        "close-wait--closed" => {
            bare(&[(452.0, 332.0), (463.0, 332.0), (463.0, 5.0), (276.0, 5.0), (276.0, 14.0)])
        }
        "closing--closed" => {
            bare(&[(304.0, 332.0), (333.0, 332.0), (333.0, 59.0), (290.0, 59.0), (290.0, 50.0)])
        }
        "listen--established" => bare(&[(240.0, 124.0), (240.0, 236.0)]),
        _ => bare(&[]),
    }
}

/// The state one reaches from `from` by an arrow key: along an edge of the figure if one leads that way, else the nearest
/// box there.
#[must_use]
pub fn neighbour(from: State, direction: Direction) -> Option<State> {
    let is_joined = |state: State| {
        let edge = Edge::between(from, state).or(Edge::between(state, from));
        edge.is_some_and(|edge| edge.origin == Origin::Figure5)
    };
    let reachable = State::ALL.iter().copied().filter_map(|state| {
        let cost = direction.cost(centre(from), centre(state))?;
        Some((!is_joined(state), cost, state))
    });
    let nearest = reachable.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    nearest.map(|(_, _, state)| state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcp::edge::EDGES;

    fn touches(state: State, (x, y): (f64, f64)) -> bool {
        let (cx, cy) = centre(state);
        let (dx, dy) = ((x - cx).abs() - BOX_WIDTH / 2.0, (y - cy).abs() - BOX_HEIGHT / 2.0);
        (dx.abs() < 0.01 && dy <= 0.0) || (dy.abs() < 0.01 && dx <= 0.0)
    }

    #[test]
    fn every_edge_has_a_route_from_rim_to_rim() {
        for edge in EDGES {
            let [start, .., end] = route_of(edge.id).points else { panic!("{} has no route", edge.id) };
            assert!(touches(edge.from, *start), "{} does not leave {}", edge.id, edge.from);
            assert!(touches(edge.to, *end), "{} misses {}", edge.id, edge.to);
        }
    }

    #[test]
    fn every_route_runs_along_the_grid_and_inside_the_drawing() {
        for edge in EDGES {
            let points = route_of(edge.id).points;
            for pair in points.windows(2) {
                assert!(pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1, "{} slants", edge.id);
            }
            let inside = |&(x, y): &(f64, f64)| (0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y);
            assert!(points.iter().all(inside), "{} leaves the drawing", edge.id);
        }
    }

    #[test]
    fn no_route_of_the_figure_crosses_a_box_it_does_not_join() {
        for edge in EDGES.iter().filter(|edge| route_of(edge.id).label.is_some()) {
            for pair in route_of(edge.id).points.windows(2) {
                for &state in State::ALL {
                    let (cx, cy) = centre(state);
                    let apart =
                        |a: f64, b: f64, c: f64, half: f64| a.max(b) <= c - half || a.min(b) >= c + half;
                    let clear = apart(pair[0].0, pair[1].0, cx, BOX_WIDTH / 2.0)
                        || apart(pair[0].1, pair[1].1, cy, BOX_HEIGHT / 2.0);
                    assert!(clear, "{} runs through {state}", edge.id);
                }
            }
        }
    }

    #[test]
    fn arrow_keys_walk_along_the_edges() {
        assert_eq!(neighbour(State::Closed, Direction::Down), Some(State::Listen));
        assert_eq!(neighbour(State::Listen, Direction::Left), Some(State::SynReceived));
        assert_eq!(neighbour(State::Established, Direction::Left), Some(State::SynReceived));
        assert_eq!(neighbour(State::TimeWait, Direction::Down), None);
    }

    #[test]
    fn every_state_can_be_reached_by_arrow_keys() {
        let all = [Direction::Up, Direction::Down, Direction::Left, Direction::Right];
        let mut seen = vec![State::Closed];
        let mut i = 0;
        while let Some(&state) = seen.get(i) {
            for next in all.into_iter().filter_map(|direction| neighbour(state, direction)) {
                if !seen.contains(&next) {
                    seen.push(next);
                }
            }
            i += 1;
        }
        assert_eq!(seen.len(), State::ALL.len());
    }
}
