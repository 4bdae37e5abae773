//! The timeline: a slider over the events, with a mark for each and a lane for each branch.

use yew::prelude::*;

use super::view::{BranchView, MarkKind, MarkView, TimelineView};
use crate::act::Act;
use crate::el::{El, el};
use crate::geometry::Num;
use crate::lang::{HostId, Lang};
use crate::text::{Msg, step_of};
use lab::action::Action;
use tcp::time::Instant;

/// The width of the drawing; it is stretched to the width of the bar.
const WIDTH: f64 = 1_000.0;

/// Draws the timeline.
pub fn timeline(view: &TimelineView, now: Instant, lang: Lang, act: &Callback<Act>) -> El {
    let count = view.count;
    let longest = view.branches.iter().map(|branch| branch.span.1).chain([count, 8]).max().unwrap_or(8);
    // It grows by leaps, so that not every mark moves with every event.
    let longest = longest.next_multiple_of(if longest > 192 { 64 } else { 8 });
    let x = |tick: u32| f64::from(tick) / f64::from(longest) * WIDTH;
    let on_seek = act.reform(move |tick: String| {
        let tick = Some(tick.parse().map_or(0, |tick: u32| tick.min(count)));
        Act::Do(Action::Seek { tick, at_us: None })
    });
    let latest = Some(&*view.latest).filter(|_| view.cursor > 0);
    let text = step_of(view.cursor, count, now, latest, lang);
    let rail = |class: &'static str, to: f64| el("path").class(class).attr("d", format!("M0 20H{}", Num(to)));
    let left = view.branches.iter().filter(|branch| !branch.is_current).enumerate();
    let lanes = left.map(|(i, branch)| el("path").nth(branch.id as usize).attr("d", lane(branch, i, &x)));
    let rails = el("svg preserveAspectRatio=none aria-hidden=true")
        .attr("viewBox", format!("-12 0 {} 40", Num(WIDTH + 24.0)))
        .child(rail("rail", WIDTH))
        .child(rail("known", x(count)))
        .child(rail("gone", x(view.cursor)))
        .child(el("g.lanes").children(lanes));
    let mark = |mark: &MarkView| {
        let sign = el("path.mark").class(class(mark)).class_if(mark.tick > view.cursor, "is-future");
        let sign = sign.attr("d", shape(mark));
        let place = format!("{}%", Num(share(x(mark.tick))));
        let words = el("title").child(format!("{} {}", mark.at, mark.label));
        el("svg y=50% overflow=visible").nth(mark.tick as usize).attr("x", place).child(sign.child(words))
    };
    let slider = el("input type=range min=0 step=1")
        .attr("max", u64::from(longest))
        .value(view.cursor.to_string().into())
        .label(Msg::Timeline, lang)
        .attr("aria-valuetext", text)
        .on_input(on_seek);
    el("div.timeline")
        .child(rails)
        .child(el("svg.marks aria-hidden=true").children(view.marks.iter().map(mark)))
        .child(slider)
}

/// A place of the drawing in hundredths of its width, rim included.
fn share(x: f64) -> f64 {
    (x + 12.0) / (WIDTH + 24.0) * 100.0
}

/// The line of a branch that was left: it leaves the rail where it forked and runs below it.
fn lane(branch: &BranchView, i: usize, x: &impl Fn(u32) -> f64) -> String {
    let y = 29.0 + (i % 3) as f64 * 4.0;
    let (from, to) = (x(branch.span.0), x(branch.span.1));
    format!("M{} 20L{} {}H{}", Num(from), Num(from + 10.0), Num(y), Num(to))
}

fn class(mark: &MarkView) -> &'static str {
    match (mark.kind, mark.host) {
        (MarkKind::Loss, _) => "is-loss",
        (_, Some(HostId::Client)) => "by-client",
        (_, Some(HostId::Server)) => "by-server",
        (_, None) => "is-link",
    }
}

/// Round for the client, square for the server, a cross for a loss, a diamond for a timer, a bar for the rest.
fn shape(mark: &MarkView) -> &'static str {
    match (mark.kind, mark.host) {
        (MarkKind::Loss, _) => "M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5",
        (MarkKind::Timer, _) => "M0 -6L6 0L0 6L-6 0Z",
        (_, Some(HostId::Client)) => "M-5 0A5 5 0 1 1 5 0A5 5 0 1 1 -5 0Z",
        (_, Some(HostId::Server)) => "M-4.5 -4.5H4.5V4.5H-4.5Z",
        (_, None) => "M-1.5 -6H1.5V6H-1.5Z",
    }
}
