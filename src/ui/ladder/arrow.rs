//! One segment on the ladder: its way, its head, its label, its fate.

use yew::prelude::*;

use super::labels::Label;
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
    let is_flying = packet.fate == FateView::Flying;
    let has_head = arrow.cross.is_none() && packet.fate != FateView::Held;
    let head = |is: bool, line: &[Point], size: f64| {
        if is { lines::arrowhead(line, size) } else { String::new() }
    };
    let (mark, sign, word, word_at) = fate(packet, arrow, props.lang);
    let label = &arrow.label;
    let tags = if packet.tags.is_empty() { String::new() } else { format!(" {}", packet.tags) };
    let (beside, apart, dy) = match label.rows.numbers_dy() {
        Some(dy) => (AttrValue::Static(""), packet.numbers.clone(), dy),
        None => (AttrValue::from(format!(" {}", packet.numbers)), AttrValue::Static(""), 0.0),
    };
    html! {
        <g {class} data-packet={packet.id.to_string()} {onclick}>
            <path class="segment-hit" d={lines::polyline(&whole)} />
            <path class="segment-ahead" d={lines::polyline(&arrow.ahead)} />
            <path class="segment-line" d={lines::polyline(&arrow.gone)} />
            <path class="segment-head" d={head(has_head, &arrow.gone, 10.0)} />
            <path class="segment-target" d={head(is_flying, &arrow.ahead, 8.0)} />
            <path class={mark} d={sign} />
            <text class="fate" x={num(word_at.0)} y={num(word_at.1)}>{ word }</text>
            <text class="segment-label" transform={turned(label, 0.0)}>
                <tspan class="segment-flags">{ packet.flags.clone() }</tspan>
                <tspan>{ beside }</tspan>
                <tspan class="segment-tags">{ tags }</tspan>
            </text>
            <text class="segment-label" transform={turned(label, dy)}>{ apart }</text>
        </g>
    }
}

/// The sign at the end of a segment that came to no good or is held, with a word and its place. The word for one that
/// arrived in vain stands in the margin.
fn fate(packet: &PacketView, arrow: &Arrow, lang: Lang) -> (&'static str, String, AttrValue, Point) {
    let cross = |(x, y): Point| format!("M{} {}l10 10m0 -10l-10 10", Num(x - 5.0), Num(y - 5.0));
    match (&packet.fate, arrow.cross, arrow.gone.last()) {
        (FateView::Dropped(_, by), Some(at), _) => ("cross", cross(at), by.clone(), (at.0, at.1 + 18.0)),
        (FateView::Unread(_), Some(at), _) => ("cross", cross(at), AttrValue::default(), at),
        (FateView::Held, _, Some(&(x, y))) => {
            let ring = "a9 9 0 1 1 18 0a9 9 0 1 1 -18 0m6.5 -4v8m5 -8v8";
            ("held", format!("M{} {}{ring}", Num(x - 9.0), Num(y)), Msg::Held.text(lang), (x, y + 22.0))
        }
        _ => ("", String::new(), AttrValue::default(), (0.0, 0.0)),
    }
}

/// Turns a row of a label into the direction of its line.
fn turned(label: &Label, dy: f64) -> String {
    let (cos, sin) = label.along;
    let (x, y) = (label.at.0 - sin * dy, label.at.1 + cos * dy);
    // A direction needs more than tenths: in ten-thousandths it is right to a pixel over the whole width.
    let fine = |part: f64| format!("{}e-4", (part * 1e4) as i64);
    let (c, s, minus_s) = (fine(cos), fine(sin), fine(-sin));
    format!("matrix({c} {s} {minus_s} {c} {} {})", Num(x), Num(y))
}
