//! The drawing itself: lifelines, timers, segments, silences and the present.

use std::rc::Rc;

use yew::prelude::*;

use super::drag::use_hand;
use super::drag_preview::DragPreview;
use super::present_line::PresentLine;
use super::segment_arrow::{SegmentArrow, SegmentArrowProps};
use super::silence_fold::SilenceFold;
use super::state_band::StateBand;
use super::timer_strip::TimerStrip;
use crate::act::Act;
use crate::draw::geometry::{Num, num};
use crate::draw::ladder::LadderLayout;
use crate::draw::ladder_margins::{WIDTH, beside, lifeline};
use crate::lang::{HostId, Lang};
use crate::pick::Pick;
use crate::present::stretch::Stretch;
use crate::text::Msg;
use lab::action::Action;
use tcp::time::Instant;

/// What the drawing is made from.
#[derive(Properties, PartialEq)]
pub struct LadderPaperProps {
    /// The run.
    pub stretch: Rc<Stretch>,
    /// The run on paper.
    pub layout: Rc<LadderLayout>,
    /// The present.
    pub now: Instant,
    /// The language.
    pub lang: Lang,
    /// What is being looked at.
    pub pick: Pick,
    /// Where requests go.
    pub act: Callback<Act>,
}

#[component]
pub fn LadderPaper(props: &LadderPaperProps) -> Html {
    let LadderPaperProps { stretch, layout, now, lang, act, .. } = props;
    let (now, lang) = (*now, *lang);
    let hand = use_hand(stretch, layout, act);
    let on_jump = use_callback((now, act.clone()), |at: Instant, (now, act)| {
        act.emit(Act::Do(if at > *now {
            Action::Play { us: at.since(*now) }
        } else {
            Action::Seek { tick: None, at_us: Some(at) }
        }));
    });
    let segment = |arrow: SegmentArrowProps| {
        let key = arrow.packet.id.0;
        html! { <SegmentArrow {key} ..arrow /> }
    };
    html! {
        <svg
            class="ladder"
            role="graphics-document"
            viewBox={format!("0 0 {} {}", Num(WIDTH), Num(layout.height))}
            aria-roledescription={Msg::Ladder.text(lang)}
            aria-label={Msg::LadderLong.text(lang)}
            onpointerdown={hand.take}
            onpointermove={hand.shift}
            onpointerup={hand.let_go}
            onpointercancel={hand.lose}
        >
            <g class="lifelines">
                for host in HostId::ALL {
                    <path key={host.name()} d={format!("M{} 4V{}", Num(lifeline(host)), Num(layout.height))} />
                }
            </g>
            // Below all words, which cover it with their edge.
            <PresentLine {now} y={layout.now_y} is_shown={stretch.until.is_none()} {lang} />
            <g class="bands">
                for place in &layout.bands {
                    <StateBand
                        key={format!("{}-{}", place.band.host, place.band.from.as_micros())}
                        place={place.clone()}
                        {act}
                    />
                }
            </g>
            <g class="timers">
                for place in &layout.timers {
                    <TimerStrip
                        key={place.index}
                        timer={stretch.trace.timers[place.index].clone()}
                        place={place.clone()}
                        {lang}
                        on_jump={&on_jump}
                    />
                }
            </g>
            <g class="notes">
                for (i, note) in layout.notes.iter().enumerate() {
                    <text key={i} class={beside(note.host).0} x={num(beside(note.host).1)} y={num(note.y)}>
                        { note.words }
                    </text>
                }
            </g>
            <g class="folds">
                for (i, fold) in layout.folds.iter().enumerate() {
                    <g key={i}><SilenceFold fold={*fold} is_past={fold.span.1 <= now} {lang} /></g>
                }
            </g>
            <g class="events">
                for (i, ((x, y), words)) in layout.mishaps.iter().enumerate() {
                    <text key={i} class="at-middle" x={num(*x)} y={num(*y)}>{ *words }</text>
                }
            </g>
            <g class="segments">{ for arrows(props).map(segment) }</g>
            <DragPreview drag={hand.drag} {stretch} {layout} {lang} />
        </svg>
    }
}

/// The segments. Of a long run most stay as they are from one event to the next.
fn arrows(props: &LadderPaperProps) -> impl Iterator<Item = SegmentArrowProps> {
    let LadderPaperProps { stretch, layout, lang, pick, act, .. } = props;
    layout.arrows.iter().map(|arrow| {
        let packet = stretch.trace.packets[arrow.index].clone();
        SegmentArrowProps {
            is_selected: *pick == Pick::Packet(packet.id.0),
            packet,
            numbers: stretch.numbers[arrow.index].clone(),
            arrow: arrow.clone(),
            lang: *lang,
            act: act.clone(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::ladder::LadderPlan;
    use crate::tests::moments;
    use lab::trace::Fate;
    use tcp::time::Duration;

    #[test]
    fn as_the_clock_runs_only_what_flies_is_drawn_again() {
        let stretch = moments::page(Lang::En).ladder;
        let plan = LadderPlan::new(&stretch, Lang::En);
        let act = Callback::noop();
        let at = |now: Instant| LadderPaperProps {
            stretch: Rc::clone(&stretch),
            layout: Rc::new(plan.at(&stretch, now)),
            now,
            lang: Lang::En,
            pick: Pick::Latest,
            act: act.clone(),
        };
        let (then, now) = (at(moments::NOW), at(moments::NOW + Duration::from_millis(5)));
        let pairs: Vec<_> = arrows(&then).zip(arrows(&now)).collect();
        assert!(pairs.iter().any(|(then, now)| then != now), "nothing flies");
        for (then, now) in pairs {
            assert!(then == now || matches!(then.packet.fate, Fate::Flying { .. }), "{:?}", then.packet);
        }
    }
}
