//! The diagram's panel: its heading, the figure or its twin, how much of it was walked.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::edge_line::Taken;
use super::state_diagram::StateDiagram;
use super::state_table::StateTable;
use crate::act::Act;
use crate::lang::Lang;
use crate::pick::Pick;
use crate::text::{Msg, edges_taken};
use tcp::State;
use tcp::edge::{EDGES, Edge, Origin};

#[autoprops]
#[component]
pub fn DiagramPanel(
    lang: &Lang,
    /// The state of each host; none while it is down.
    here: &[Option<State>; 2],
    /// The edges taken in this run.
    taken: &Rc<Vec<(&'static Edge, Taken)>>,
    /// Rules are broken on purpose.
    what_if: bool,
    /// What is being looked at.
    pick: &Pick,
    /// As words instead of a figure.
    as_table: bool,
    act: &Callback<Act>,
) -> Html {
    let (lang, here, pick) = (*lang, *here, *pick);
    let is_in_figure = |edge: &Edge| edge.origin == Origin::Figure5;
    let all = EDGES.iter().filter(|edge| is_in_figure(edge)).count();
    let walked = taken.iter().filter(|(edge, _)| is_in_figure(edge)).count();
    html! {
        <div class={classes!("diagram-panel", as_table.then_some("as-table"))}>
            <div class="diagram-head">
                <h2>{ Msg::StateDiagram.text(lang) }</h2>
                <p class="muted">{ edges_taken(walked, all, lang) }</p>
                <button
                    type="button"
                    class="quiet"
                    aria-pressed={as_table.to_string()}
                    onclick={act.reform(move |_| Act::DiagramTable(!as_table))}
                >
                    { Msg::AsTable.text(lang) }
                </button>
            </div>
            <div class="diagram-body">
                if as_table {
                    <StateTable {lang} {here} {act} />
                } else {
                    <StateDiagram {lang} {here} {taken} {what_if} {pick} {act} />
                }
            </div>
        </div>
    }
}
