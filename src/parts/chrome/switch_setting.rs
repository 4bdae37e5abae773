//! A setting that is on or off.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the switch is made of.
#[derive(Properties, PartialEq)]
pub struct SwitchSettingProps {
    /// Its name.
    pub name: AttrValue,
    /// What it means, in a line.
    pub meaning: AttrValue,
    /// It is on.
    pub on: bool,
    /// Hears that it was turned on or off.
    pub on_set: Callback<bool>,
}

/// Draws the switch. What it means is not part of its name.
#[component]
pub fn SwitchSetting(props: &SwitchSettingProps) -> Html {
    let SwitchSettingProps { name, meaning, on, on_set } = props;
    let onchange = on_set.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <div class="setting">
            <label class="check"><input type="checkbox" checked={*on} {onchange} />{ name }</label>
            <small class="muted">{ meaning }</small>
        </div>
    }
}
