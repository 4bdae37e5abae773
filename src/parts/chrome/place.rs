//! The place of a part on the page: a region beside others, or on a narrow page what a tab shows.

use yew::prelude::*;

use crate::lang::Lang;
use crate::look::Tab;

/// What the place is made of.
#[derive(Properties, PartialEq)]
pub struct PlaceProps {
    /// Which part it is.
    pub tab: Tab,
    /// Where it stands.
    pub class: &'static str,
    /// There is room for one part at a time only.
    pub narrow: bool,
    /// The part that is shown then.
    pub shown: Tab,
    /// The language.
    pub lang: Lang,
    /// The part.
    pub children: Html,
}

/// Puts the part in its place.
#[component]
pub fn Place(props: &PlaceProps) -> Html {
    let PlaceProps { tab, class, narrow, shown, lang, children } = props;
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
