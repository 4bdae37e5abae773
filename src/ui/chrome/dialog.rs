//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// What a dialog is made of.
#[derive(Properties, PartialEq)]
pub struct ModalDialogProps {
    /// What it is about.
    pub title: AttrValue,
    /// The language.
    pub lang: Lang,
    /// Its inside.
    pub children: Html,
    /// Enough.
    pub on_close: Callback<()>,
}

/// Opens a dialog for as long as it is on the page.
#[component]
pub fn ModalDialog(props: &ModalDialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                // In a browser without dialogs it stays closed; none that runs this module is so old.
                let _ = dialog.show_modal();
            }
        });
    }
    let close = props.on_close.clone();
    // The browser closes it on Escape; the page must know.
    let oncancel = Callback::from(move |event: Event| {
        event.prevent_default();
        close.emit(());
    });
    // Keys pressed in a dialog are not meant for the lab behind it.
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    html! {
        <dialog ref={node} aria-labelledby="dialog-title" {oncancel} {onkeydown}>
            <header>
                <h2 id="dialog-title">{ props.title.clone() }</h2>
                <button type="button" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ Msg::Close.text(props.lang) }</button>
            </header>
            <div class="dialog-body">{ props.children.clone() }</div>
        </dialog>
    }
}
