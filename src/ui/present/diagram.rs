//! Where each host stands in the diagram, and the edges taken.

use crate::lab::Session;
use crate::net::What;
use crate::tcp::State;
use crate::tcp::edge::Edge;
use crate::ui::diagram::Taken;
use crate::ui::lang::HostId;

/// The state of each host's connection; none while the host is down.
pub(super) fn here(session: &Session) -> [Option<State>; 2] {
    HostId::ALL.map(|id| {
        let host = session.world().host(id);
        if !host.is_up() {
            return None;
        }
        let is_alive = |state: &State| !matches!(state, State::Closed | State::Listen);
        let alive = host.sockets().map(crate::host::Socket::tcp_state).rfind(is_alive);
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
pub(super) fn taken(session: &Session) -> Vec<(&'static str, Taken)> {
    let mut taken: Vec<(&'static str, Taken)> = vec![];
    let last = session.records().len().wrapping_sub(1);
    for (i, record) in session.records().iter().enumerate() {
        let (What::Transition { transition, .. }, Some(host), Some(_)) =
            (&record.what, record.host, record.socket)
        else {
            continue;
        };
        for fired in transition.fired.iter().filter(|fired| fired.from != fired.to) {
            let Some(edge) = Edge::between(fired.from, fired.to) else { continue };
            let index = taken.iter().position(|(id, _)| *id == edge.id).unwrap_or_else(|| {
                taken.push((edge.id, Taken::default()));
                taken.len() - 1
            });
            let entry = &mut taken[index].1;
            entry.by[host.index()] = true;
            if i == last {
                entry.latest = Some(host);
            }
        }
    }
    taken
}
