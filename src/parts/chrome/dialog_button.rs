//! The buttons that open a dialog.

use yew::prelude::*;

use crate::act::Act;
use crate::lang::Lang;
use crate::look::Dialog;
use crate::parts::icon::Icon;
use crate::text::Msg;

/// What a button is made of.
#[derive(Properties, PartialEq)]
pub struct DialogButtonProps {
    /// What it opens.
    pub dialog: Dialog,
    /// Its name.
    pub msg: Msg,
    /// The path of its drawing.
    pub path: &'static str,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Draws the button.
#[component]
pub fn DialogButton(props: &DialogButtonProps) -> Html {
    let DialogButtonProps { dialog, msg, path, lang, act } = props;
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
