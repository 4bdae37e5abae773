//! Where each host stands in the diagram, and the edges taken.

use super::Scene;
use crate::lang::HostId;
use crate::parts::diagram::Taken;
use lab::Session;
use lab::net::What;
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
pub(super) fn taken(scene: &Scene) -> Vec<(&'static Edge, Taken)> {
    let latest = scene.session.records().last().filter(|record| record.socket.is_some());
    let just_taken_by = |edge: &Edge| {
        let What::Transition { transition, .. } = &latest?.what else { return None };
        let was_taken = transition.fired.iter().any(|fired| (fired.from, fired.to) == (edge.from, edge.to));
        latest?.host.filter(|_| was_taken)
    };
    let taken = scene.gathered.taken.iter();
    taken.map(|&(edge, by)| (edge, Taken { by, latest: just_taken_by(edge) })).collect()
}
