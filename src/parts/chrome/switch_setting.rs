//! A setting that is on or off.

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

/// Draws the switch. What it means is not part of its name.
#[autoprops]
#[component]
pub fn SwitchSetting(
    /// Its name.
    name: &AttrValue,
    /// What it means, in a line.
    meaning: &AttrValue,
    /// It is on.
    on: &bool,
    /// Hears that it was turned on or off.
    on_set: &Callback<bool>,
) -> Html {
    let onchange = on_set.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <div class="setting">
            <label class="check"><input type="checkbox" checked={*on} {onchange} />{ name }</label>
            <small class="muted">{ meaning }</small>
        </div>
    }
}
