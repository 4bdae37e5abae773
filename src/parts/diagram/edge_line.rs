//! One edge of the diagram: its line, its arrowhead, its label.

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::edge_label::EdgeLabel;
use crate::act::Act;
use crate::draw::diagram::route_of;
use crate::draw::line;
use crate::lang::{HostId, Lang, by_host};
use crate::pick::Pick;
use tcp::edge::{Edge, Origin};

/// Which hosts have taken an edge in this run, and which took it last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// By host.
    pub by: [bool; 2],
    /// The host whose step this was, if it is the step just made.
    pub latest: Option<HostId>,
}

#[autoprops]
#[component]
pub(super) fn EdgeLine(
    edge: &&'static Edge,
    lang: &Lang,
    /// Who has taken it.
    taken: &Taken,
    /// A host stands where it starts.
    is_possible: bool,
    /// It is being looked at.
    is_selected: bool,
    act: &Callback<Act>,
) -> Html {
    let (edge, lang, taken) = (*edge, *lang, *taken);
    let route = route_of(edge.id);
    let host = match taken.by {
        [true, false] => Some(HostId::Client),
        [false, true] => Some(HostId::Server),
        _ => taken.latest,
    };
    let class = classes!(
        "edge",
        (edge.origin != Origin::Figure5).then_some("edge-beyond"),
        is_possible.then_some("edge-possible"),
        (taken.by != [false; 2]).then_some("edge-taken"),
        taken.latest.map(|_| "edge-latest"),
        host.map(by_host),
        is_selected.then_some("is-selected"),
    );
    let head = if taken.latest.is_some() { 12.0 } else { 8.5 };
    // Taken by both: two lines side by side, so that neither hides the other.
    let strokes: &[(f64, &'static str)] = match taken.by {
        [true, true] => &[(-1.75, "by-client"), (1.75, "by-server")],
        _ => &[(0.0, "")],
    };
    let strokes = strokes.iter().map(|&(shift, class)| {
        let d = line::path(route.points, head - 2.0, shift);
        html! { <path key={class} class={classes!("edge-stroke", class)} {d} /> }
    });
    let onclick = act.reform(|_| Act::Pick(Pick::Edge(edge.id)));
    html! {
        <g {class} aria-hidden="true" data-edge={edge.id} {onclick}>
            <path class="edge-hit" d={line::path(route.points, 0.0, 0.0)} />
            <g>{ for strokes }</g>
            <path class="edge-head" d={line::arrowhead(route.points, head)} />
            <EdgeLabel {edge} place={route.label} {lang} />
        </g>
    }
}
