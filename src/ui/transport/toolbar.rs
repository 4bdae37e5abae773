//! The buttons of the transport: one tab stop, the arrow keys move between them.

use web_sys::HtmlElement;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::lab::action::Action;
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
    let onkeydown = {
        let (stop, nodes) = (stop.clone(), nodes.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => (*stop + 1) % BUTTONS,
                "ArrowLeft" => (*stop + BUTTONS - 1) % BUTTONS,
                "Home" => 0,
                "End" => BUTTONS - 1,
                " " | "Enter" => return event.stop_propagation(),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            stop.set(next);
            if let Some(element) = nodes[next].cast::<HtmlElement>() {
                let _ = element.focus();
            }
        })
    };
    let button = |i: usize,
                  class: &'static str,
                  icon: &'static str,
                  msg: Msg,
                  enabled: bool,
                  onclick: Callback<MouseEvent>| {
        let onfocus = {
            let stop = stop.clone();
            Callback::from(move |_: FocusEvent| stop.set(i))
        };
        html! {
            <button
                ref={nodes[i].clone()}
                type="button"
                {class}
                tabindex={if *stop == i { "0" } else { "-1" }}
                aria-label={msg.text(lang)}
                title={msg.text(lang)}
                aria-disabled={(!enabled).then_some("true")}
                onclick={if enabled { onclick } else { Callback::noop() }}
                {onfocus}
            >
                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d={icon} /></svg>
                <span class="word">{ msg.text(lang) }</span>
            </button>
        }
    };
    let act = |action: Action| props.on_action.reform(move |_: MouseEvent| action.clone());
    let (play_icon, play_msg) = if playing { (PAUSE, Msg::Pause) } else { (PLAY, Msg::Play) };
    let onchange = props.on_speed.reform(|event: Event| {
        event.target_unchecked_into::<HtmlSelectElement>().value().parse().unwrap_or(1_000)
    });
    html! {
        <div class="controls">
            <div class="toolbar" role="toolbar" aria-label={Msg::Transport.text(lang)} {onkeydown}>
                { button(0, "only-icon", RESTART, Msg::Restart0, true, props.on_restart.reform(|_: MouseEvent| ())) }
                { button(1, "", BACK, Msg::Back, props.can_back, act(Action::Back)) }
                { button(2, "primary play", play_icon, play_msg, playing || props.can_step, props.on_play.reform(move |_: MouseEvent| !playing)) }
                { button(3, "", STEP, Msg::Step, props.can_step, act(Action::Step)) }
                { button(4, "only-icon", JUMP, Msg::ToNextEvent, props.can_step, act(Action::Jump)) }
            </div>
            <select class="speed" aria-label={Msg::Speed.text(lang)} {onchange}>
                for speed in SPEEDS {
                    <option key={speed} value={speed.to_string()} selected={speed == props.speed}>{ factor(speed) }</option>
                }
            </select>
        </div>
    }
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
