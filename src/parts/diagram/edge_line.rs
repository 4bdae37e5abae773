//! One edge of the diagram: its line, its arrowhead, its label.

use yew::prelude::*;

use super::words::EdgeWords;
use crate::act::Act;
use crate::draw::{diagram as layout, line};
use crate::el::{El, el};
use crate::geometry::Num;
use crate::lang::{HostId, Lang, by_host};
use crate::pick::Pick;
use crate::texts;
use layout::Place;
use tcp::edge::{Edge, Origin};

/// Which hosts have taken an edge in this run, and which took it last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// By host.
    pub by: [bool; 2],
    /// The host whose step this was, if it is the step just made.
    pub latest: Option<HostId>,
}

/// What an edge is drawn from.
pub struct EdgeLine<'a> {
    /// The edge.
    pub edge: &'static Edge,
    /// The language of the label.
    pub lang: Lang,
    /// Who has taken it.
    pub taken: Taken,
    /// A host stands where it starts.
    pub possible: bool,
    /// It is being looked at.
    pub selected: bool,
    /// Where requests go.
    pub act: &'a Callback<Act>,
}

/// Draws an edge.
pub fn edge_line(props: &EdgeLine<'_>) -> El {
    let (edge, taken) = (props.edge, props.taken);
    let route = layout::route_of(edge.id);
    let ends = layout::straight(edge.from, edge.to);
    let points = route.map_or(&ends[..], |route| route.points);
    let host = match taken.by {
        [true, false] => Some(HostId::Client),
        [false, true] => Some(HostId::Server),
        _ => taken.latest,
    };
    let head = if taken.latest.is_some() { 12.0 } else { 8.5 };
    // Taken by both: two lines side by side, so that neither hides the other.
    let lines: &[(f64, &'static str)] = match taken.by {
        [true, true] => &[(-1.75, "by-client"), (1.75, "by-server")],
        _ => &[(0.0, "")],
    };
    let lines = lines.iter().map(|(shift, class)| {
        el("path.edge-stroke").key(class).class(class).attr("d", line::path(points, head - 2.0, *shift))
    });
    el("g.edge aria-hidden=true")
        .key(edge.id)
        .class_if(edge.origin != Origin::Figure5, "edge-beyond")
        .class_if(props.possible, "edge-possible")
        .class_if(taken.by != [false; 2], "edge-taken")
        .class_if(taken.latest.is_some(), "edge-latest")
        .class(host.map_or("", by_host))
        .class_if(props.selected, "is-selected")
        .attr("data-edge", edge.id)
        .asks(props.act, Act::Pick(Pick::Edge(edge.id)))
        .child(el("path.edge-hit").attr("d", line::path(points, 0.0, 0.0)))
        .child(el("g").children(lines))
        .child(el("path.edge-head").attr("d", line::arrowhead(points, head)))
        .child(label(edge, props.lang, route.and_then(|route| route.label)))
}

fn label(edge: &'static Edge, lang: Lang, place: Option<Place>) -> El {
    let EdgeWords { short_event: event, short_action: action, .. } = texts::edge_words(edge, lang);
    let line = |class: &'static str, x: f64, y: f64, words: AttrValue| {
        el("text.edge-label").class(class).attr("x", Num(x)).attr("y", Num(y)).child(words)
    };
    // The event, and the action `dy` below it.
    let lines = |class: &'static str, x: f64, y: f64, dy: f64| {
        let action = line(class, x, y + dy, action.into()).class("edge-action");
        el("g").child(line(class, x, y, event.into())).child(action)
    };
    match place {
        Some(Place::Straddle(x, y)) => lines("at-middle", x, y - 5.0, 19.0),
        Some(Place::After(x, y)) => lines("", x, y, 14.0),
        Some(Place::Before(x, y)) => lines("at-end", x, y, 14.0),
        Some(Place::Inline(x, y)) => {
            let row = if action.is_empty() { event.to_owned() } else { format!("{event} / {action}") };
            // The line gives way to the text: a patch as wide as the text is at most.
            let width = row.chars().map(|c| if c.is_ascii() { 7.2 } else { 13.0 }).sum::<f64>();
            let patch = el("rect.edge-patch height=16")
                .attr("x", Num(x - width / 2.0))
                .attr("y", Num(y - 8.0))
                .attr("width", Num(width));
            el("g").child(patch).child(line("at-middle", x, y + 4.0, row.into()))
        }
        Some(Place::Row(x, y)) => el("g").child(line("", x, y, event.into())),
        Some(Place::RowEnd(x, y)) => el("g").child(line("at-end", x, y, event.into())),
        None => el("g"),
    }
}
