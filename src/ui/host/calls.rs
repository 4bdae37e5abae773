//! The socket calls as buttons. One that would do nothing now can still be reached, and says why.

use std::rc::Rc;

use yew::prelude::*;

use super::view::{CallView, HostView};
use crate::lab::action::Action;
use crate::ui::act::Act;
use crate::ui::el::{El, el, nothing};
use crate::ui::hooks::use_words;
use crate::ui::lang::Lang;
use crate::ui::text::Msg;

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
    let reason_id = format!("reason-{}", host.id);
    let button = |call: &CallView| {
        let on_click = {
            let (call, act, reason) = (call.clone(), props.act.clone(), reason.clone());
            let text = (*typed).clone();
            Callback::from(move |_| {
                reason.set(call.blocked.clone().unwrap_or_default());
                match (&call.blocked, &call.action) {
                    (Some(_), _) => {}
                    (None, Action::Send { host, socket, .. }) if call.takes_text => {
                        let (text, bytes) = (Some(text.to_string()), None);
                        act.emit(Act::Do(Action::Send { host: *host, socket: *socket, text, bytes }));
                    }
                    (None, action) => act.emit(Act::Do(action.clone())),
                }
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
        let entry = el("li").key(&call.label).class_if(call.takes_text, "with-text").child(button(call));
        if !call.takes_text {
            return entry.child(nothing());
        }
        let typed = typed.clone();
        // A field takes what is typed: the keys of the page must not.
        let apart = Callback::from(|event: KeyboardEvent| event.stop_propagation());
        let field = el("input type=text maxlength=1000").label(Msg::TextToSend, lang);
        let field = field.value((*typed).clone()).on_key_down(apart);
        entry.child(field.on_input(Callback::from(move |text: String| typed.set(text.into()))))
    };
    let more = host.more_calls.iter().map(|call| el("li").key(&call.label).child(button(call)));
    let more = el("details").child(el("summary").say(Msg::MoreCalls, lang)).child(el("ul").children(more));
    let told = el("p.reason aria-live=polite").attr("id", reason_id.clone());
    el("div.calls")
        .child(el("h3.visually-hidden").say(Msg::Calls, lang))
        .child(el("ul").children(host.calls.iter().map(entry)))
        .child(more)
        .child(told.child(&*reason))
        .child(last(host, lang))
        .into()
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
