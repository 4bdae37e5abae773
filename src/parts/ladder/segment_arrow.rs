//! One segment on the ladder: its way, its head, its label, its fate.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::draw::Point;
use crate::draw::geometry::{Num, num};
use crate::draw::ladder::Arrow;
use crate::draw::ladder_labels::Label;
use crate::draw::line::{arrowhead, polyline};
use crate::lang::{Lang, by_host};
use crate::pick::Pick;
use crate::present::segment_words::{bad_end, tags};
use crate::text::Msg;
use lab::trace::{Fate, PacketTrace};

#[autoprops]
#[component]
pub fn SegmentArrow(
    /// The packet.
    packet: &PacketTrace,
    /// `seq=y ack=x+1`
    numbers: &AttrValue,
    /// Where it goes.
    arrow: &Arrow,
    lang: &Lang,
    /// It is being looked at.
    is_selected: &bool,
    act: &Callback<Act>,
) -> Html {
    let id = packet.id.0;
    let Arrow { gone, ahead, label, fate_at, .. } = arrow;
    let is_flying = matches!(packet.fate, Fate::Flying { .. });
    let has_head = arrow.cross.is_none() && packet.fate != Fate::Held;
    let head = |is: bool, line: &[Point], size: f64| if is { arrowhead(line, size) } else { String::new() };
    let (sign_class, sign) = sign(packet.fate, arrow);
    let fate = match packet.fate {
        Fate::Dropped { .. } => bad_end(packet.fate, *lang),
        Fate::Held => Some(Msg::Held.in_lang(*lang)),
        // The words for one that arrived in vain stand in the margin.
        _ => None,
    };
    let tags = Some(tags(packet, *lang)).filter(|tags| !tags.is_empty()).map(|tags| format!(" {tags}"));
    let (beside, below, dy) = match label.rows.numbers_dy() {
        Some(dy) => (None, Some(numbers), dy),
        None => (Some(format!(" {numbers}")), None, 0.0),
    };
    let class = classes!(
        "segment",
        by_host(packet.from),
        packet.fate.ended_at().is_none().then_some("is-live"),
        matches!(packet.fate, Fate::Dropped { .. }).then_some("is-lost"),
        packet.stale.then_some("is-stale"),
        packet.corrupted.then_some("is-corrupted"),
        is_selected.then_some("is-selected"),
    );
    html! {
        <g {class} data-packet={id.to_string()} onclick={act.reform(move |_| Act::Pick(Pick::Packet(id)))}>
            <path class="segment-hit" d={polyline(&[&gone[..], ahead].concat())} />
            <path class="segment-ahead" d={polyline(ahead)} />
            <path class="segment-line" d={polyline(gone)} />
            <path class="segment-head" d={head(has_head, gone, 10.0)} />
            <path class="segment-target" d={head(is_flying, ahead, 8.0)} />
            <path class={sign_class} d={sign} />
            <text class="fate" x={num(fate_at.0)} y={num(fate_at.1)}>{ fate }</text>
            <text class="segment-label" transform={turned(label, 0.0)}>
                <tspan class="segment-flags">{ packet.segment.control.to_string() }</tspan>
                <tspan>{ beside }</tspan>
                <tspan class="segment-tags">{ tags }</tspan>
            </text>
            <text class="segment-label" transform={turned(label, dy)}>{ below }</text>
        </g>
    }
}

/// The sign at the end of a segment that came to no good, or is held: its class and its path.
fn sign(fate: Fate, arrow: &Arrow) -> (Option<&'static str>, String) {
    match (fate, arrow.cross, arrow.gone.last()) {
        (Fate::Held, _, Some(&(x, y))) => {
            let ring = "a9 9 0 1 1 18 0a9 9 0 1 1 -18 0m6.5 -4v8m5 -8v8";
            (Some("held"), format!("M{} {}{ring}", Num(x - 9.0), Num(y)))
        }
        (_, Some((x, y)), _) => {
            (Some("cross"), format!("M{} {}l10 10m0 -10l-10 10", Num(x - 5.0), Num(y - 5.0)))
        }
        _ => (None, String::new()),
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
