//! The socket calls as buttons. One that would do nothing now can still be reached, and says why.

use std::rc::Rc;

use yew::prelude::*;

use super::view::{CallView, HostView};
use crate::act::Act;
use crate::el::{El, el, options};
use crate::hooks::{use_number, use_words};
use crate::lang::Lang;
use crate::text::Msg;
use lab::action::Action;
use lab::host::SocketOption;

/// What the buttons are made of.
#[derive(Properties, PartialEq)]
pub struct CallsProps {
    /// The host.
    pub host: Rc<HostView>,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// The calls of a host.
#[component]
pub fn Calls(props: &CallsProps) -> Html {
    let CallsProps { host, lang, .. } = props;
    let lang = *lang;
    let reason = use_words("");
    let typed = use_words("hello");
    // The socket option to set, by its place among all, and its value.
    let option = use_number(0);
    let value = use_words("1");
    let reason_id = format!("reason-{}", host.id);
    let button = |call: &CallView| {
        let on_click = {
            let (call, act, reason) = (call.clone(), props.act.clone(), reason.clone());
            let text = (*typed).clone();
            // A field without a number in it asks for none, which turns SO_LINGER off.
            let (name, value) = (SocketOption::NAMES[*option].0, value.parse().ok());
            Callback::from(move |_| {
                reason.set(call.blocked.clone().unwrap_or_default());
                if call.blocked.is_some() {
                    return;
                }
                act.emit(Act::Do(match call.action.clone() {
                    Action::Send { host, socket, .. } => {
                        Action::Send { host, socket, text: Some(text.to_string()), bytes: None }
                    }
                    Action::Setsockopt { host, socket, .. } => {
                        Action::Setsockopt { host, socket, option: name.to_owned(), value }
                    }
                    action => action,
                }));
            })
        };
        let said = call.blocked.clone().or(call.returns.clone());
        let (told, reason) = (said.clone(), reason.clone());
        let tell = Callback::from(move |()| reason.set(told.clone().unwrap_or_default()));
        el("button.code type=button")
            .class_if(said.is_none(), "is-useful")
            .attr("aria-disabled", call.blocked.is_some().then_some("true"))
            .attr("aria-describedby", said.is_some().then(|| AttrValue::from(reason_id.clone())))
            .attr("title", said)
            .on_click(on_click)
            .on_focus(tell.reform(|_| ()))
            .on_mouse_over(tell.reform(|_| ()))
            .child(&call.label)
    };
    let entry = |call: &CallView| {
        let entry = el("li").key(&call.label);
        match call.action {
            Action::Send { .. } => {
                let field = el("input type=text maxlength=1000").label(Msg::TextToSend, lang);
                entry.class("with-text").child(button(call)).child(typing(field, &typed))
            }
            Action::Setsockopt { .. } => {
                let names = SocketOption::NAMES.map(|(name, unit)| format!("{name} ({unit})").into());
                let set = option.clone();
                let set = Callback::from(move |place| set.set(place));
                let list = options(el("select").label(Msg::SocketOption, lang), names.into(), *option, set);
                let field = el("input type=number min=0").label(Msg::OptionValue, lang);
                entry.class("with-text").child(list).child(button(call)).child(typing(field, &value))
            }
            _ => entry.child(button(call)),
        }
    };
    let more = el("ul").children(host.more_calls.iter().map(entry));
    let more = el("details").child(el("summary").say(Msg::MoreCalls, lang)).child(more);
    let told = el("p.reason aria-live=polite").attr("id", reason_id.clone());
    el("div.calls")
        .child(el("h3.visually-hidden").say(Msg::Calls, lang))
        .child(el("ul").children(host.calls.iter().map(entry)))
        .child(more)
        .child(told.child(&*reason))
        .child(last(host, lang))
        .into()
}

/// A field for what is typed into it. The keys of the page must not take that.
fn typing(field: El, typed: &UseStateHandle<AttrValue>) -> El {
    let apart = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let field = field.value((**typed).clone()).on_key_down(apart);
    let typed = typed.clone();
    field.on_input(Callback::from(move |text: String| typed.set(text.into())))
}

fn last(host: &HostView, lang: Lang) -> El {
    let Some(last) = &host.last else { return el("p.last-call") };
    let sign = if last.failed { "✕ " } else { "" };
    el("p.last-call")
        .class_if(last.failed, "failed")
        .child(el("span.visually-hidden").say(Msg::LastCall, lang).child(" "))
        .child(el("span.code").child(&last.call))
        .child(" = ")
        .child(el("strong.code").child(sign).child(&last.result))
        .child(el("span.message").child(&last.message))
}
