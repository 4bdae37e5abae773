//! One state of the diagram: a box with its name and, in Chinese, its gloss.

use yew::prelude::*;

use crate::act::Act;
use crate::draw::diagram as layout;
use crate::el::{El, el};
use crate::geometry::{Num, translate};
use crate::lang::{HostId, Lang};
use crate::pick::Pick;
use course::text;
use tcp::State;

/// What a state's box is drawn from.
pub struct StateBox<'a> {
    /// The state.
    pub state: State,
    /// The language.
    pub lang: Lang,
    /// Where the hosts stand.
    pub here: [Option<State>; 2],
    /// It is being looked at.
    pub selected: bool,
    /// It holds the diagram's one tab stop.
    pub is_tab_stop: bool,
    /// What a screen reader says.
    pub label: AttrValue,
    /// Where the element is found, to move the focus to it.
    pub node: &'a NodeRef,
    /// Where requests go.
    pub act: &'a Callback<Act>,
}

/// Draws a state.
pub fn state_box(props: &StateBox<'_>) -> El {
    let state = props.state;
    let (x, y) = layout::centre(state);
    let is_here = |host: HostId| props.here[host.index()] == Some(state);
    let (gloss, name_at) = match props.lang {
        Lang::ZhHans => (text::state(state, props.lang).name, "16"),
        Lang::En => ("", "22.5"),
    };
    let frame = el("rect.state-box rx=7")
        .attr("width", Num(layout::BOX_WIDTH))
        .attr("height", Num(layout::BOX_HEIGHT));
    el("g.state role=graphics-object")
        .key(state.name())
        .at(props.node)
        .class_if(is_here(HostId::Client), "has-client")
        .class_if(is_here(HostId::Server), "has-server")
        .class_if(props.selected, "is-selected")
        .attr("transform", translate(x - layout::BOX_WIDTH / 2.0, y - layout::BOX_HEIGHT / 2.0))
        .attr("aria-label", &props.label)
        .attr("tabindex", if props.is_tab_stop { "0" } else { "-1" })
        .attr("data-state", state.name())
        .asks(props.act, Act::Pick(Pick::State(state)))
        .child(el("rect.state-ring x=-4 y=-4 width=116 height=44 rx=10"))
        .child(frame)
        .child(el("text.state-name x=54").attr("y", name_at).child(state.name()))
        .child(el("text.state-gloss x=54 y=30").child(gloss))
}
