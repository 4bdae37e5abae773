//! The socket calls as buttons. One that would do nothing now can still be reached, and says why.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::view::{CallView, HostView};
use crate::lab::action::Action;
use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// What the buttons are made of.
#[derive(Properties, PartialEq)]
pub struct CallsProps {
    /// The host.
    pub host: Rc<HostView>,
    /// The language.
    pub lang: Lang,
    /// A call is made.
    pub on_action: Callback<Action>,
}

/// The calls of a host.
#[component]
pub fn Calls(props: &CallsProps) -> Html {
    let CallsProps { host, lang, .. } = props;
    let lang = *lang;
    let reason = use_state(|| None::<AttrValue>);
    let typed = use_state(|| "hello".to_owned());
    let reason_id = format!("reason-{}", host.id);
    let button = |call: &CallView| {
        let onclick = {
            let (call, on_action, reason) = (call.clone(), props.on_action.clone(), reason.clone());
            let text = (*typed).clone();
            Callback::from(move |_: MouseEvent| {
                reason.set(call.blocked.clone());
                match (&call.blocked, &call.action) {
                    (Some(_), _) => {}
                    (None, Action::Send { host, socket, .. }) if call.takes_text => {
                        let (text, bytes) = (Some(text.clone()), None);
                        on_action.emit(Action::Send { host: *host, socket: *socket, text, bytes });
                    }
                    (None, action) => on_action.emit(action.clone()),
                }
            })
        };
        let tell = |_: ()| {
            let (said, reason) = (call.blocked.clone().or(call.returns.clone()), reason.clone());
            move || reason.set(said.clone())
        };
        let onfocus = {
            let tell = tell(());
            Callback::from(move |_: FocusEvent| tell())
        };
        let onmouseover = {
            let tell = tell(());
            Callback::from(move |_: MouseEvent| tell())
        };
        let said = call.blocked.clone().or(call.returns.clone());
        let described = said.is_some().then(|| reason_id.clone());
        let class = classes!("code", said.is_none().then_some("is-useful"));
        html! {
            <button
                type="button"
                {class}
                aria-disabled={call.blocked.is_some().then_some("true")}
                aria-describedby={described}
                title={said}
                {onclick}
                {onfocus}
                {onmouseover}
            >
                { call.label.clone() }
            </button>
        }
    };
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value())
        })
    };
    // A field takes what is typed: the keys of the page must not.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    html! {
        <div class="calls">
            <h3 class="visually-hidden">{ Msg::Calls.text(lang) }</h3>
            <ul>
                for call in host.calls.iter() {
                    <li key={call.label.to_string()} class={classes!(call.takes_text.then_some("with-text"))}>
                        { button(call) }
                        if call.takes_text {
                            <input type="text" aria-label={Msg::TextToSend.text(lang)} maxlength="1000" value={(*typed).clone()} oninput={oninput.clone()} onkeydown={onkeydown.clone()} />
                        } else {
                            <span hidden=true />
                        }
                    </li>
                }
            </ul>
            <details>
                <summary>{ Msg::MoreCalls.text(lang) }</summary>
                <ul>
                    for call in host.more_calls.iter() {
                        <li key={call.label.to_string()}>{ button(call) }</li>
                    }
                </ul>
            </details>
            <p class="reason" id={reason_id} aria-live="polite">{ (*reason).clone().unwrap_or_default() }</p>
            { last(host, lang) }
        </div>
    }
}

fn last(host: &HostView, lang: Lang) -> Html {
    let Some(last) = &host.last else { return html! { <p class="last-call" /> } };
    let sign = if last.failed { "✕ " } else { "" };
    html! {
        <p class={classes!("last-call", last.failed.then_some("failed"))}>
            <span class="visually-hidden">{ Msg::LastCall.text(lang) }{ " " }</span>
            <span class="code">{ last.call.clone() }</span>
            { " = " }
            <strong class="code">{ sign }{ last.result.clone() }</strong>
            <span class="message">{ last.message.clone() }</span>
        </p>
    }
}
