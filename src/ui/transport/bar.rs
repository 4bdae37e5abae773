//! The transport bar at the foot of the page.

use std::rc::Rc;

use yew::prelude::*;

use super::branches::branches;
use super::timeline::timeline;
use super::toolbar::Toolbar;
use super::view::TimelineView;
use crate::lab::action::Action;
use crate::time::Instant;
use crate::ui::el::{El, el};
use crate::ui::lang::Lang;
use crate::ui::text::Msg;

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
    /// Play or pause.
    pub on_play: Callback<bool>,
    /// Another speed.
    pub on_speed: Callback<u32>,
    /// A move in time.
    pub on_action: Callback<Action>,
    /// The experiment from its beginning.
    pub on_restart: Callback<()>,
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
            on_play={props.on_play.clone()}
            on_speed={props.on_speed.clone()}
            on_action={props.on_action.clone()}
            on_restart={props.on_restart.clone()}
        />
    };
    let clock = el("output.clock.code aria-live=off").label(Msg::VirtualTime, lang).child(props.now.to_string());
    el("section.transport id=controls tabindex=-1")
        .label(Msg::Transport, lang)
        .child(toolbar)
        .child(timeline(view, props.now, lang, &props.on_action))
        .child(clock)
        .child(branches(&view.branches, lang, &props.on_action))
}
