//! The lines of the timeline: the rail, how much of it is known, how much has happened, and a lane for each branch.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::timeline_view::{TimelineView, WIDTH};
use crate::draw::geometry::Num;
use lab::BranchView;

#[autoprops]
#[component]
pub(super) fn TimelineRails(view: &Rc<TimelineView>) -> Html {
    let rail = |to: f64| format!("M0 20H{}", Num(to));
    let left = view.branches.iter().filter(|branch| branch.id != view.branch).enumerate();
    let lanes = left.map(|(i, branch)| html! { <path key={branch.id} d={lane(view, branch, i)} /> });
    html! {
        <svg preserveAspectRatio="none" aria-hidden="true" viewBox={format!("-12 0 {} 40", Num(WIDTH + 24.0))}>
            <path class="rail" d={rail(WIDTH)} />
            <path class="known" d={rail(view.x(view.count))} />
            <path class="gone" d={rail(view.x(view.cursor))} />
            <g class="lanes">{ for lanes }</g>
        </svg>
    }
}

/// The line of a branch that was left: it leaves the rail where it forked and runs below it.
fn lane(view: &TimelineView, branch: &BranchView, i: usize) -> String {
    let y = 29.0 + (i % 3) as f64 * 4.0;
    let [from, to] = [branch.fork_tick.unwrap_or(0), branch.ticks].map(|tick| view.x(tick as u32));
    format!("M{} 20L{} {}H{}", Num(from), Num(from + 10.0), Num(y), Num(to))
}
