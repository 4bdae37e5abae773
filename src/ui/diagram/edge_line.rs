//! One edge of the diagram: its line, its arrowhead, its label.

use yew::prelude::*;

use super::layout::{self, Place};
use super::words::EdgeWords;
use crate::tcp::edge::{Edge, Origin};
use crate::ui::geometry::num;
use crate::ui::lang::{HostId, Lang};
use crate::ui::texts;

/// Which hosts have taken an edge in this run, and which took it last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// By host.
    pub by: [bool; 2],
    /// The host whose step this was, if it is the step just made.
    pub latest: Option<HostId>,
}

/// What an edge is drawn from.
#[derive(Properties, PartialEq)]
pub struct EdgeLineProps {
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
    /// It was chosen.
    pub on_pick: Callback<&'static str>,
}

/// Draws an edge.
#[component]
pub fn EdgeLine(props: &EdgeLineProps) -> Html {
    let edge = props.edge;
    let route = layout::route_of(edge.id);
    let ends = layout::straight(edge.from, edge.to);
    let points = route.map_or(&ends[..], |route| route.points);
    let both = props.taken.by == [true, true];
    let class = classes!(
        "edge",
        (edge.origin != Origin::Figure5).then_some("edge-beyond"),
        props.possible.then_some("edge-possible"),
        (props.taken.by != [false; 2]).then_some("edge-taken"),
        (props.taken.by[0] && !both).then_some("by-client"),
        (props.taken.by[1] && !both).then_some("by-server"),
        props.taken.latest.map(|host| match host {
            HostId::Client => "edge-latest by-client",
            HostId::Server => "edge-latest by-server",
        }),
        props.selected.then_some("is-selected"),
    );
    let head = if props.taken.latest.is_some() { 12.0 } else { 8.5 };
    let on_pick = {
        let (on_pick, id) = (props.on_pick.clone(), edge.id);
        Callback::from(move |_: MouseEvent| on_pick.emit(id))
    };
    // Taken by both: two lines side by side, so that neither hides the other.
    let shifts: &[(f64, &str)] = match (both, props.taken.latest) {
        (true, _) => &[(-1.75, "edge-stroke by-client"), (1.75, "edge-stroke by-server")],
        (false, _) => &[(0.0, "edge-stroke")],
    };
    html! {
        <g {class} data-edge={edge.id} aria-hidden="true" onclick={on_pick}>
            <path class="edge-hit" d={layout::path(points, 0.0, 0.0)} />
            <g>
                for (shift, class) in shifts.iter().copied() {
                    <path key={class} {class} d={layout::path(points, head - 2.0, shift)} />
                }
            </g>
            <path class="edge-head" d={layout::arrowhead(points, head)} />
            { label(edge, props.lang, route.and_then(|route| route.label)) }
        </g>
    }
}

fn label(edge: &'static Edge, lang: Lang, place: Option<Place>) -> Html {
    let EdgeWords { short_event: event, short_action: action, .. } = texts::edge_words(edge, lang);
    let line = |class: &'static str, x: f64, y: f64, words: &str| {
        let class = classes!("edge-label", class);
        html! { <text {class} x={num(x)} y={num(y)}>{ words.to_owned() }</text> }
    };
    let row = if action.is_empty() { event.to_owned() } else { format!("{event} / {action}") };
    let (first, second) = match place {
        Some(Place::Straddle(x, y)) => {
            (line("at-middle", x, y - 5.0, event), line("at-middle edge-action", x, y + 14.0, action))
        }
        Some(Place::After(x, y)) => (line("", x, y, event), line("edge-action", x, y + 14.0, action)),
        Some(Place::Before(x, y)) => {
            (line("at-end", x, y, event), line("at-end edge-action", x, y + 14.0, action))
        }
        Some(Place::Inline(x, y)) => {
            // The line gives way to the text: a patch as wide as the text is at most.
            let width = row.chars().map(|c| if c.is_ascii() { 7.2 } else { 13.0 }).sum::<f64>();
            let (left, width) = (num(x - width / 2.0), num(width));
            let patch = html! { <rect class="edge-patch" x={left} y={num(y - 8.0)} {width} height="16" /> };
            (patch, line("at-middle", x, y + 4.0, &row))
        }
        Some(Place::Row(x, y)) => (line("", x, y, event), html! { <g /> }),
        Some(Place::RowEnd(x, y)) => (line("at-end", x, y, event), html! { <g /> }),
        None => (html! { <g /> }, html! { <g /> }),
    };
    html! { <g>{ first }{ second }</g> }
}
