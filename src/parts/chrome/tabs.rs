//! The tabs by which a narrow page shows one part at a time.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::hooks::{focus_on, next_in_row};
use crate::lang::Lang;
use crate::look::Tab;
use crate::text::Msg;

/// Draws the tabs. One tab stop; the arrow keys move, Enter chooses.
#[autoprops]
#[component]
pub fn Tabs(tabs: &Vec<Tab>, shown: &Tab, lang: &Lang, act: &Callback<Act>) -> Html {
    let id = |tab: Tab| format!("tab-{}", tab.name());
    let on_key = |place: usize| {
        let tabs = tabs.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = next_in_row(&event, place, tabs.len()) {
                focus_on(&id(tabs[next]));
            }
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label={Msg::Views.text(*lang)}>
            for (place, tab) in tabs.iter().copied().enumerate() {
                <button
                    key={tab.name()}
                    id={id(tab)}
                    type="button"
                    role="tab"
                    aria-selected={(tab == *shown).to_string()}
                    aria-controls={format!("panel-{}", tab.name())}
                    tabindex={if tab == *shown { "0" } else { "-1" }}
                    onclick={act.reform(move |_| Act::Tab(tab))}
                    onkeydown={on_key(place)}
                >
                    { tab.msg().text(*lang) }
                </button>
            }
        </div>
    }
}
