//! The place of a part on the page: a region beside others, or on a narrow page what a tab shows.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::lang::Lang;
use crate::look::Tab;

#[autoprops]
#[component]
pub fn Place(
    /// Which part it is.
    tab: &Tab,
    class: &&'static str,
    /// There is room for one part at a time only.
    narrow: &bool,
    /// The part that is shown then.
    shown: &Tab,
    lang: &Lang,
    /// The part.
    children: &Html,
) -> Html {
    html! {
        <section
            id={format!("panel-{}", tab.name())}
            class={*class}
            role={narrow.then_some("tabpanel")}
            aria-labelledby={narrow.then(|| format!("tab-{}", tab.name()))}
            aria-label={(!narrow).then(|| tab.msg().text(*lang))}
            hidden={*narrow && tab != shown}
        >
            { children.clone() }
        </section>
    }
}
