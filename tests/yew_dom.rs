//! The DOM rules that keep the page clear of two bugs in Yew 0.23.0, each shown to hold in a real browser.
//!
//! The bugs: a component that renders no node makes a later insertion panic, and children without keys are paired from
//! the back, so that a growing list or a conditional last child destroys the first sibling, with its focus and value.
//! The rules: every component renders at least one node; every list of variable length has a wrapper of its own and
//! keys; every conditional has a stable wrapper. When Yew is updated, the rules can go if these tests hold without them.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

/// Renders nothing visible, by rule (a) with a node all the same.
#[component]
fn Quiet() -> Html {
    html! { <span hidden=true /> }
}

/// An input followed by parts that come and go, each written as the rules demand.
#[component]
fn Sample() -> Html {
    let count = use_state(|| 0_usize);
    let grow = {
        let count = count.clone();
        Callback::from(move |_: MouseEvent| count.set(*count + 1))
    };
    html! {
        <div>
            <input id="kept" />
            <ul>{ for (0..*count).map(|item| html! { <li key={item}>{ item }</li> }) }</ul>
            <Quiet />
            <div class="conditional">
                if *count % 2 == 1 {
                    <span class="odd" />
                }
            </div>
            <button id="grow" onclick={grow} />
        </div>
    }
}

/// Mounts the sample in a fresh element and waits until it is drawn.
async fn mount() -> Element {
    let document = web_sys::window().and_then(|window| window.document()).expect("the tests run in a page");
    let root = document.create_element("div").expect("an element can be made");
    document.body().expect("the page has a body").append_child(&root).expect("it can be added");
    yew::Renderer::<Sample>::with_root(root.clone()).render();
    yew::platform::time::sleep(std::time::Duration::ZERO).await;
    yew::scheduler::flush().await;
    root
}

fn find<T: JsCast>(root: &Element, selector: &str) -> T {
    let found = root.query_selector(selector).expect("a valid selector");
    found.and_then(|element| element.dyn_into().ok()).unwrap_or_else(|| panic!("nothing matches {selector}"))
}

async fn click_grow(root: &Element) {
    find::<HtmlElement>(root, "#grow").click();
    yew::scheduler::flush().await;
}

#[wasm_bindgen_test]
async fn parts_that_come_and_go_leave_their_siblings_alone() {
    let root = mount().await;
    let input: HtmlInputElement = find(&root, "#kept");
    input.set_value("typed by the reader");
    input.focus().expect("it can be focused");

    for step in 1..=4 {
        click_grow(&root).await;
        let items = root.query_selector_all("li").expect("a valid selector").length();
        assert_eq!(items, step);
        let odd = root.query_selector(".odd").expect("a valid selector").is_some();
        assert_eq!(odd, step % 2 == 1);

        let now: HtmlInputElement = find(&root, "#kept");
        assert!(now.is_same_node(Some(&input)), "the input was replaced at step {step}");
        assert_eq!(now.value(), "typed by the reader");
        let active = root.owner_document().and_then(|document| document.active_element());
        assert!(
            active.is_some_and(|active| active.is_same_node(Some(&input))),
            "focus was lost at step {step}"
        );
    }
    root.remove();
}
