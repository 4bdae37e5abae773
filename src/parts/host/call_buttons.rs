//! The socket calls of a host.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

use super::call_button::CallButton;
use crate::act::Act;
use crate::lang::{HostId, Lang};
use crate::parts::select::Select;
use crate::present::offered_calls::{OfferedCall, OfferedCalls};
use crate::text::Msg;
use lab::action::Action;
use lab::host::SocketOption;

/// The calls as buttons, the place where they tell why they would do nothing, and fields for what they need.
#[autoprops]
#[component]
pub fn CallButtons(
    host: &HostId,
    /// The calls.
    calls: &Rc<OfferedCalls>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let (host, lang) = (*host, *lang);
    let reason = use_state_eq(AttrValue::default);
    let text = use_state(|| AttrValue::from("hello"));
    // The socket option to set, by its place among all, and its value.
    let option = use_state(|| 0_usize);
    let value = use_state(|| AttrValue::from("1"));
    let reason_id = AttrValue::from(format!("reason-{host}"));
    let on_tell = {
        let reason = reason.setter();
        use_callback((), move |words, ()| reason.set(words))
    };
    let on_choose = {
        let option = option.setter();
        move |place| option.set(place)
    };
    let entry = |call: &OfferedCall| {
        let action = match call.action.clone() {
            Action::Send { host, socket, .. } => {
                Action::Send { host, socket, text: Some(text.to_string()), bytes: None }
            }
            Action::Setsockopt { host, socket, .. } => {
                let option = SocketOption::NAMES[*option].0.to_owned();
                // A field without a number in it asks for none, which turns SO_LINGER off.
                Action::Setsockopt { host, socket, option, value: value.parse().ok() }
            }
            action => action,
        };
        let button = html! {
            <CallButton call={call.clone()} {action} reason_id={&reason_id} {lang} on_tell={&on_tell} {act} />
        };
        match call.action {
            Action::Send { .. } => html! {
                <li key={call.label} class="with-text">
                    { button }
                    <input
                        type="text"
                        maxlength="1000"
                        aria-label={Msg::TextToSend.text(lang)}
                        value={&*text}
                        onkeydown={stay_here}
                        oninput={typed(&text)}
                    />
                </li>
            },
            Action::Setsockopt { .. } => {
                let names = SocketOption::NAMES.iter();
                let names: Vec<AttrValue> =
                    names.map(|(name, unit)| format!("{name} ({unit})").into()).collect();
                html! {
                    <li key={call.label} class="with-text">
                        <Select
                            words={names}
                            chosen={*option}
                            label={Msg::SocketOption.text(lang)}
                            on_choose={on_choose.clone()}
                        />
                        { button }
                        <input
                            type="number"
                            min="0"
                            aria-label={Msg::OptionValue.text(lang)}
                            value={&*value}
                            onkeydown={stay_here}
                            oninput={typed(&value)}
                        />
                    </li>
                }
            }
            _ => html! { <li key={call.label}>{ button }</li> },
        }
    };
    html! {
        <>
            <h3 class="visually-hidden">{ Msg::Calls.text(lang) }</h3>
            <ul>{ for calls.usual.iter().map(entry) }</ul>
            <details>
                <summary>{ Msg::MoreCalls.text(lang) }</summary>
                <ul>{ for calls.unusual.iter().map(entry) }</ul>
            </details>
            <p class="reason" aria-live="polite" id={reason_id.clone()}>{ &*reason }</p>
        </>
    }
}

/// Remembers what is typed into a field.
fn typed(state: &UseStateHandle<AttrValue>) -> Callback<InputEvent> {
    let state = state.setter();
    Callback::from(move |event: InputEvent| {
        state.set(event.target_unchecked_into::<HtmlInputElement>().value().into());
    })
}

/// The keys of the page must not take what is typed into a field.
fn stay_here(event: KeyboardEvent) {
    event.stop_propagation();
}
