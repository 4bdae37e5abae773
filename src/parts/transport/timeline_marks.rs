//! The marks of the timeline, one for each event.

use std::rc::Rc;

use yew::prelude::*;

use super::timeline_mark::TimelineMark;
use super::timeline_view::TimelineView;

#[derive(Properties, PartialEq)]
pub(super) struct TimelineMarksProps {
    pub view: Rc<TimelineView>,
}

/// Draws the marks.
#[component]
pub(super) fn TimelineMarks(TimelineMarksProps { view }: &TimelineMarksProps) -> Html {
    html! {
        <svg class="marks" aria-hidden="true">
            for (tick, record) in &view.marks {
                <TimelineMark key={*tick as usize} {record} x={view.x(*tick)} is_future={*tick > view.cursor} />
            }
        </svg>
    }
}
