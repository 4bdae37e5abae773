//! The label of an edge: the event, and what is done then.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::draw::diagram::Place;
use crate::draw::geometry::num;
use crate::lang::Lang;
use course::text;
use tcp::edge::Edge;

#[autoprops]
#[component]
pub(super) fn EdgeLabel(
    edge: &&'static Edge,
    /// Where the label stands; none for an edge drawn without.
    place: &Option<Place>,
    lang: &Lang,
) -> Html {
    let (edge, place, lang) = (*edge, *place, *lang);
    let (event, action) = text::edge(edge, lang).short();
    let one = |anchor: &'static str, x: f64, y: f64| {
        html! { <g><text class={classes!("edge-label", anchor)} x={num(x)} y={num(y)}>{ event }</text></g> }
    };
    // The event, and the action `dy` below it.
    let both = |anchor: &'static str, x: f64, y: f64, dy: f64| {
        html! {
            <g>
                <text class={classes!("edge-label", anchor)} x={num(x)} y={num(y)}>{ event }</text>
                <text class={classes!("edge-label", anchor, "edge-action")} x={num(x)} y={num(y + dy)}>
                    { action }
                </text>
            </g>
        }
    };
    match place {
        Some(Place::Straddle(x, y)) => both("at-middle", x, y - 5.0, 19.0),
        Some(Place::After(x, y)) => both("", x, y, 14.0),
        Some(Place::Before(x, y)) => both("at-end", x, y, 14.0),
        Some(Place::Inline(x, y)) => {
            let row = if action.is_empty() { event.to_owned() } else { format!("{event} / {action}") };
            // The line gives way to the text: a patch as wide as the text is at most.
            let width = row.chars().map(|c| if c.is_ascii() { 7.2 } else { 13.0 }).sum::<f64>();
            let (left, top) = (num(x - width / 2.0), num(y - 8.0));
            html! {
                <g>
                    <rect class="edge-patch" x={left} y={top} width={num(width)} height="16" />
                    <text class="edge-label at-middle" x={num(x)} y={num(y + 4.0)}>{ row }</text>
                </g>
            }
        }
        Some(Place::Row(x, y)) => one("", x, y),
        Some(Place::RowEnd(x, y)) => one("at-end", x, y),
        None => html! { <g /> },
    }
}
