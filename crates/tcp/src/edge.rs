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

/// What makes a connection take an edge, and what it does then: the two halves of a label in the figure.
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
    /// The event, in the figure's notation: `rcv SYN`.
    pub event: &'static str,
    /// The action: `snd SYN,ACK`; empty if nothing is sent.
    pub action: &'static str,
}

const fn edge(
    id: &'static str,
    from: State,
    to: State,
    origin: Origin,
    event: &'static str,
    action: &'static str,
) -> Edge {
    Edge { id, from, to, origin, event, action }
}

use Origin::{Figure5, Text, WhatIf};
use State::{
    CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent,
    TimeWait,
};

/// Every edge. The figure's come first, in reading order.
pub const EDGES: &[Edge] = &[
    edge("closed--listen", Closed, Listen, Figure5, "passive OPEN", "create TCB"),
    edge("closed--syn-sent", Closed, SynSent, Figure5, "active OPEN", "create TCB, snd SYN"),
    edge("listen--closed", Listen, Closed, Figure5, "CLOSE", "delete TCB"),
    edge("listen--syn-received", Listen, SynReceived, Figure5, "rcv SYN", "snd SYN,ACK"),
    edge("listen--syn-sent", Listen, SynSent, Figure5, "SEND / active OPEN", "snd SYN"),
    edge("syn-sent--closed", SynSent, Closed, Figure5, "CLOSE", "delete TCB"),
    edge("syn-sent--syn-received", SynSent, SynReceived, Figure5, "rcv SYN", "snd SYN,ACK"),
    edge("syn-sent--established", SynSent, Established, Figure5, "rcv SYN,ACK", "snd ACK"),
    edge("syn-received--listen", SynReceived, Listen, Figure5, "rcv RST", ""),
    edge("syn-received--established", SynReceived, Established, Figure5, "rcv ACK of SYN", ""),
    edge("syn-received--fin-wait-1", SynReceived, FinWait1, Figure5, "CLOSE", "snd FIN"),
    edge("established--fin-wait-1", Established, FinWait1, Figure5, "CLOSE", "snd FIN"),
    edge("established--close-wait", Established, CloseWait, Figure5, "rcv FIN", "snd ACK"),
    edge("fin-wait-1--fin-wait-2", FinWait1, FinWait2, Figure5, "rcv ACK of FIN", ""),
    edge("fin-wait-1--closing", FinWait1, Closing, Figure5, "rcv FIN", "snd ACK"),
    edge("fin-wait-1--time-wait", FinWait1, TimeWait, Figure5, "rcv FIN,ACK of FIN", "snd ACK"),
    edge("fin-wait-2--time-wait", FinWait2, TimeWait, Figure5, "rcv FIN", "snd ACK"),
    edge("closing--time-wait", Closing, TimeWait, Figure5, "rcv ACK of FIN", ""),
    edge("close-wait--last-ack", CloseWait, LastAck, Figure5, "CLOSE", "snd FIN"),
    edge("last-ack--closed", LastAck, Closed, Figure5, "rcv ACK of FIN", "delete TCB"),
    edge("time-wait--closed", TimeWait, Closed, Figure5, "2MSL timeout", "delete TCB"),
    // Resets, time-outs and aborts, which the RFC's figure leaves out.
    edge("syn-received--closed", SynReceived, Closed, Text, "rcv RST / timeout / ABORT", "delete TCB"),
    edge("established--closed", Established, Closed, Text, "rcv RST / timeout / ABORT", "delete TCB"),
    edge("fin-wait-1--closed", FinWait1, Closed, Text, "rcv RST / timeout / ABORT", "delete TCB"),
    edge("fin-wait-2--closed", FinWait2, Closed, Text, "rcv RST / timeout / ABORT", "delete TCB"),
    edge("close-wait--closed", CloseWait, Closed, Text, "rcv RST / timeout / ABORT", "delete TCB"),
    edge("closing--closed", Closing, Closed, Text, "rcv RST / timeout / ABORT", "delete TCB"),
    // Rules broken on purpose.
    edge("listen--established", Listen, Established, WhatIf, "rcv SYN (two-way open)", "snd SYN,ACK"),
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
    fn one_edge_joins_two_states() {
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
