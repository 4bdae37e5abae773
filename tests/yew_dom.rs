//! The DOM rules that keep the page clear of bugs in Yew 0.23.0, shown in a real browser to be kept, and to be needed.
//!
//! The bugs: a component that renders no node makes a later insertion panic; and children without keys are paired from
//! the back, so that a growing list or an optional last child replaces the first sibling, with its focus and value.
//! The rules: every component renders at least one node; every list of variable length has a wrapper of its own and
//! keys; every part that may be absent has a stable wrapper.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

const TYPED: &str = "typed by the reader";

/// A component that draws something with a number, and a button that counts it up.
fn counter(draw: impl Fn(usize) -> Html, count: &UseStateHandle<usize>) -> Html {
    let grow = {
        let count = count.clone();
        Callback::from(move |_: MouseEvent| count.set(*count + 1))
    };
    html! {
        <section>
            <button id="grow" onclick={grow} />
            { draw(**count) }
        </section>
    }
}

/// By the rule it has a node even when there is nothing to say.
#[component]
fn Quiet() -> Html {
    html! { <span hidden=true /> }
}

#[component]
fn ByTheRules() -> Html {
    let count = use_state(|| 0_usize);
    let draw = |count: usize| {
        html! {
            <div>
                <input />
                <ul>{ for (0..count).map(|item| html! { <li key={item}>{ item }</li> }) }</ul>
                <div>
                    if count % 2 == 1 {
                        <b class="odd" />
                    }
                    <Quiet />
                    if count.is_multiple_of(2) {
                        <b class="even" />
                    }
                </div>
                <div>
                    { (count > 1).then(|| html! { <i class="many" /> }) }
                </div>
            </div>
        }
    };
    counter(draw, &count)
}

#[component]
fn ListBesideItsSiblings() -> Html {
    let count = use_state(|| 0_usize);
    let draw = |count: usize| {
        html! { <div><input />{ for (0..count).map(|item| html! { <p>{ item }</p> }) }</div> }
    };
    counter(draw, &count)
}

#[component]
fn OptionBesideItsSiblings() -> Html {
    let count = use_state(|| 0_usize);
    let draw = |count: usize| {
        html! {
            <div>
                <input />
                // An `if` in the markup would keep its place; a value that may be absent does not.
                { (count > 0).then(|| html! { <i /> }) }
            </div>
        }
    };
    counter(draw, &count)
}

/// Mounts `C` in a fresh element and waits until it is drawn.
async fn mount<C: BaseComponent<Properties = ()>>() -> Element {
    let document = web_sys::window().and_then(|window| window.document()).expect("the tests run in a page");
    let root = document.create_element("div").expect("an element can be made");
    document.body().expect("the page has a body").append_child(&root).expect("it can be added");
    yew::Renderer::<C>::with_root(root.clone()).render();
    yew::platform::time::sleep(std::time::Duration::ZERO).await;
    yew::scheduler::flush().await;
    root
}

fn count(root: &Element, selector: &str) -> u32 {
    root.query_selector_all(selector).expect("a valid selector").length()
}

fn find<T: JsCast>(root: &Element, selector: &str) -> T {
    let found = root.query_selector(selector).expect("a valid selector");
    found.and_then(|element| element.dyn_into().ok()).unwrap_or_else(|| panic!("nothing matches {selector}"))
}

/// Types into the input, presses the button `presses` times and says whether the input, its text and the focus stayed.
async fn input_survives(root: &Element, presses: u32) -> bool {
    let input: HtmlInputElement = find(root, "input");
    input.set_value(TYPED);
    input.focus().expect("it can be focused");
    for _ in 0..presses {
        find::<HtmlElement>(root, "#grow").click();
        yew::scheduler::flush().await;
    }
    let now: HtmlInputElement = find(root, "input");
    let focused = root.owner_document().and_then(|document| document.active_element());
    now.is_same_node(Some(&input))
        && now.value() == TYPED
        && focused.is_some_and(|focused| focused.is_same_node(Some(&input)))
}

#[wasm_bindgen_test]
async fn by_the_rules_parts_that_come_and_go_leave_their_siblings_alone() {
    let root = mount::<ByTheRules>().await;
    for presses in 1..=4 {
        assert!(input_survives(&root, 1).await, "the input was replaced at press {presses}");
        assert_eq!(count(&root, "li"), presses);
        assert_eq!(count(&root, ".odd"), presses % 2);
        assert_eq!(count(&root, ".even"), 1 - presses % 2);
        assert_eq!(count(&root, ".many"), u32::from(presses > 1));
    }
    root.remove();
}

/// If one of these fails, Yew has been mended and its rule can go.
#[wasm_bindgen_test]
async fn the_rule_for_lists_is_still_needed() {
    let root = mount::<ListBesideItsSiblings>().await;
    assert!(!input_survives(&root, 1).await);
    root.remove();
}

#[wasm_bindgen_test]
async fn the_rule_for_optional_parts_is_still_needed() {
    let root = mount::<OptionBesideItsSiblings>().await;
    assert!(!input_survives(&root, 1).await);
    root.remove();
}
