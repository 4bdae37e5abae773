//! Where each host stands in the diagram, and the edges taken.

use std::rc::Rc;

use super::Scene;
use crate::lang::HostId;
use crate::parts::diagram::Taken;
use lab::Session;
use lab::net::{Record, What};
use tcp::State;
use tcp::edge::Edge;

/// The state of each host's connection; none while the host is down.
pub(super) fn here(session: &Session) -> [Option<State>; 2] {
    HostId::ALL.map(|id| {
        let host = session.world().host(id);
        if !host.is_up() {
            return None;
        }
        let is_alive = |state: &State| !matches!(state, State::Closed | State::Listen);
        let alive = host.sockets().map(lab::host::Socket::tcp_state).rfind(is_alive);
        // With no connection alive, where the last one ended, or the listener that is left.
        Some(alive.or_else(|| last_state(session, id)).unwrap_or(State::Closed))
    })
}

fn last_state(session: &Session, id: HostId) -> Option<State> {
    let mine = session.records().iter().rev().filter(|record| record.host == Some(id));
    let states = mine.map_while(|record| match &record.what {
        What::Transition { transition, .. } if record.socket.is_some() => Some(Some(transition.to())),
        // What was before the crash is gone.
        What::Crashed => None,
        _ => Some(None),
    });
    states.flatten().next()
}

/// The edges taken in this run, each once, and which of them the step just made took.
pub(super) fn taken(scene: &Scene) -> Vec<(&'static str, Taken)> {
    let latest = scene.session.records().last();
    let taken = scene.gathered.taken.iter().map(|&(id, by)| {
        let took = |record: &&Rc<Record>| match &record.what {
            What::Transition { transition, .. } => {
                let edges = transition.fired.iter().filter_map(|fired| Edge::between(fired.from, fired.to));
                record.socket.is_some() && edges.into_iter().any(|edge| edge.id == id)
            }
            _ => false,
        };
        (id, Taken { by, latest: latest.filter(took).and_then(|record| record.host) })
    });
    taken.collect()
}
