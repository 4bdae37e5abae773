//! The transport bar at the foot of the page.

use std::rc::Rc;

use yew::prelude::*;

use super::branches::branches;
use super::timeline::timeline;
use super::toolbar::Toolbar;
use super::view::TimelineView;
use crate::act::Act;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::text::Msg;
use tcp::time::Instant;

/// What the bar is made of.
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
pub fn transport_bar(props: &TransportBarProps) -> El {
    let TransportBarProps { view, playing, speed, lang, .. } = props;
    let lang = *lang;
    let toolbar = html! {
        <Toolbar
            can_back={view.cursor > 0}
            can_step={view.can_step}
            playing={*playing}
            speed={*speed}
            {lang}
            act={props.act.clone()}
        />
    };
    let clock =
        el("output.clock.code aria-live=off").label(Msg::VirtualTime, lang).child(props.now.to_string());
    el("section.transport id=controls tabindex=-1")
        .label(Msg::Transport, lang)
        .child(toolbar)
        .child(timeline(view, props.now, lang, &props.act))
        .child(clock)
        .child(branches(&view.branches, lang, &props.act))
}
