//! The diagram's panel: its heading, the figure or its twin, how much of it was walked.

use std::rc::Rc;

use yew::prelude::*;

use super::edge_line::Taken;
use super::state_diagram::StateDiagram;
use super::table::table;
use crate::tcp::State;
use crate::tcp::edge::{EDGES, Origin};
use crate::ui::lang::Lang;
use crate::ui::pick::Pick;
use crate::ui::text::{Msg, edges_taken};

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
    /// Words or figure.
    pub on_table: Callback<bool>,
    /// Something was chosen.
    pub on_pick: Callback<Pick>,
}

/// The diagram's panel.
pub fn diagram_panel(props: &DiagramPanelProps) -> Html {
    let lang = props.lang;
    let is_in_figure = |id: &str| EDGES.iter().any(|edge| edge.id == id && edge.origin == Origin::Figure5);
    let all = EDGES.iter().filter(|edge| edge.origin == Origin::Figure5).count();
    let walked = props.taken.iter().filter(|(id, _)| is_in_figure(id)).count();
    let as_table = props.as_table;
    let toggle = props.on_table.reform(move |_: MouseEvent| !as_table);
    html! {
        <div class={classes!("diagram-panel", as_table.then_some("as-table"))}>
            <div class="diagram-head">
                <h2>{ Msg::StateDiagram.text(lang) }</h2>
                <p class="muted">{ edges_taken(walked, all, lang) }</p>
                <button type="button" class="quiet" aria-pressed={as_table.to_string()} onclick={toggle}>{ Msg::AsTable.text(lang) }</button>
            </div>
            <div class="diagram-body">
                if as_table {
                    { table(props.here, lang, &props.on_pick) }
                } else {
                    <StateDiagram
                        {lang}
                        here={props.here}
                        taken={Rc::clone(&props.taken)}
                        what_if={props.what_if}
                        pick={props.pick}
                        on_pick={props.on_pick.clone()}
                    />
                }
            </div>
        </div>
    }
}
