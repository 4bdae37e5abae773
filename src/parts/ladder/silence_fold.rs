//! A silence drawn shorter than it was: two torn edges, and how long it lasted.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::draw::geometry::{Num, num};
use crate::draw::ladder_margins::{MARGIN, WIDTH};
use crate::draw::time_scale::Fold;
use crate::lang::Lang;
use crate::text::{duration, silence};

#[autoprops]
#[component]
pub fn SilenceFold(
    /// The silence.
    fold: &Fold,
    /// It is over. What is still to come may turn out not to be a silence.
    is_past: bool,
    lang: &Lang,
) -> Html {
    let (fold, lang) = (*fold, *lang);
    let words = if is_past { silence(fold.length, lang) } else { duration(fold.length, lang) };
    let middle = (fold.y.0 + fold.y.1) / 2.0;
    let torn = |x: f64| format!("M{} {}l4 4l4 -4l4 4l4 -4", Num(x - 8.0), Num(middle - 4.0));
    let line = format!("M{} {}H{}", Num(MARGIN + 12.0), Num(middle), Num(WIDTH - MARGIN - 12.0));
    let y = num(middle - 3.5);
    html! {
        <g class="fold">
            <rect width="20" height="7" x={num(MARGIN - 10.0)} y={&y} />
            <rect width="20" height="7" x={num(WIDTH - MARGIN - 10.0)} y={&y} />
            <path d={torn(MARGIN)} />
            <path d={torn(WIDTH - MARGIN)} />
            <path class="fold-line" d={line} />
            <text class="at-middle" x={num(WIDTH / 2.0)} y={num(middle + 4.0)}>{ words }</text>
        </g>
    }
}
