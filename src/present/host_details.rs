//! A host as its panel shows it.

use std::rc::Rc;

use super::Scene;
use super::offered_calls::{OfferedCalls, offered_calls};
use crate::lang::HostId;
use crate::text::Msg;
use course::text;
use lab::host::{Host, Socket, SocketState};
use lab::net::{Record, What};
use lab::perform::default_conversation;
use lab::snapshot::{HostView, TimerView};
use tcp::{State, Tcb, Var};

/// What the panel of a host shows.
#[derive(Clone, Debug, PartialEq)]
pub struct HostDetails {
    /// The host, as JavaScript sees it too.
    pub host: Rc<HostView>,
    /// The number of the socket that the panel is about.
    pub shown: Option<u32>,
    /// The address, with the port of that socket.
    pub address: String,
    /// The state of that socket; without one, where the host stands in the diagram.
    pub state: Option<State>,
    /// What the learner can call.
    pub calls: Rc<OfferedCalls>,
    /// The last call and what it returned.
    pub last_call: Option<Rc<Record>>,
    /// How many bytes the application has sent and received.
    pub data: Vec<(Msg, u32)>,
    /// The variables of the TCB.
    pub variables: Rc<Vec<VariableRow>>,
}

/// A variable of the TCB, in the notation chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableRow {
    /// `SND.NXT`
    pub name: &'static str,
    /// What it is.
    pub value: String,
    /// What it was before the step just made, if that changed it.
    pub was: Option<String>,
}

impl HostDetails {
    /// The running timers of the socket shown.
    #[must_use]
    pub fn timers(&self) -> &[TimerView] {
        let shown = self.host.sockets.iter().find(|socket| Some(socket.id) == self.shown);
        shown.filter(|socket| !socket.is_over()).map_or(&[], |socket| &socket.timers)
    }
}

/// The panel of a host.
pub(super) fn host_details(scene: &Scene, id: HostId) -> HostDetails {
    let host = scene.session.world().host(id);
    let shown = shown(scene, host);
    let tcb = shown.and_then(Socket::tcb);
    let port = shown.map(|socket| socket.local.port).filter(|port| *port != 0);
    HostDetails {
        host: Rc::new(HostView::of(host)),
        shown: shown.map(|socket| socket.id.0),
        address: port.map_or_else(|| id.addr().to_string(), |port| format!("{}:{port}", id.addr())),
        state: shown.map(Socket::tcp_state).or_else(|| super::standing::here(&scene.session)[id.index()]),
        calls: offered_calls(scene, id),
        last_call: scene.gathered.calls[id.index()].clone(),
        data: tcb.map_or_else(Vec::new, |tcb| data(tcb)),
        variables: tcb
            .filter(|tcb| tcb.state != State::Listen)
            .map_or_else(Rc::default, |tcb| Rc::new(variables(scene, id, tcb))),
    }
}

/// The socket the panel is about: the one that was chosen, the one the calls mean, or the newest connection that no program holds (it waits in a
/// backlog, or its program has closed it).
fn shown<'a>(scene: &Scene, host: &'a Host) -> Option<&'a Socket> {
    if let Some(chosen) = scene.shown[host.id().index()].and_then(|id| host.socket(id)) {
        return Some(chosen);
    }
    let is_alive = |socket: &&Socket| {
        matches!(socket.state, SocketState::Connected(_)) && socket.tcp_state() != State::Closed
    };
    let alive = host.sockets().rfind(is_alive);
    let meant = default_conversation(scene.session.world(), host.id()).and_then(|id| host.socket(id));
    alive.or(meant).or_else(|| host.sockets().last())
}

/// What the application has sent and received.
fn data(tcb: &Tcb) -> Vec<(Msg, u32)> {
    if !tcb.state.is_synchronized() && tcb.state != State::SynReceived {
        return vec![];
    }
    let fin = u32::from(matches!(tcb.fin, tcp::tcb::OurFin::Sent(_)));
    let peer_fin =
        u32::from(matches!(tcb.state, State::CloseWait | State::LastAck | State::Closing | State::TimeWait));
    let sent = tcb.snd.nxt.since(tcb.snd.iss).saturating_sub(1 + fin);
    let received = tcb.rcv.nxt.since(tcb.rcv.irs).saturating_sub(1 + peer_fin);
    vec![
        (Msg::Sent, sent),
        (Msg::Unacked, tcb.octets_in_flight()),
        (Msg::Received, received),
        (Msg::Unread, tcb.readable_bytes()),
    ]
}

/// The variables, those that the step just made has changed with what they were.
fn variables(scene: &Scene, id: HostId, tcb: &Tcb) -> Vec<VariableRow> {
    let before = match scene.session.records().last().map(|record| (&record.what, record.host)) {
        Some((What::Transition { transition, .. }, Some(host)))
            if host == id && *transition.after == *tcb =>
        {
            Some(&transition.before)
        }
        _ => None,
    };
    let knows_peer = tcb.state.is_synchronized() || tcb.state == State::SynReceived;
    let text = |var: Var, value: u32| match var {
        // Before the other end has spoken these mean nothing.
        Var::Irs | Var::RcvNxt | Var::SndWl1 | Var::SndWl2 if !knows_peer => "–".to_owned(),
        _ => scene.variable(id, tcb, var, value),
    };
    let rows = tcb.variables().map(|(var, value)| {
        let old = before.and_then(|before| before.variables().find(|(known, _)| *known == var));
        let old = old.map(|(_, old)| old).filter(|old| *old != value);
        VariableRow {
            name: var.name(),
            value: text(var, value),
            was: old.map(|old| if old == 0 { "–".to_owned() } else { text(var, old) }),
        }
    });
    // Not a variable of the RFC's table, but a part of what the TCB remembers.
    let words = |tcb: &Tcb| tcb.soft_error.map_or("–", |kind| text::icmp(kind, scene.voice.lang)).to_owned();
    let report = tcb.soft_error.map(|_| VariableRow {
        name: "ICMP",
        value: words(tcb),
        was: before.filter(|before| before.soft_error != tcb.soft_error).map(|before| words(before)),
    });
    rows.chain(report).collect()
}
