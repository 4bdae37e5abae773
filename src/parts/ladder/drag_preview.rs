//! The way that a segment being drawn downwards would go, and how much longer it would take.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::drag::{Drag, delay};
use crate::draw::geometry::{Num, num};
use crate::draw::ladder::LadderLayout;
use crate::draw::ladder_margins::lifeline;
use crate::lang::{HostId, Lang, by_host};
use crate::present::stretch::Stretch;
use crate::text::later_by;

#[autoprops]
#[component]
pub fn DragPreview(
    /// What is being drawn downwards.
    drag: &Option<Drag>,
    stretch: &Rc<Stretch>,
    layout: &Rc<LadderLayout>,
    lang: &Lang,
) -> Html {
    let way = drag.and_then(|drag| way(drag, stretch, layout, *lang));
    html! { <g class="drag">{ way.unwrap_or(html! { <g /> }) }</g> }
}

fn way(drag: Drag, stretch: &Stretch, layout: &LadderLayout, lang: Lang) -> Option<Html> {
    let (packet, _) = stretch.packet(drag.packet)?;
    let arrow = layout.arrows.iter().find(|arrow| stretch.trace.packets[arrow.index].id == drag.packet)?;
    let length = delay(drag, packet, layout)?;
    let to = (lifeline(packet.from.other()), layout.y(packet.due_at()?) + drag.by);
    let line = format!("M{} {}L{} {}", Num(arrow.anchor.0), Num(arrow.anchor.1), Num(to.0), Num(to.1));
    // Beside the lifeline there is room only inwards.
    let (class, x) = match packet.from {
        HostId::Client => (Some("at-end"), to.0 - 12.0),
        HostId::Server => (None, to.0 + 12.0),
    };
    Some(html! {
        <g class={by_host(packet.from)}>
            <path d={line} />
            <text {class} x={num(x)} y={num(to.1 - 4.0)}>{ later_by(length, lang) }</text>
        </g>
    })
}
