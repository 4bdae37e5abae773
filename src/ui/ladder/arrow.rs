//! One segment on the ladder: its way, its head, its label, its fate.

use yew::prelude::*;

use super::layout::{Arrow, Point};
use super::view::{FateView, PacketView};
use crate::ui::diagram::layout as lines;
use crate::ui::geometry::{Num, num};
use crate::ui::lang::{HostId, Lang};
use crate::ui::text::Msg;

/// What an arrow is drawn from.
#[derive(Properties, PartialEq)]
pub struct SegmentArrowProps {
    /// The segment.
    pub packet: PacketView,
    /// Where it goes.
    pub arrow: Arrow,
    /// The language.
    pub lang: Lang,
    /// It is being looked at.
    pub selected: bool,
    /// It was chosen.
    pub on_pick: Callback<u32>,
}

/// Draws a segment.
#[component]
pub fn SegmentArrow(props: &SegmentArrowProps) -> Html {
    let (packet, arrow) = (&props.packet, &props.arrow);
    let is_lost = matches!(packet.fate, FateView::Dropped(..));
    let is_live = matches!(packet.fate, FateView::Flying | FateView::Held);
    let class = classes!(
        "segment",
        match packet.from {
            HostId::Client => "by-client",
            HostId::Server => "by-server",
        },
        is_live.then_some("is-live"),
        is_lost.then_some("is-lost"),
        packet.marks.stale.then_some("is-stale"),
        packet.marks.corrupted.then_some("is-corrupted"),
        props.selected.then_some("is-selected"),
    );
    let onclick = {
        let (on_pick, id) = (props.on_pick.clone(), packet.id);
        Callback::from(move |_: MouseEvent| on_pick.emit(id))
    };
    let whole: Vec<Point> = arrow.gone.iter().chain(&arrow.ahead).copied().collect();
    let has_head = arrow.cross.is_none() && packet.fate != FateView::Held;
    html! {
        <g {class} data-packet={packet.id.to_string()} {onclick}>
            <path class="segment-hit" d={lines::polyline(&whole)} />
            <path class="segment-ahead" d={lines::polyline(&arrow.ahead)} />
            <path class="segment-line" d={lines::polyline(&arrow.gone)} />
            <path class="segment-head" d={if has_head { lines::arrowhead(&arrow.gone, 10.0) } else { String::new() }} />
            <path
                class="segment-target"
                d={if packet.fate == FateView::Flying { lines::arrowhead(&arrow.ahead, 8.0) } else { String::new() }}
            />
            { fate(packet, arrow, props.lang) }
            { label(packet, arrow) }
        </g>
    }
}

/// The mark at the end of a segment that came to no good, and in whose name.
fn fate(packet: &PacketView, arrow: &Arrow, lang: Lang) -> Html {
    let word = |at: Point, class: &'static str, words: AttrValue| {
        html! { <text {class} x={num(at.0)} y={num(at.1)}>{ words }</text> }
    };
    match (&packet.fate, arrow.cross, arrow.gone.last()) {
        (FateView::Dropped(_, by), Some((x, y)), _) => html! {
            <g class="fate">
                <path class="cross" d={format!("M{} {}l10 10m0 -10l-10 10", Num(x - 5.0), Num(y - 5.0))} />
                { word((x, y + 18.0), "at-middle", by.clone()) }
            </g>
        },
        // The words for it stand in the margin.
        (FateView::Unread(_), Some((x, y)), _) => html! {
            <g class="fate">
                <path class="cross" d={format!("M{} {}l10 10m0 -10l-10 10", Num(x - 5.0), Num(y - 5.0))} />
            </g>
        },
        (FateView::Held, _, Some(&(x, y))) => html! {
            <g class="held">
                <circle cx={num(x)} cy={num(y)} r="9" />
                <path d={format!("M{} {}v8m5 -8v8", Num(x - 2.5), Num(y - 4.0))} />
                { word((x, y + 22.0), "at-middle", Msg::Held.text(lang)) }
            </g>
        },
        _ => html! { <g /> },
    }
}

fn label(packet: &PacketView, arrow: &Arrow) -> Html {
    let label = &arrow.label;
    let turned = |dy: f64| {
        let (cos, sin) = label.along;
        let (x, y) = (label.at.0 - sin * dy, label.at.1 + cos * dy);
        // A direction needs more than tenths: in ten-thousandths it is right to a pixel over the whole width.
        let fine = |part: f64| format!("{}e-4", (part * 1e4) as i64);
        let (c, s, minus_s) = (fine(cos), fine(sin), fine(-sin));
        format!("matrix({c} {s} {minus_s} {c} {} {})", Num(x), Num(y))
    };
    let tags = if packet.tags.is_empty() { String::new() } else { format!(" {}", packet.tags) };
    let (beside, apart, dy) = match label.rows.numbers_dy() {
        Some(dy) => (AttrValue::from(""), packet.numbers.clone(), dy),
        None => (AttrValue::from(format!(" {}", packet.numbers)), AttrValue::from(""), 0.0),
    };
    html! {
        <g class="segment-label">
            <text transform={turned(0.0)}>
                <tspan class="segment-flags">{ packet.flags.clone() }</tspan>
                <tspan>{ beside }</tspan>
                <tspan class="segment-tags">{ tags }</tspan>
            </text>
            <text transform={turned(dy)}>{ apart }</text>
        </g>
    }
}
