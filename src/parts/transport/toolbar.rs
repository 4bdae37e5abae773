//! The buttons of the transport: one tab stop, the arrow keys move between them.

use yew::prelude::*;

use crate::act::Act;
use crate::el::{el, icon};
use crate::hooks::{focus, next_in_row, use_nodes, use_number};
use crate::lang::Lang;
use crate::text::Msg;
use lab::action::Action;

/// The speeds offered, in thousandths of real time.
pub const SPEEDS: [u32; 6] = [100, 250, 500, 1_000, 2_000, 10_000];

/// What the toolbar is made of.
#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// There is a past.
    pub can_back: bool,
    /// There is a future.
    pub can_step: bool,
    /// It plays.
    pub playing: bool,
    /// How fast, in thousandths of real time.
    pub speed: u32,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Draws the toolbar.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    const BUTTONS: usize = 5;
    let ToolbarProps { playing, lang, .. } = props;
    let (playing, lang) = (*playing, *lang);
    // Play comes first for whoever tabs in: it is what a newcomer wants.
    let stop = use_number(2);
    let nodes = use_nodes(BUTTONS);
    let on_key = {
        let (stop, nodes) = (stop.clone(), nodes.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = next_in_row(&event, *stop, BUTTONS) {
                stop.set(next);
                focus(&nodes[next]);
            }
        })
    };
    let button = |i: usize, class: &'static str, path: &'static str, msg: Msg, enabled: bool, what: Act| {
        let stop = stop.clone();
        let button = el("button type=button")
            .at(&nodes[i])
            .class(class)
            .attr("tabindex", if *stop == i { "0" } else { "-1" })
            .label(msg, lang)
            .title(msg, lang)
            // One that can do nothing now can still be reached.
            .attr("aria-disabled", (!enabled).then_some("true"))
            .on_focus(Callback::from(move |_| stop.set(i)))
            .child(icon(path))
            .child(el("span.word").say(msg, lang));
        if enabled { button.asks(&props.act, what) } else { button }
    };
    let (play_icon, play_msg) = if playing { (PAUSE, Msg::Pause) } else { (PLAY, Msg::Play) };
    let (can_back, can_step, can_play) = (props.can_back, props.can_step, playing || props.can_step);
    let toolbar = el("div.toolbar role=toolbar")
        .label(Msg::Transport, lang)
        .on_key_down(on_key)
        .child(button(0, "only-icon", RESTART, Msg::Restart0, true, Act::Restart))
        .child(button(1, "", BACK, Msg::Back, can_back, Act::Do(Action::Back)))
        .child(button(2, "primary play", play_icon, play_msg, can_play, Act::Play(!playing)))
        .child(button(3, "", STEP, Msg::Step, can_step, Act::Do(Action::Step)))
        .child(button(4, "only-icon", JUMP, Msg::ToNextEvent, can_step, Act::Do(Action::Jump)));
    let on_speed = props.act.reform(|speed: String| Act::Speed(speed.parse().unwrap_or(1_000)));
    let speeds = SPEEDS.into_iter().map(|speed| {
        let option = el("option").nth(speed as usize).attr("value", u64::from(speed));
        option.attr("selected", speed == props.speed).child(factor(speed))
    });
    let speeds = el("select.speed").label(Msg::Speed, lang).on_change(on_speed).children(speeds);
    el("div.controls").child(toolbar).child(speeds).into()
}

fn factor(speed: u32) -> String {
    let (whole, part) = (speed / 1_000, format!("{:03}", speed % 1_000));
    match part.trim_end_matches('0') {
        "" => format!("{whole}×"),
        part => format!("{whole}.{part}×"),
    }
}

const PLAY: &str = "M3 1.5v13l11 -6.5z";
const PAUSE: &str = "M3 2h3.6v12H3zM9.4 2H13v12H9.4z";
const STEP: &str = "M2 2v12l8.5 -6zM11.5 2H14v12h-2.5z";
const BACK: &str = "M14 2v12L5.500 8zM4.500 2H2v12h2.500z";
const JUMP: &str = "M1 2v12l6 -6zM7 2v12l6 -6zM13 2h2v12h-2z";
const RESTART: &str =
    "M8 2.200a5.800 5.800 0 1 1 -5.500 4h2.200a3.700 3.700 0 1 0 3.300 -2v2.600L3.800 3.400L8 0z";
