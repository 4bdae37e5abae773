//! The last call of a host and what it returned, as a trace of system calls prints it.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::lang::Lang;
use crate::text::Msg;
use course::text;
use lab::host::{CallResult, Errno, Value};
use lab::net::Record;

#[autoprops]
#[component]
pub fn LastCall(
    /// The record of the call, if one was made.
    record: &Option<Rc<Record>>,
    lang: &Lang,
) -> Html {
    let Some((call, result)) = record.as_ref().and_then(|record| record.call()) else {
        // The class is an expression here too: Yew would write it again when the first call comes.
        return html! { <p class={classes!("last-call", None::<&str>)} /> };
    };
    let (value, message, has_failed) = told(result, *lang);
    html! {
        <p class={classes!("last-call", has_failed.then_some("failed"))}>
            <span class="visually-hidden">{ Msg::LastCall.text(*lang) }{ " " }</span>
            <span class="code">{ call.to_string() }</span>
            { " = " }
            <strong class="code">{ if has_failed { "✕ " } else { "" } }{ value }</strong>
            <span class="message">{ message }</span>
        </p>
    }
}

/// What a call returned: the value, its meaning, and whether it failed.
fn told(result: &CallResult, lang: Lang) -> (String, String, bool) {
    match result {
        Ok(Value::Data(data)) if !data.is_empty() => {
            let text: String = String::from_utf8_lossy(data).chars().take(60).collect();
            (data.len().to_string(), format!("“{text}”"), false)
        }
        Ok(Value::Data(_)) => ("0".to_owned(), Msg::EndOfFile.in_lang(lang).to_owned(), false),
        Ok(Value::Waits { .. }) => ("?".to_owned(), Msg::CallWaits.in_lang(lang).to_owned(), false),
        Ok(value) => (value.to_string(), String::new(), false),
        Err(errno) => {
            // Under way, or nothing there yet: not a failure.
            let has_failed = !matches!(errno, Errno::EINPROGRESS | Errno::EAGAIN);
            (errno.name().to_owned(), text::errno(*errno, lang).replace('`', ""), has_failed)
        }
    }
}
