//! What went wrong and did no harm: a bad address, an action refused, a store that keeps nothing.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// What the list is made of.
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// The notices, oldest first.
    pub notices: Rc<Vec<AttrValue>>,
    /// The language.
    pub lang: Lang,
    /// One was read.
    pub on_dismiss: Callback<usize>,
}

/// Lists the notices. The region is there before its content, so that screen readers hear what comes.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    html! {
        <div class="notices" role="alert" aria-label={Msg::Notices.text(props.lang)}>
            <ul>
                for (i, words) in props.notices.iter().enumerate() {
                    <li key={i}>
                        <span>{ words.clone() }</span>
                        <button type="button" onclick={props.on_dismiss.reform(move |_: MouseEvent| i)}>{ Msg::Dismiss.text(props.lang) }</button>
                    </li>
                }
            </ul>
        </div>
    }
}
