//! What went wrong and did no harm: a bad address, an action refused, a store that keeps nothing.

use yew::prelude::*;

use crate::ui::lang::Lang;
use crate::ui::text::Msg;

/// Lists the notices. The region is there before its content, so that screen readers hear what comes.
pub fn notices(notices: &[AttrValue], lang: Lang, on_dismiss: &Callback<usize>) -> Html {
    html! {
        <div class="notices" role="alert" aria-label={Msg::Notices.text(lang)}>
            <ul>
                for (i, words) in notices.iter().enumerate() {
                    <li key={i}>
                        <span>{ words.clone() }</span>
                        <button type="button" onclick={on_dismiss.reform(move |_: MouseEvent| i)}>{ Msg::Dismiss.text(lang) }</button>
                    </li>
                }
            </ul>
        </div>
    }
}
