//! The tabs by which a narrow page shows one part at a time.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::ui::lang::Lang;
use crate::ui::look::Tab;
use crate::ui::text::Msg;

/// What the tabs are made of.
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// The one shown.
    pub tab: Tab,
    /// The language.
    pub lang: Lang,
    /// Another was chosen.
    pub on_tab: Callback<Tab>,
}

/// Draws the tabs. One tab stop; the arrow keys move, Enter chooses.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let nodes = use_memo((), |()| Tab::ALL.map(|_| NodeRef::default()));
    let onkeydown = |i: usize| {
        let nodes = nodes.clone();
        Callback::from(move |event: KeyboardEvent| {
            let last = Tab::ALL.len() - 1;
            let next = match event.key().as_str() {
                "ArrowRight" => {
                    if i == last {
                        0
                    } else {
                        i + 1
                    }
                }
                "ArrowLeft" => {
                    if i == 0 {
                        last
                    } else {
                        i - 1
                    }
                }
                "Home" => 0,
                "End" => last,
                " " | "Enter" => return event.stop_propagation(),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(element) = nodes[next].cast::<HtmlElement>() {
                let _ = element.focus();
            }
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label={Msg::Views.text(props.lang)}>
            for (i, tab) in Tab::ALL.into_iter().enumerate() {
                <button
                    key={tab.name()}
                    ref={nodes[i].clone()}
                    type="button"
                    role="tab"
                    id={format!("tab-{}", tab.name())}
                    aria-selected={(tab == props.tab).to_string()}
                    aria-controls={format!("panel-{}", tab.name())}
                    tabindex={if tab == props.tab { "0" } else { "-1" }}
                    onclick={props.on_tab.reform(move |_: MouseEvent| tab)}
                    onkeydown={onkeydown(i)}
                >
                    { tab.msg().text(props.lang) }
                </button>
            }
        </div>
    }
}
