//! The diagram's panel: its heading, the figure or its twin, how much of it was walked.

use std::rc::Rc;

use yew::prelude::*;

use super::edge_line::Taken;
use super::state_diagram::StateDiagram;
use super::table::table;
use crate::act::Act;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::pick::Pick;
use crate::text::{Msg, edges_taken};
use tcp::State;
use tcp::edge::{EDGES, Origin};

/// What the panel is made of.
pub struct DiagramPanelProps {
    /// The language.
    pub lang: Lang,
    /// The state of each host; none while it is down.
    pub here: [Option<State>; 2],
    /// The edges taken in this run.
    pub taken: Rc<Vec<(&'static str, Taken)>>,
    /// Rules are broken on purpose.
    pub what_if: bool,
    /// What is being looked at.
    pub pick: Pick,
    /// As words instead of a figure.
    pub as_table: bool,
    /// Where requests go.
    pub act: Callback<Act>,
}

/// The diagram's panel.
pub fn diagram_panel(props: &DiagramPanelProps) -> El {
    let lang = props.lang;
    let is_in_figure = |id: &str| EDGES.iter().any(|edge| edge.id == id && edge.origin == Origin::Figure5);
    let all = EDGES.iter().filter(|edge| edge.origin == Origin::Figure5).count();
    let walked = props.taken.iter().filter(|(id, _)| is_in_figure(id)).count();
    let as_table = props.as_table;
    let toggle = el("button.quiet type=button")
        .attr("aria-pressed", if as_table { "true" } else { "false" })
        .asks(&props.act, Act::DiagramTable(!as_table))
        .say(Msg::AsTable, lang);
    let head = el("div.diagram-head")
        .child(el("h2").say(Msg::StateDiagram, lang))
        .child(el("p.muted").child(edges_taken(walked, all, lang)))
        .child(toggle);
    let body = if as_table {
        table(props.here, lang, &props.act).into()
    } else {
        html! {
            <StateDiagram
                {lang}
                here={props.here}
                taken={Rc::clone(&props.taken)}
                what_if={props.what_if}
                pick={props.pick}
                act={props.act.clone()}
            />
        }
    };
    el("div.diagram-panel")
        .class_if(as_table, "as-table")
        .child(head)
        .child(el("div.diagram-body").child(body))
}
