//! The state of a host's connection, in large letters, with what it waits for.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::pick::Pick;
use crate::text::Msg;
use course::text;
use tcp::State;

#[autoprops]
#[component]
pub fn HostState(
    /// The host has power.
    is_up: bool,
    state: &Option<State>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let (state, lang) = (*state, *lang);
    let words = |state| text::state(state, lang);
    let inside = match (is_up, state) {
        (false, _) => html! { <p class="host-state is-down">{ Msg::HostIsDown.text(lang) }</p> },
        (true, None) => html! { <p class="host-state muted">{ Msg::NoSocket.text(lang) }</p> },
        (true, Some(state)) => html! {
            <>
                <button
                    type="button"
                    class="host-state code"
                    onclick={act.reform(move |_| Act::Pick(Pick::State(state)))}
                >
                    { state.name() }
                </button>
                <p class="waiting">
                    if lang.has_glosses() {
                        <span><strong>{ &words(state).name }</strong>{ " · " }</span>
                    } else {
                        <span hidden=true />
                    }
                    { &words(state).meaning }
                </p>
            </>
        },
    };
    html! { <div class="standing">{ inside }</div> }
}
