//! The way to the parts of a long run that are not drawn.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::text::Msg;
use tcp::time::Instant;

#[autoprops]
#[component]
pub fn StretchButtons(
    /// The page of the run with which the part shown begins.
    page: usize,
    /// The page with which the newest part begins.
    last_page: usize,
    /// When the part shown begins.
    from: &Instant,
    /// When it ends; None: with the present.
    until: &Option<Instant>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let (from, until, lang) = (*from, *until, *lang);
    let button = |msg: Msg, to: Option<usize>, is_there: bool| {
        // A button that goes while it has the focus would take the focus with it.
        let to = if is_there { to } else { Some(page) };
        html! {
            <button
                type="button"
                class="quiet"
                aria-disabled={(!is_there).to_string()}
                onclick={act.reform(move |_| Act::LadderPage(to))}
            >
                { msg.text(lang) }
            </button>
        }
    };
    let until = until.map_or_else(|| Msg::Now.in_lang(lang).to_owned(), |until| until.to_string());
    html! {
        <div
            class="ladder-parts"
            role="group"
            aria-label={Msg::PartOfRun.text(lang)}
            hidden={last_page == 0}
        >
            { button(Msg::Earlier, Some(page.saturating_sub(1)), page > 0) }
            <span class="code" role="status">{ format!("{from} – {until}") }</span>
            { button(Msg::Later, Some(page + 1), page < last_page) }
            { button(Msg::ToPresent, None, page < last_page) }
        </div>
    }
}
