//! The line of the present across the ladder.

use yew::prelude::*;

use crate::draw::geometry::{Num, translate};
use crate::draw::ladder_margins::WIDTH;
use crate::lang::Lang;
use crate::text::Msg;
use tcp::time::Instant;

/// What the line is drawn from.
#[derive(Properties, PartialEq)]
pub struct PresentLineProps {
    /// The present.
    pub now: Instant,
    /// Where it is.
    pub y: f64,
    /// It is on the part of the run that is drawn.
    pub is_shown: bool,
    /// The language.
    pub lang: Lang,
}

/// Draws the line.
#[component]
pub fn PresentLine(&PresentLineProps { now, y, is_shown, lang }: &PresentLineProps) -> Html {
    html! {
        <g class="now" transform={translate(0.0, y)} visibility={(!is_shown).then_some("hidden")}>
            <path d={format!("M4 0H{}", Num(WIDTH - 4.0))} />
            <path class="now-ends" d={format!("M0 -4l6 4l-6 4ZM{} -4l-6 4l6 4Z", Num(WIDTH))} />
            <title>{ format!("{} {now}", Msg::Now.in_lang(lang)) }</title>
        </g>
    }
}
