//! A list of words to choose one from.

use web_sys::HtmlSelectElement;
use yew::prelude::*;
use yew_autoprops::autoprops;

#[autoprops]
#[component]
pub fn Select(
    words: &Vec<AttrValue>,
    /// The place of the one that is chosen.
    chosen: &usize,
    #[prop_or_default] label: &Option<AttrValue>,
    #[prop_or_default] title: &Option<AttrValue>,
    /// Hears the place of another one.
    on_choose: &Callback<usize>,
) -> Html {
    let onchange = on_choose.reform(|event: Event| {
        let place = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        usize::try_from(place).unwrap_or_default()
    });
    html! {
        <select aria-label={label.clone()} title={title.clone()} {onchange}>
            for (place, word) in words.iter().enumerate() {
                <option key={place} value={place.to_string()} selected={place == *chosen}>{ word }</option>
            }
        </select>
    }
}
