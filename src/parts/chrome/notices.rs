//! What went wrong and did no harm: a bad address, an action refused, a store that keeps nothing.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;

/// Lists the notices. The region is there before its content, so that screen readers hear what comes.
#[autoprops]
#[component]
pub fn Notices(
    /// The notices, the oldest first.
    notices: &Rc<Vec<AttrValue>>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
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
