//! A setting that is a number.

use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

/// Draws the field. What it means is not part of its name.
#[autoprops]
#[component]
pub fn NumberSetting(
    name: &AttrValue,
    meaning: &AttrValue,
    value: u64,
    /// The least and the greatest.
    range: &(u64, u64),
    /// Hears a new number, which is in the range.
    on_set: &Callback<u64>,
) -> Html {
    let (min, max) = range;
    let onchange = {
        let (on_set, min, max) = (on_set.clone(), *min, *max);
        move |event: Event| {
            // What is no number changes nothing; the browser marks the field.
            if let Ok(number) = event.target_unchecked_into::<HtmlInputElement>().value().parse::<u64>() {
                on_set.emit(number.clamp(min, max));
            }
        }
    };
    html! {
        <div class="setting">
            <label class="knob">
                <span>{ name }</span>
                <input
                    type="number"
                    step="any"
                    min={min.to_string()}
                    max={max.to_string()}
                    value={value.to_string()}
                    {onchange}
                />
            </label>
            <small class="muted">{ meaning }</small>
        </div>
    }
}
