//! One state of the diagram: a box with its name and, in Chinese, its gloss.

use yew::prelude::*;

use super::layout;
use crate::course::text;
use crate::tcp::State;
use crate::ui::geometry::{Num, num};
use crate::ui::lang::Lang;

/// What a state's box is drawn from.
#[derive(Properties, PartialEq)]
pub struct StateBoxProps {
    /// The state.
    pub state: State,
    /// The language.
    pub lang: Lang,
    /// Which hosts stand here.
    pub here: [bool; 2],
    /// It is being looked at.
    pub selected: bool,
    /// It holds the diagram's one tab stop.
    pub is_tab_stop: bool,
    /// What a screen reader says.
    pub label: AttrValue,
    /// Where the element is found, to move the focus to it.
    pub node: NodeRef,
    /// It was chosen.
    pub on_pick: Callback<State>,
}

/// Draws a state.
#[component]
pub fn StateBox(props: &StateBoxProps) -> Html {
    let state = props.state;
    let (x, y) = layout::centre(state);
    let class = classes!(
        "state",
        props.here[0].then_some("has-client"),
        props.here[1].then_some("has-server"),
        props.selected.then_some("is-selected"),
    );
    let on_pick = {
        let on_pick = props.on_pick.clone();
        Callback::from(move |_: MouseEvent| on_pick.emit(state))
    };
    let with_gloss = props.lang == Lang::ZhHans;
    let (width, height) = (num(layout::BOX_WIDTH), num(layout::BOX_HEIGHT));
    html! {
        <g
            ref={props.node.clone()}
            {class}
            transform={format!("translate({} {})", Num(x - layout::BOX_WIDTH / 2.0), Num(y - layout::BOX_HEIGHT / 2.0))}
            role="graphics-object"
            aria-label={props.label.clone()}
            tabindex={if props.is_tab_stop { "0" } else { "-1" }}
            data-state={state.name()}
            onclick={on_pick}
        >
            <rect class="state-ring" x="-4" y="-4" width="116" height="44" rx="10" />
            <rect class="state-box" {width} {height} rx="7" />
            <text class="state-name" x="54" y={if with_gloss { "16" } else { "22.5" }}>{ state.name() }</text>
            <text class="state-gloss" x="54" y="30">
                { if with_gloss { text::state(state, props.lang).name } else { "" } }
            </text>
        </g>
    }
}
