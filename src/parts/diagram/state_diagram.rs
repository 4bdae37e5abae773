//! The state diagram: eleven boxes, the edges between them, a token for each host.

use std::rc::Rc;

use yew::prelude::*;

use super::close_frames::CloseFrames;
use super::edge_line::{EdgeLine, Taken};
use super::state_box::StateBox;
use super::token::Token;
use crate::act::Act;
use crate::draw::diagram::{HEIGHT, WIDTH, neighbour};
use crate::draw::geometry::{Direction, Num};
use crate::hooks::focus;
use crate::lang::{HostId, Lang};
use crate::pick::Pick;
use crate::text::Msg;
use tcp::State;
use tcp::edge::{EDGES, Edge, Origin};

#[derive(Properties, PartialEq)]
pub(super) struct StateDiagramProps {
    pub lang: Lang,
    /// The state of each host; none while it is down.
    pub here: [Option<State>; 2],
    /// The edges taken in this run.
    pub taken: Rc<Vec<(&'static Edge, Taken)>>,
    /// Rules are broken on purpose, so their edges are drawn.
    pub what_if: bool,
    /// What is being looked at.
    pub pick: Pick,
    pub act: Callback<Act>,
}

impl StateDiagramProps {
    fn taken(&self, edge: &Edge) -> Taken {
        self.taken.iter().find(|(known, _)| *known == edge).map_or(Taken::default(), |(_, taken)| *taken)
    }

    /// The figure's own edges always; the others only when there is a reason to look at them.
    fn is_drawn(&self, edge: &Edge) -> bool {
        edge.origin == Origin::Figure5
            || self.taken(edge).by != [false; 2]
            || self.pick == Pick::Edge(edge.id)
            || (edge.origin == Origin::Text && self.pick == Pick::State(edge.from))
            || (edge.origin == Origin::WhatIf && self.what_if)
    }
}

/// Draws the diagram. One tab stop; the arrow keys walk along the edges, Enter explains.
#[component]
pub(super) fn StateDiagram(props: &StateDiagramProps) -> Html {
    let &StateDiagramProps { lang, here, pick, ref act, .. } = props;
    let cursor = use_state(|| None);
    let nodes = use_memo((), |()| State::ALL.iter().map(|_| NodeRef::default()).collect::<Vec<_>>());
    // Until the keys were used, the tab stop follows the client.
    let stop = cursor.or(here[0]).unwrap_or(State::Closed);
    let onkeydown = {
        let (cursor, nodes, act) = (cursor.clone(), Rc::clone(&nodes), act.clone());
        move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "Enter" | " " => {
                    act.emit(Act::Pick(Pick::State(stop)));
                    None
                }
                "Home" => Some(State::Closed),
                "End" => Some(State::TimeWait),
                other => match Direction::of_key(other) {
                    Some(direction) => Some(neighbour(stop, direction).unwrap_or(stop)),
                    None => return,
                },
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(next) = next {
                cursor.set(Some(next));
                focus(&nodes[next as usize]);
            }
        }
    };
    let mut edges: Vec<_> = EDGES.iter().filter(|edge| props.is_drawn(edge)).collect();
    // Those just taken are drawn last, over the others.
    edges.sort_by_key(|edge| props.taken(edge).latest.is_some());
    let edges = edges.into_iter().map(|edge| {
        html! {
            <EdgeLine
                key={edge.id}
                {edge}
                {lang}
                taken={props.taken(edge)}
                is_possible={here.contains(&Some(edge.from))}
                is_selected={pick == Pick::Edge(edge.id)}
                {act}
            />
        }
    });
    let states = State::ALL.iter().copied().map(|state| {
        html! {
            <StateBox
                key={state.name()}
                {state}
                {lang}
                hosts={here.map(|at| at == Some(state))}
                is_selected={pick == Pick::State(state)}
                is_tab_stop={state == stop}
                node={&nodes[state as usize]}
                {act}
            />
        }
    });
    let tokens = HostId::ALL.into_iter().map(|host| {
        html! { <Token key={host.name()} {host} state={here[host.index()]} {lang} /> }
    });
    html! {
        <svg
            class="diagram"
            role="graphics-document"
            viewBox={format!("0 0 {} {}", Num(WIDTH), Num(HEIGHT))}
            aria-roledescription={Msg::StateDiagram.text(lang)}
            aria-label={Msg::DiagramHelp.text(lang)}
            {onkeydown}
        >
            <CloseFrames {lang} />
            <g class="edges">{ for edges }</g>
            <g class="states">{ for states }</g>
            <g class="tokens">{ for tokens }</g>
        </svg>
    }
}
