//! The edges of the state diagram: those of RFC 9293 Figure 5, those that only the RFC's text has, and those of the
//! rules broken on purpose.
//!
//! The diagram, its text version, the explanations and the tests all use this table. The two states of a step tell
//! which edge it took ([`Edge::between`]).

use serde::{Deserialize, Serialize};

use crate::state::State;

/// Where an edge comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// RFC 9293 Figure 5, with the corrections of its notes.
    Figure5,
    /// The RFC's text or common practice: resets, time-outs, aborts.
    Text,
    /// A rule broken on purpose.
    WhatIf,
}

/// A way from one state to another. The texts of the course tell which event takes it and what is done then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The stable name: `listen--syn-received`.
    pub id: &'static str,
    /// Where it starts.
    pub from: State,
    /// Where it leads.
    pub to: State,
    /// Where it comes from.
    pub origin: Origin,
}

const fn edge(id: &'static str, from: State, to: State, origin: Origin) -> Edge {
    Edge { id, from, to, origin }
}

use Origin::{Figure5, Text, WhatIf};
use State::{
    CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent,
    TimeWait,
};

/// Every edge. The figure's come first, in reading order.
pub const EDGES: &[Edge] = &[
    edge("closed--listen", Closed, Listen, Figure5),
    edge("closed--syn-sent", Closed, SynSent, Figure5),
    edge("listen--closed", Listen, Closed, Figure5),
    edge("listen--syn-received", Listen, SynReceived, Figure5),
    edge("listen--syn-sent", Listen, SynSent, Figure5),
    edge("syn-sent--closed", SynSent, Closed, Figure5),
    edge("syn-sent--syn-received", SynSent, SynReceived, Figure5),
    edge("syn-sent--established", SynSent, Established, Figure5),
    edge("syn-received--listen", SynReceived, Listen, Figure5),
    edge("syn-received--established", SynReceived, Established, Figure5),
    edge("syn-received--fin-wait-1", SynReceived, FinWait1, Figure5),
    edge("established--fin-wait-1", Established, FinWait1, Figure5),
    edge("established--close-wait", Established, CloseWait, Figure5),
    edge("fin-wait-1--fin-wait-2", FinWait1, FinWait2, Figure5),
    edge("fin-wait-1--closing", FinWait1, Closing, Figure5),
    edge("fin-wait-1--time-wait", FinWait1, TimeWait, Figure5),
    edge("fin-wait-2--time-wait", FinWait2, TimeWait, Figure5),
    edge("closing--time-wait", Closing, TimeWait, Figure5),
    edge("close-wait--last-ack", CloseWait, LastAck, Figure5),
    edge("last-ack--closed", LastAck, Closed, Figure5),
    edge("time-wait--closed", TimeWait, Closed, Figure5),
    // Resets, time-outs and aborts, which the RFC's figure leaves out.
    edge("syn-received--closed", SynReceived, Closed, Text),
    edge("established--closed", Established, Closed, Text),
    edge("fin-wait-1--closed", FinWait1, Closed, Text),
    edge("fin-wait-2--closed", FinWait2, Closed, Text),
    edge("close-wait--closed", CloseWait, Closed, Text),
    edge("closing--closed", Closing, Closed, Text),
    // Rules broken on purpose.
    edge("listen--established", Listen, Established, WhatIf),
];

impl Edge {
    /// The edge from `from` to `to`, if there is one. No edge leads from a state to itself.
    #[must_use]
    pub fn between(from: State, to: State) -> Option<&'static Self> {
        EDGES.iter().find(|edge| edge.from == from && edge.to == to)
    }

    /// The edges that leave `state`.
    pub fn leaving(state: State) -> impl Iterator<Item = &'static Self> {
        EDGES.iter().filter(move |edge| edge.from == state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_one_edge_joins_two_states() {
        for (i, a) in EDGES.iter().enumerate() {
            assert!(EDGES[..i].iter().all(|b| b.id != a.id && (b.from, b.to) != (a.from, a.to)), "{}", a.id);
            let [from, to] = [a.from, a.to].map(|state| state.name().to_ascii_lowercase());
            assert_eq!(a.id, format!("{from}--{to}"));
        }
    }

    #[test]
    fn figure_5_has_twenty_one_edges() {
        assert_eq!(EDGES.iter().filter(|edge| edge.origin == Figure5).count(), 21);
    }
}
