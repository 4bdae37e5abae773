//! The transport bar at the foot of the page.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::branch_list::BranchList;
use super::timeline::Timeline;
use super::timeline_view::TimelineView;
use super::toolbar::Toolbar;
use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;
use tcp::time::Instant;

#[autoprops]
#[component]
pub fn TransportBar(
    /// The run.
    view: &Rc<TimelineView>,
    now: &Instant,
    /// It plays.
    playing: bool,
    /// How fast, in thousandths of real time.
    speed: u32,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let (now, lang) = (*now, *lang);
    html! {
        <section class="transport" id="controls" tabindex="-1" aria-label={Msg::Transport.text(lang)}>
            <Toolbar can_back={view.cursor > 0} can_step={view.can_step} {playing} {speed} {lang} {act} />
            <Timeline {view} {now} {lang} {act} />
            <output class="clock code" aria-live="off" aria-label={Msg::VirtualTime.text(lang)}>
                { now.to_string() }
            </output>
            <BranchList count={view.branches.len()} current={view.branch} {lang} {act} />
        </section>
    }
}
