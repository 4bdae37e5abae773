//! The marks of the timeline, one for each event.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::timeline_mark::TimelineMark;
use super::timeline_view::TimelineView;

#[autoprops]
#[component]
pub(super) fn TimelineMarks(view: &Rc<TimelineView>) -> Html {
    html! {
        <svg class="marks" aria-hidden="true">
            for (tick, record) in &view.marks {
                <TimelineMark key={*tick as usize} {record} x={view.x(*tick)} is_future={*tick > view.cursor} />
            }
        </svg>
    }
}
