//! The drawing itself: lifelines, timers, segments, silences and the present.

use std::rc::Rc;

use yew::prelude::*;

use super::arrow::SegmentArrow;
use super::layout::{Layout, MARGIN, WIDTH, lifeline};
use super::lifelines::state_band;
use super::timer_bar::timer_bar;
use super::view::LadderView;
use crate::time::Instant;
use crate::ui::geometry::{Fold, Num, num};
use crate::ui::lang::{HostId, Lang};
use crate::ui::pick::Pick;
use crate::ui::text::{Msg, duration, silence};

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
    /// Something was chosen.
    pub on_pick: Callback<Pick>,
    /// The learner wants to be at a moment.
    pub on_jump: Callback<Instant>,
}

/// Draws the ladder.
pub fn paper(props: &PaperProps) -> Html {
    let PaperProps { view, layout, lang, .. } = props;
    let lang = *lang;
    let on_packet = props.on_pick.reform(Pick::Packet);
    let now_y = layout.now_y;
    html! {
        <svg
            class="ladder"
            viewBox={format!("0 0 {} {}", Num(WIDTH), Num(layout.height))}
            role="graphics-document"
            aria-roledescription={Msg::Ladder.text(lang)}
            aria-label={Msg::LadderLong.text(lang)}
        >
            <g class="lifelines">
                for host in HostId::ALL {
                    <path key={host.name()} d={format!("M{} 4V{}", Num(lifeline(host)), Num(layout.height))} />
                }
            </g>
            <g class="bands">
                for band in layout.bands.iter() {
                    { state_band(band, &props.on_pick) }
                }
            </g>
            <g class="timers">
                for bar in layout.bars.iter() {
                    { timer_bar(&view.timers[bar.index], bar, lang, &props.on_jump) }
                }
            </g>
            <g class="notes">
                for (i, note) in layout.notes.iter().enumerate() {
                    <text
                        key={i}
                        class={if note.host == HostId::Client { "at-end" } else { "" }}
                        x={num(lifeline(note.host) + if note.host == HostId::Client { -19.0 } else { 19.0 })}
                        y={num(note.y)}
                    >
                        { note.words.clone() }
                    </text>
                }
            </g>
            <g class="folds">
                for (i, fold) in layout.folds.iter().enumerate() {
                    <g key={i}>{ draw_fold(fold, props.now, lang) }</g>
                }
            </g>
            <g class="events">
                for (i, event) in view.events.iter().enumerate() {
                    <text key={i} class="at-middle" x={num(WIDTH / 2.0)} y={num(layout.y(event.at) + 4.0)}>
                        { event.label.clone() }
                    </text>
                }
            </g>
            <g class="now" transform={format!("translate(0 {})", Num(now_y))} visibility={view.part.until.map(|_| "hidden")}>
                <path d={format!("M4 0H{}", Num(WIDTH - 4.0))} />
                <path class="now-ends" d={format!("M0 -5l7 5l-7 5ZM{} -5l-7 5l7 5Z", Num(WIDTH))} />
                <title>{ format!("{} {}", Msg::Now.in_lang(lang), props.now) }</title>
            </g>
            <g class="segments">
                for arrow in layout.arrows.iter() {
                    <SegmentArrow
                        key={view.packets[arrow.index].id}
                        packet={view.packets[arrow.index].clone()}
                        arrow={arrow.clone()}
                        {lang}
                        selected={props.pick == Pick::Packet(view.packets[arrow.index].id)}
                        on_pick={on_packet.clone()}
                    />
                }
            </g>
        </svg>
    }
}

/// A folded silence: two torn edges and how long it was.
fn draw_fold(fold: &Fold, now: Instant, lang: Lang) -> Html {
    // What is still to come may turn out not to be a silence.
    let is_past = fold.span.1 <= now;
    let words = if is_past { silence(fold.length, lang) } else { duration(fold.length, lang) };
    let (left, right) = (MARGIN + 12.0, WIDTH - MARGIN - 12.0);
    let middle = (fold.y.0 + fold.y.1) / 2.0;
    let torn = |x: f64| {
        let mut d = format!("M{} {}", Num(x - 8.0), Num(middle - 4.0));
        for i in 0..4 {
            d += if i % 2 == 0 { "l4 4" } else { "l4 -4" };
        }
        d
    };
    html! {
        <g class="fold">
            <rect x={num(MARGIN - 10.0)} y={num(middle - 3.5)} width="20" height="7" />
            <rect x={num(WIDTH - MARGIN - 10.0)} y={num(middle - 3.5)} width="20" height="7" />
            <path d={torn(MARGIN)} />
            <path d={torn(WIDTH - MARGIN)} />
            <path class="fold-line" d={format!("M{} {}H{}", Num(left), Num(middle), Num(right))} />
            <text class="at-middle" x={num(WIDTH / 2.0)} y={num(middle + 4.0)}>
                { words }
            </text>
        </g>
    }
}
