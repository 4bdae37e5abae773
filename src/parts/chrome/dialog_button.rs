//! The buttons that open a dialog.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::look::Dialog;
use crate::parts::icon::Icon;
use crate::text::Msg;

#[autoprops]
#[component]
pub fn DialogButton(
    /// What it opens.
    dialog: &Dialog,
    /// Its name.
    msg: &Msg,
    /// The path of its drawing.
    path: &&'static str,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let (dialog, name) = (*dialog, msg.text(*lang));
    html! {
        <button
            class="tool"
            type="button"
            aria-haspopup="dialog"
            aria-label={&name}
            title={&name}
            onclick={act.reform(move |_| Act::Dialog(Some(dialog)))}
        >
            <Icon path={*path} />
            <span class="word">{ name }</span>
        </button>
    }
}
