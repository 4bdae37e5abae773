//! The transport bar at the foot of the page.

use std::rc::Rc;

use yew::prelude::*;

use super::branch_list::BranchList;
use super::timeline::Timeline;
use super::timeline_view::TimelineView;
use super::toolbar::Toolbar;
use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;
use tcp::time::Instant;

/// What the bar is made of.
#[derive(Properties, PartialEq)]
pub struct TransportBarProps {
    /// The run.
    pub view: Rc<TimelineView>,
    /// The present.
    pub now: Instant,
    /// It plays.
    pub playing: bool,
    /// How fast, in thousandths of real time.
    pub speed: u32,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Draws the bar.
#[component]
pub fn TransportBar(props: &TransportBarProps) -> Html {
    let &TransportBarProps { ref view, now, playing, speed, lang, ref act } = props;
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
