//! The timeline: a slider over the events, with a mark for each and a lane for each branch.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

use super::timeline_mark::caption;
use super::timeline_marks::TimelineMarks;
use super::timeline_rails::TimelineRails;
use super::timeline_view::TimelineView;
use crate::act::Act;
use crate::lang::Lang;
use crate::text::{Msg, step_of};
use lab::action::Action;
use tcp::time::Instant;

/// Draws the timeline. Only the words of the slider follow the present.
#[autoprops]
#[component]
pub(super) fn Timeline(view: &Rc<TimelineView>, now: &Instant, lang: &Lang, act: &Callback<Act>) -> Html {
    let (now, lang) = (*now, *lang);
    let count = view.count;
    let latest = view.latest.as_ref().map(|record| caption(record));
    let oninput = act.reform(move |event: InputEvent| {
        let tick = event.target_unchecked_into::<HtmlInputElement>().value();
        let tick = tick.parse().map_or(0, |tick: u32| tick.min(count));
        Act::Do(Action::Seek { tick: Some(tick), at_us: None })
    });
    html! {
        <div class="timeline">
            <TimelineRails {view} />
            <TimelineMarks {view} />
            <input
                type="range"
                min="0"
                max={view.room().to_string()}
                step="1"
                value={view.cursor.to_string()}
                aria-label={Msg::Timeline.text(lang)}
                aria-valuetext={step_of(view.cursor, count, now, latest.as_deref(), lang)}
                {oninput}
            />
        </div>
    }
}
