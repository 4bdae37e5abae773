//! The tabs by which a narrow page shows one part at a time.

use yew::prelude::*;

use crate::act::Act;
use crate::el::{El, el};
use crate::hooks::{focus_on, next_in_row};
use crate::lang::Lang;
use crate::look::Tab;
use crate::text::Msg;

/// What the tabs are made of.
pub struct TabsProps {
    /// The parts there are.
    pub tabs: Vec<Tab>,
    /// The one shown.
    pub tab: Tab,
    /// The language.
    pub lang: Lang,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Draws the tabs. One tab stop; the arrow keys move, Enter chooses.
pub fn tabs(props: &TabsProps) -> El {
    let id = |tab: Tab| format!("tab-{}", tab.name());
    let tab = |(i, tab): (usize, Tab)| {
        let tabs = props.tabs.clone();
        let on_key = Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = next_in_row(&event, i, tabs.len()) {
                focus_on(&id(tabs[next]));
            }
        });
        let is_shown = tab == props.tab;
        el("button type=button role=tab")
            .key(tab.name())
            .attr("id", id(tab))
            .attr("aria-selected", if is_shown { "true" } else { "false" })
            .attr("aria-controls", format!("panel-{}", tab.name()))
            .attr("tabindex", if is_shown { "0" } else { "-1" })
            .asks(&props.act, Act::Tab(tab))
            .on_key_down(on_key)
            .say(tab.msg(), props.lang)
    };
    let tabs = props.tabs.iter().copied().enumerate().map(tab);
    el("div.tabs role=tablist").label(Msg::Views, props.lang).children(tabs)
}
