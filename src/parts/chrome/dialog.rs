//! A modal dialog: the browser's own, which keeps the focus inside and gives it back.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::act::Act;
use crate::el::el;
use crate::hooks::own::Undo;
use crate::hooks::use_effect_on;
use crate::lang::Lang;
use crate::text::Msg;

/// What a dialog is made of.
#[derive(Properties, PartialEq)]
pub struct ModalDialogProps {
    /// What it is about.
    pub title: AttrValue,
    /// The language.
    pub lang: Lang,
    /// Its inside.
    pub children: Html,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Opens a dialog for as long as it is on the page.
#[component]
pub fn ModalDialog(props: &ModalDialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        let act = props.act.clone();
        let open = move || {
            let dialog = node.cast::<HtmlDialogElement>();
            // `close` does not bubble, so the framework, which listens at the root, would never hear of it.
            let closed = Closure::<dyn Fn()>::new(move || act.emit(Act::Dialog(None)));
            if let Some(dialog) = &dialog {
                dialog.set_onclose(Some(closed.as_ref().unchecked_ref()));
                // Refused only where it is open already.
                let _ = dialog.show_modal();
            }
            let undo = move || {
                if let Some(dialog) = dialog {
                    dialog.set_onclose(None);
                }
                drop(closed);
            };
            Box::new(undo) as Undo
        };
        use_effect_on([0; 3], Box::new(open));
    }
    // Closed by the browser, by Escape or by this button, the dialog gives the focus back to where it was.
    let close = {
        let node = node.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        })
    };
    // Keys pressed in a dialog are not meant for the lab behind it.
    let apart = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let header = el("header")
        .child(el("h2 id=dialog-title").child(&props.title))
        .child(el("button type=button").on_click(close).say(Msg::Close, props.lang));
    el("dialog aria-labelledby=dialog-title")
        .at(&node)
        .on_key_down(apart)
        .child(header)
        .child(el("div.dialog-body").child(props.children.clone()))
        .into()
}
