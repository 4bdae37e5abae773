//! The buttons of the transport: one tab stop, the arrow keys move between them.

use web_sys::HtmlSelectElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::hooks::{focus, next_in_row};
use crate::lang::Lang;
use crate::parts::icon::Icon;
use crate::text::Msg;
use lab::action::Action;

/// The speeds offered, in thousandths of real time.
const SPEEDS: [u32; 6] = [100, 250, 500, 1_000, 2_000, 10_000];

#[autoprops]
#[component]
pub(super) fn Toolbar(
    can_back: bool,
    can_step: bool,
    playing: bool,
    /// How fast, in thousandths of real time.
    speed: u32,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    const BUTTONS: usize = 5;
    let lang = *lang;
    // Play comes first for whoever tabs in: it is what a newcomer wants.
    let stop = use_state(|| 2);
    let nodes = use_memo((), |()| <[NodeRef; BUTTONS]>::default());
    let onkeydown = {
        let (stop, nodes) = (stop.clone(), nodes.clone());
        move |event: KeyboardEvent| {
            if let Some(next) = next_in_row(&event, *stop, BUTTONS) {
                stop.set(next);
                focus(&nodes[next]);
            }
        }
    };
    let button = |i: usize, class: &'static str, path: &'static str, msg: Msg, enabled: bool, what: Act| {
        let onfocus = {
            let stop = stop.clone();
            move |_| stop.set(i)
        };
        html! {
            <button
                type="button"
                ref={&nodes[i]}
                class={classes!(class)}
                tabindex={if *stop == i { "0" } else { "-1" }}
                aria-label={msg.text(lang)}
                title={msg.text(lang)}
                // One that can do nothing now can still be reached.
                aria-disabled={(!enabled).then_some("true")}
                {onfocus}
                onclick={enabled.then(|| act.reform(move |_| what.clone()))}
            >
                <Icon {path} />
                <span class="word">{ msg.text(lang) }</span>
            </button>
        }
    };
    let (play_icon, play_msg) = if playing { (PAUSE, Msg::Pause) } else { (PLAY, Msg::Play) };
    let onchange = act.reform(|event: Event| {
        let speed = event.target_unchecked_into::<HtmlSelectElement>().value();
        Act::Speed(speed.parse().unwrap_or(1_000))
    });
    html! {
        <div class="controls">
            <div class="toolbar" role="toolbar" aria-label={Msg::Transport.text(lang)} {onkeydown}>
                { button(0, "only-icon", RESTART, Msg::StartOver, true, Act::Restart) }
                { button(1, "", BACK, Msg::Back, can_back, Act::Do(Action::Back)) }
                { button(2, "primary play", play_icon, play_msg, playing || can_step, Act::Play(!playing)) }
                { button(3, "", STEP, Msg::Step, can_step, Act::Do(Action::Step)) }
                { button(4, "only-icon", JUMP, Msg::ToNextEvent, can_step, Act::Do(Action::Jump)) }
            </div>
            <select class="speed" aria-label={Msg::Speed.text(lang)} {onchange}>
                for choice in SPEEDS {
                    <option key={choice as usize} value={choice.to_string()} selected={choice == speed}>
                        { factor(choice) }
                    </option>
                }
            </select>
        </div>
    }
}

fn factor(speed: u32) -> String {
    format!("{}×", f64::from(speed) / 1_000.0)
}

const PLAY: &str = "M3 1.5v13l11 -6.5z";
const PAUSE: &str = "M3 2h3.6v12H3zM9.4 2H13v12H9.4z";
const STEP: &str = "M2 2v12l8.5 -6zM11.5 2H14v12h-2.5z";
const BACK: &str = "M14 2v12L5.500 8zM4.500 2H2v12h2.500z";
const JUMP: &str = "M1 2v12l6 -6zM7 2v12l6 -6zM13 2h2v12h-2z";
const RESTART: &str =
    "M8 2.200a5.800 5.800 0 1 1 -5.500 4h2.200a3.700 3.700 0 1 0 3.300 -2v2.600L3.800 3.400L8 0z";
