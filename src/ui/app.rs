//! The root component.

use yew::prelude::*;

/// The page.
#[component]
pub fn App() -> Html {
    html! { <main><h1>{ "TCP State Lab" }</h1></main> }
}
