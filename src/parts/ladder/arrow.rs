//! One segment on the ladder: its way, its head, its label, its fate.

use yew::prelude::*;

use super::labels::Label;
use super::layout::{Arrow, Point};
use super::view::{FateView, PacketView};
use crate::act::Act;
use crate::draw::line as lines;
use crate::el::{El, el};
use crate::geometry::Num;
use crate::kept::Part;
use crate::lang::{Lang, by_host};
use crate::pick::Pick;
use crate::text::Msg;

/// An arrow, and what it is drawn from.
#[derive(PartialEq)]
pub struct SegmentArrow {
    /// The segment.
    pub packet: PacketView,
    /// Where it goes.
    pub arrow: Arrow,
    /// The language.
    pub lang: Lang,
    /// It is being looked at.
    pub selected: bool,
    /// Where requests go.
    pub act: Callback<Act>,
}

impl Part for SegmentArrow {
    fn draw(&self) -> El {
        segment_arrow(self)
    }
}

/// Draws a segment.
fn segment_arrow(props: &SegmentArrow) -> El {
    let (packet, arrow) = (&props.packet, &props.arrow);
    let is_lost = matches!(packet.fate, FateView::Dropped(..));
    let is_live = matches!(packet.fate, FateView::Flying | FateView::Held);
    let whole: Vec<Point> = arrow.gone.iter().chain(&arrow.ahead).copied().collect();
    let is_flying = packet.fate == FateView::Flying;
    let has_head = arrow.cross.is_none() && packet.fate != FateView::Held;
    let head = |is: bool, line: &[Point], size: f64| {
        if is { lines::arrowhead(line, size) } else { String::new() }
    };
    let (mark, sign, word) = fate(packet, arrow, props.lang);
    let word_at = arrow.fate_at;
    let label = &arrow.label;
    let tags = if packet.tags.is_empty() { String::new() } else { format!(" {}", packet.tags) };
    let (beside, apart, dy) = match label.rows.numbers_dy() {
        Some(dy) => (AttrValue::Static(""), packet.numbers.clone(), dy),
        None => (AttrValue::from(format!(" {}", packet.numbers)), AttrValue::Static(""), 0.0),
    };
    let id = packet.id;
    let path = |description: &'static str, d: String| el(description).attr("d", d);
    let fate = el("text.fate").attr("x", Num(word_at.0)).attr("y", Num(word_at.1)).child(word);
    let said = el("text.segment-label")
        .attr("transform", turned(label, 0.0))
        .child(el("tspan.segment-flags").child(&packet.flags))
        .child(el("tspan").child(beside))
        .child(el("tspan.segment-tags").child(tags));
    el("g.segment")
        .class(by_host(packet.from))
        .class_if(is_live, "is-live")
        .class_if(is_lost, "is-lost")
        .class_if(packet.marks.stale, "is-stale")
        .class_if(packet.marks.corrupted, "is-corrupted")
        .class_if(props.selected, "is-selected")
        .attr("data-packet", u64::from(id))
        .asks(&props.act, Act::Pick(Pick::Packet(id)))
        .child(path("path.segment-hit", lines::polyline(&whole)))
        .child(path("path.segment-ahead", lines::polyline(&arrow.ahead)))
        .child(path("path.segment-line", lines::polyline(&arrow.gone)))
        .child(path("path.segment-head", head(has_head, &arrow.gone, 10.0)))
        .child(path("path.segment-target", head(is_flying, &arrow.ahead, 8.0)))
        .child(path("path", sign).attr("class", mark))
        .child(fate)
        .child(said)
        .child(el("text.segment-label").attr("transform", turned(label, dy)).child(apart))
}

/// The sign at the end of a segment that came to no good or is held, with a word. The word for one that arrived in vain
/// stands in the margin.
fn fate(packet: &PacketView, arrow: &Arrow, lang: Lang) -> (&'static str, String, AttrValue) {
    let cross = |(x, y): Point| format!("M{} {}l10 10m0 -10l-10 10", Num(x - 5.0), Num(y - 5.0));
    match (&packet.fate, arrow.cross, arrow.gone.last()) {
        (FateView::Dropped(_, by), Some(at), _) => ("cross", cross(at), by.clone()),
        (FateView::Unread(_), Some(at), _) => ("cross", cross(at), AttrValue::default()),
        (FateView::Held, _, Some(&(x, y))) => {
            let ring = "a9 9 0 1 1 18 0a9 9 0 1 1 -18 0m6.5 -4v8m5 -8v8";
            ("held", format!("M{} {}{ring}", Num(x - 9.0), Num(y)), Msg::Held.text(lang))
        }
        _ => ("", String::new(), AttrValue::default()),
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
