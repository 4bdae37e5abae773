//! The buttons of the transport: one tab stop, the arrow keys move between them.

use yew::prelude::*;

use crate::lab::action::Action;
use crate::ui::el::{El, el, icon, send};
use crate::ui::hooks::{focus, next_in_row};
use crate::ui::lang::Lang;
use crate::ui::text::Msg;

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
    /// Play or pause.
    pub on_play: Callback<bool>,
    /// Another speed.
    pub on_speed: Callback<u32>,
    /// A move in time.
    pub on_action: Callback<Action>,
    /// The experiment from its beginning.
    pub on_restart: Callback<()>,
}

/// Draws the toolbar.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    const BUTTONS: usize = 5;
    let ToolbarProps { playing, lang, .. } = props;
    let (playing, lang) = (*playing, *lang);
    // Play comes first for whoever tabs in: it is what a newcomer wants.
    let stop = use_state(|| 2_usize);
    let nodes = use_memo((), |()| [(); BUTTONS].map(|()| NodeRef::default()));
    let on_key = {
        let (stop, nodes) = (stop.clone(), nodes.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = next_in_row(&event, *stop, BUTTONS) {
                stop.set(next);
                focus(&nodes[next]);
            }
        })
    };
    let button = |i: usize, class: &'static str, path: &'static str, msg: Msg| {
        let stop = stop.clone();
        el("button type=button")
            .at(&nodes[i])
            .class(class)
            .attr("tabindex", if *stop == i { "0" } else { "-1" })
            .label(msg, lang)
            .title(msg, lang)
            .on_focus(Callback::from(move |_| stop.set(i)))
            .child(icon(path))
            .child(el("span.word").say(msg, lang))
    };
    // One that can do nothing now can still be reached.
    let enable = |button: El, is_enabled: bool, on_click: Callback<MouseEvent>| {
        let button = button.attr("aria-disabled", (!is_enabled).then_some("true"));
        if is_enabled { button.on_click(on_click) } else { button }
    };
    let act = |action: Action| send(&props.on_action, action);
    let (play_icon, play_msg) = if playing { (PAUSE, Msg::Pause) } else { (PLAY, Msg::Play) };
    let restart = button(0, "only-icon", RESTART, Msg::Restart0);
    let back = button(1, "", BACK, Msg::Back);
    let play = button(2, "primary play", play_icon, play_msg);
    let step = button(3, "", STEP, Msg::Step);
    let jump = button(4, "only-icon", JUMP, Msg::ToNextEvent);
    let toolbar = el("div.toolbar role=toolbar")
        .label(Msg::Transport, lang)
        .on_key_down(on_key)
        .child(enable(restart, true, send(&props.on_restart, ())))
        .child(enable(back, props.can_back, act(Action::Back)))
        .child(enable(play, playing || props.can_step, send(&props.on_play, !playing)))
        .child(enable(step, props.can_step, act(Action::Step)))
        .child(enable(jump, props.can_step, act(Action::Jump)));
    let on_speed = props.on_speed.reform(|speed: String| speed.parse().unwrap_or(1_000));
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
