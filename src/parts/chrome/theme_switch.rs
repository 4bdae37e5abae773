//! The switch of the colours: each press brings the next.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::look::{self, Theme};
use crate::parts::icon::Icon;
use crate::text::Msg;

#[autoprops]
#[component]
pub fn ThemeSwitch(
    /// The colours now.
    theme: &Theme,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let name = look::theme_msg(*theme).in_lang(*lang);
    let label = AttrValue::from(format!("{}: {name}", Msg::Theme.in_lang(*lang)));
    let next = look::next_theme(*theme);
    html! {
        <button
            class="tool"
            type="button"
            aria-label={label.clone()}
            title={label}
            onclick={act.reform(move |_| Act::Theme(next))}
        >
            <Icon path={path(*theme)} />
        </button>
    }
}

/// Half, empty, full, ringed: told apart by shape.
const fn path(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0 -14zM8 2.600v10.800a5.400 5.400 0 0 1 0 -10.800z",
        Theme::Light => {
            "M8 4.500a3.500 3.500 0 1 0 0 7a3.500 3.500 0 1 0 0 -7zM7.300 0h1.400v3h-1.400zM7.300 13h1.400v3h-1.400zM0 7.300h3v1.400h-3zM13 7.300h3v1.400h-3z"
        }
        Theme::Dark => "M9.500 1.200a7 7 0 1 0 5.300 9.300a6 6 0 0 1 -5.300 -9.300z",
        Theme::Contrast => "M1 1h14v14h-14zM3 3v10h5v-10z",
    }
}
