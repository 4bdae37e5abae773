//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use gloo::events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;

#[autoprops]
#[component]
pub fn ModalDialog(
    title: &AttrValue,
    lang: &Lang,
    /// Its inside.
    children: &Html,
    act: &Callback<Act>,
) -> Html {
    let node = use_node_ref();
    {
        let (node, act) = (node.clone(), act.clone());
        use_effect_with((), move |()| {
            let open = |dialog: HtmlDialogElement| {
                // `close` does not bubble, so Yew, which listens at the root, would never hear of it.
                let listener = EventListener::new(&dialog, "close", move |_| act.emit(Act::Dialog(None)));
                // Refused only where it is open already.
                let _ = dialog.show_modal();
                listener
            };
            let listener = node.cast().map(open);
            move || drop(listener)
        });
    }
    // Closed by the browser, by Escape or by this button, the dialog gives the focus back to where it was.
    let on_close = {
        let node = node.clone();
        move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    html! {
        // Keys pressed in a dialog are not meant for the lab behind it.
        <dialog
            ref={node}
            aria-labelledby="dialog-title"
            onkeydown={|event: KeyboardEvent| event.stop_propagation()}
        >
            <header>
                <h2 id="dialog-title">{ title }</h2>
                <button type="button" onclick={on_close}>{ Msg::Close.text(*lang) }</button>
            </header>
            <div class="dialog-body">{ children.clone() }</div>
        </dialog>
    }
}
