//! The drawing itself: lifelines, timers, segments, silences and the present.

use std::rc::Rc;

use yew::prelude::*;

use super::arrow::SegmentArrow;
use super::drag::{Drag, preview};
use super::layout::{Layout, MARGIN, WIDTH, lifeline};
use super::lifelines::state_band;
use super::margins::Note;
use super::timer_bar::timer_bar;
use super::view::LadderView;
use crate::act::Act;
use crate::el::{El, el};
use crate::geometry::{Fold, Num};
use crate::kept::kept_as;
use crate::lang::{HostId, Lang};
use crate::pick::Pick;
use crate::text::{Msg, duration, silence};
use tcp::time::Instant;

/// What the drawing is made from.
pub struct PaperProps {
    /// The run.
    pub view: Rc<LadderView>,
    /// The run on paper.
    pub layout: Rc<Layout>,
    /// The present.
    pub now: Instant,
    /// The language.
    pub lang: Lang,
    /// What is being looked at.
    pub pick: Pick,
    /// What is being drawn downwards.
    pub drag: Option<Drag>,
    /// Where requests go.
    pub act: Callback<Act>,
    /// The learner wants to be at a moment.
    pub on_jump: Callback<Instant>,
}

/// Draws the ladder.
pub fn paper(props: &PaperProps) -> El {
    let PaperProps { view, layout, lang, .. } = props;
    let lang = *lang;
    let line = |host: HostId| format!("M{} 4V{}", Num(lifeline(host)), Num(layout.height));
    let lines = HostId::ALL.into_iter().map(|host| el("path").key(host.name()).attr("d", line(host)));
    let bands = layout.bands.iter().map(|band| state_band(band, &props.act));
    let bars = layout.bars.iter().map(|bar| timer_bar(&view.timers[bar.index], bar, lang, &props.on_jump));
    let folds = layout.folds.iter().enumerate();
    let folds = folds.map(|(i, fold)| el("g").nth(i).child(draw_fold(fold, props.now, lang)));
    let events = layout.events.iter().enumerate().map(|(i, ((x, y), words))| {
        el("text.at-middle").nth(i).attr("x", Num(*x)).attr("y", Num(*y)).child(words)
    });
    let arrows = arrows(props).map(|arrow| kept_as(arrow.packet.id, arrow));
    el("svg.ladder role=graphics-document")
        .attr("viewBox", format!("0 0 {} {}", Num(WIDTH), Num(layout.height)))
        .attr("aria-roledescription", Msg::Ladder.text(lang))
        .label(Msg::LadderLong, lang)
        .child(el("g.lifelines").children(lines))
        // Below all words, which cover it with their edge.
        .child(present(props))
        .child(el("g.bands").children(bands))
        .child(el("g.timers").children(bars))
        .child(el("g.notes").children(layout.notes.iter().enumerate().map(note)))
        .child(el("g.folds").children(folds))
        .child(el("g.events").children(events))
        .child(el("g.segments").children(arrows))
        .child(preview(props.drag, &view.packets, layout, lang))
}

/// The segments. Of a long run most stay as they are from one event to the next.
fn arrows(props: &PaperProps) -> impl Iterator<Item = SegmentArrow> {
    props.layout.arrows.iter().map(|arrow| {
        let packet = props.view.packets[arrow.index].clone();
        let selected = props.pick == Pick::Packet(packet.id);
        let (arrow, lang, act) = (arrow.clone(), props.lang, props.act.clone());
        SegmentArrow { packet, arrow, lang, selected, act }
    })
}

/// The line of the present.
fn present(props: &PaperProps) -> El {
    let line = format!("M4 0H{}", Num(WIDTH - 4.0));
    let ends = format!("M0 -4l6 4l-6 4ZM{} -4l-6 4l6 4Z", Num(WIDTH));
    let title = format!("{} {}", Msg::Now.in_lang(props.lang), props.now);
    el("g.now")
        .attr("transform", format!("translate(0 {})", Num(props.layout.now_y)))
        .attr("visibility", props.view.part.until.map(|_| "hidden"))
        .child(el("path").attr("d", line))
        .child(el("path.now-ends").attr("d", ends))
        .child(el("title").child(title))
}

/// A word in the margin.
fn note((i, note): (usize, &Note)) -> El {
    let (class, dx) = match note.host {
        HostId::Client => ("at-end", -19.0),
        HostId::Server => ("", 19.0),
    };
    let word = el("text").nth(i).attr("class", class);
    word.attr("x", Num(lifeline(note.host) + dx)).attr("y", Num(note.y)).child(&note.words)
}

/// A folded silence: two torn edges and how long it was.
fn draw_fold(fold: &Fold, now: Instant, lang: Lang) -> El {
    // What is still to come may turn out not to be a silence.
    let is_past = fold.span.1 <= now;
    let words = if is_past { silence(fold.length, lang) } else { duration(fold.length, lang) };
    let (left, right) = (MARGIN + 12.0, WIDTH - MARGIN - 12.0);
    let middle = (fold.y.0 + fold.y.1) / 2.0;
    let gap = |x: f64| el("rect width=20 height=7").attr("x", Num(x - 10.0)).attr("y", Num(middle - 3.5));
    let torn = |x: f64| {
        let mut d = format!("M{} {}", Num(x - 8.0), Num(middle - 4.0));
        for i in 0..4 {
            d += if i % 2 == 0 { "l4 4" } else { "l4 -4" };
        }
        el("path").attr("d", d)
    };
    let line = format!("M{} {}H{}", Num(left), Num(middle), Num(right));
    let said = el("text.at-middle").attr("x", Num(WIDTH / 2.0)).attr("y", Num(middle + 4.0));
    el("g.fold")
        .child(gap(MARGIN))
        .child(gap(WIDTH - MARGIN))
        .child(torn(MARGIN))
        .child(torn(WIDTH - MARGIN))
        .child(el("path.fold-line").attr("d", line))
        .child(said.child(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::ladder::layout::Plan;
    use crate::parts::ladder::view::FateView;
    use crate::tests::moments;
    use tcp::time::Duration;

    #[test]
    fn as_the_clock_runs_only_what_flies_is_drawn_again() {
        let view = moments::page(Lang::En).ladder;
        let plan = Plan::new(&view);
        let act = Callback::noop();
        let at = |now: Instant| PaperProps {
            view: Rc::clone(&view),
            layout: Rc::new(plan.at(&view, now)),
            now,
            lang: Lang::En,
            pick: Pick::Latest,
            drag: None,
            act: act.clone(),
            on_jump: Callback::noop(),
        };
        let (then, now) = (at(moments::NOW), at(moments::NOW + Duration::from_millis(5)));
        let pairs: Vec<_> = arrows(&then).zip(arrows(&now)).collect();
        assert!(pairs.iter().any(|(then, now)| then != now), "nothing flies");
        for (then, now) in pairs {
            assert!(then == now || then.packet.fate == FateView::Flying, "{:?}", then.packet);
        }
    }
}
