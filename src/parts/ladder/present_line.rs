//! The line of the present across the ladder.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::draw::geometry::{Num, translate};
use crate::draw::ladder_margins::WIDTH;
use crate::lang::Lang;
use crate::text::Msg;
use tcp::time::Instant;

#[autoprops]
#[component]
pub fn PresentLine(
    now: &Instant,
    /// Where it is.
    y: f64,
    /// It is on the part of the run that is drawn.
    is_shown: bool,
    lang: &Lang,
) -> Html {
    let (now, lang) = (*now, *lang);
    html! {
        <g class="now" transform={translate(0.0, y)} visibility={(!is_shown).then_some("hidden")}>
            <path d={format!("M4 0H{}", Num(WIDTH - 4.0))} />
            <path class="now-ends" d={format!("M0 -4l6 4l-6 4ZM{} -4l-6 4l6 4Z", Num(WIDTH))} />
            <title>{ format!("{} {now}", Msg::Now.in_lang(lang)) }</title>
        </g>
    }
}
