//! The state diagram: eleven boxes, the edges between them, a token for each host.

use std::rc::Rc;

use yew::prelude::*;

use super::edge_line::{EdgeLine, Taken, edge_line};
use super::state_box::{StateBox, state_box};
use super::token::token;
use crate::act::Act;
use crate::draw::diagram as layout;
use crate::el::el;
use crate::geometry::{Direction, Num};
use crate::hooks::{focus, use_nodes, use_number};
use crate::lang::{HostId, Lang};
use crate::pick::Pick;
use crate::text::{Msg, host_initial, is_here};
use course::text;
use tcp::State;
use tcp::edge::{EDGES, Edge, Origin};

/// What the diagram is drawn from.
#[derive(Properties, PartialEq)]
pub struct StateDiagramProps {
    /// The language.
    pub lang: Lang,
    /// The state of each host; none while it is down.
    pub here: [Option<State>; 2],
    /// The edges taken in this run.
    pub taken: Rc<Vec<(&'static str, Taken)>>,
    /// Rules are broken on purpose, so their edges are drawn.
    pub what_if: bool,
    /// What is being looked at.
    pub pick: Pick,
    /// Where requests go.
    pub act: Callback<Act>,
}

impl StateDiagramProps {
    fn taken(&self, edge: &Edge) -> Taken {
        self.taken.iter().find(|(id, _)| *id == edge.id).map_or(Taken::default(), |(_, taken)| *taken)
    }

    /// The figure's own edges always; the others only when there is a reason to look at them.
    fn is_drawn(&self, edge: &Edge) -> bool {
        edge.origin == Origin::Figure5
            || self.taken(edge).by != [false; 2]
            || self.pick == Pick::Edge(edge.id)
            || (edge.origin == Origin::Text && self.pick == Pick::State(edge.from))
            || (edge.origin == Origin::WhatIf && self.what_if)
    }

    fn label(&self, state: State) -> AttrValue {
        let mut label = state.name().to_owned();
        if self.lang == Lang::ZhHans {
            label = format!("{label}，{}", text::state(state, self.lang).name);
        }
        for host in HostId::ALL {
            if self.here[host.index()] == Some(state) {
                label += &is_here(host, self.lang);
            }
        }
        label.into()
    }
}

/// Draws the diagram. One tab stop; the arrow keys walk along the edges, Enter explains.
#[component]
pub fn StateDiagram(props: &StateDiagramProps) -> Html {
    let lang = props.lang;
    // A place in the list of states; none is there at first.
    let cursor = use_number(usize::MAX);
    let nodes = use_nodes(State::ALL.len());
    // Until the keys were used, the tab stop follows the client.
    let stop = State::ALL.get(*cursor).copied().or(props.here[0]).unwrap_or(State::Closed);
    let on_key = {
        let (cursor, nodes, act) = (cursor.clone(), Rc::clone(&nodes), props.act.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            let next = match key.as_str() {
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
                cursor.set(next as usize);
                focus(&nodes[next as usize]);
            }
        })
    };
    let drawn = EDGES.iter().filter(|edge| props.is_drawn(edge));
    // Those just taken are drawn last, over the others.
    let (mut edges, top): (Vec<_>, Vec<_>) = drawn.partition(|edge| props.taken(edge).latest.is_none());
    edges.extend(top);
    let edges = edges.into_iter().map(|edge| {
        edge_line(&EdgeLine {
            edge,
            lang,
            taken: props.taken(edge),
            possible: props.here.contains(&Some(edge.from)),
            selected: props.pick == Pick::Edge(edge.id),
            act: &props.act,
        })
    });
    let states = State::ALL.into_iter().map(|state| {
        state_box(&StateBox {
            state,
            lang,
            here: props.here,
            selected: props.pick == Pick::State(state),
            is_tab_stop: state == stop,
            label: props.label(state),
            node: &nodes[state as usize],
            act: &props.act,
        })
    });
    let tokens =
        HostId::ALL.into_iter().map(|host| token(host, props.here[host.index()], host_initial(host, lang)));
    let passive = Msg::PassiveClose.in_lang(lang).split(' ').enumerate();
    let passive = passive.map(|(i, word)| el("text x=406").nth(i).attr("y", 291 + 13 * i as u64).child(word));
    let blocks = el("g.blocks aria-hidden=true")
        .child(el("rect x=14 y=308 width=296 height=122 rx=10"))
        .child(el("rect x=338 y=308 width=119 height=122 rx=10"))
        .child(el("text.at-middle x=250 y=307").say(Msg::ActiveClose, lang))
        .child(el("g").children(passive));
    el("svg.diagram role=graphics-document")
        .attr("viewBox", format!("0 0 {} {}", Num(layout::WIDTH), Num(layout::HEIGHT)))
        .attr("aria-roledescription", Msg::StateDiagram.text(lang))
        .label(Msg::DiagramHelp, lang)
        .on_key_down(on_key)
        .child(blocks)
        .child(el("g.edges").children(edges))
        .child(el("g.states").children(states))
        .child(el("g.tokens").children(tokens))
        .into()
}

/// The state one reaches from `from` by an arrow key: along an edge if one leads that way, else the nearest box there.
fn neighbour(from: State, direction: Direction) -> Option<State> {
    let joined = |state: &State| {
        Edge::between(from, *state)
            .or(Edge::between(*state, from))
            .is_some_and(|e| e.origin == Origin::Figure5)
    };
    let cost = |state: &State| direction.cost(layout::centre(from), layout::centre(*state));
    let best = |states: Vec<State>| {
        let reachable = states.into_iter().filter_map(|state| Some((cost(&state)?, state)));
        reachable.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, state)| state)
    };
    let others = State::ALL.into_iter().filter(|state| *state != from);
    let (along, rest): (Vec<_>, Vec<_>) = others.partition(joined);
    best(along).or_else(|| best(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_walk_along_the_edges() {
        assert_eq!(neighbour(State::Closed, Direction::Down), Some(State::Listen));
        assert_eq!(neighbour(State::Listen, Direction::Left), Some(State::SynReceived));
        assert_eq!(neighbour(State::Established, Direction::Left), Some(State::SynReceived));
        assert_eq!(neighbour(State::TimeWait, Direction::Down), None);
    }

    #[test]
    fn every_state_can_be_reached_by_arrow_keys() {
        let all = [Direction::Up, Direction::Down, Direction::Left, Direction::Right];
        let mut seen = vec![State::Closed];
        let mut i = 0;
        while let Some(&state) = seen.get(i) {
            for next in all.into_iter().filter_map(|direction| neighbour(state, direction)) {
                if !seen.contains(&next) {
                    seen.push(next);
                }
            }
            i += 1;
        }
        assert_eq!(seen.len(), State::ALL.len());
    }
}
