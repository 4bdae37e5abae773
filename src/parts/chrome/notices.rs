//! What went wrong and did no harm: a bad address, an action refused, a store that keeps nothing.

use std::rc::Rc;

use yew::prelude::*;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;

/// What the list is made of.
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// The notices, the oldest first.
    pub notices: Rc<Vec<AttrValue>>,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Lists the notices. The region is there before its content, so that screen readers hear what comes.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let NoticesProps { notices, lang, act } = props;
    html! {
        <div class="notices" role="alert" aria-label={Msg::Notices.text(*lang)}>
            <ul>
                for (place, words) in notices.iter().enumerate() {
                    <li key={place}>
                        <span>{ words }</span>
                        <button type="button" onclick={act.reform(move |_| Act::Dismiss(place))}>
                            { Msg::Dismiss.text(*lang) }
                        </button>
                    </li>
                }
            </ul>
        </div>
    }
}
