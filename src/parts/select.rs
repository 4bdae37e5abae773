//! A list of words to choose one from.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What the list is made of.
#[derive(Properties, PartialEq)]
pub struct SelectProps {
    /// The words, in order.
    pub words: Vec<AttrValue>,
    /// The place of the one that is chosen.
    pub chosen: usize,
    /// Its name, where no label stands beside it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What shows while the mouse rests on it.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Hears the place of another one.
    pub on_choose: Callback<usize>,
}

/// Draws the list.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let SelectProps { words, chosen, label, title, on_choose } = props;
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
