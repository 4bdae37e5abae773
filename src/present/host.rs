//! A host as its panel shows it.

use yew::AttrValue;

use super::{Scene, calls};
use crate::lang::HostId;
use crate::parts::host::view::{HostView, LastCall, SocketRow, TcbRow, TimerRow};
use crate::text::Msg;
use course::text;
use lab::host::{Host, Socket, SocketState};
use lab::net::What;
use lab::perform::default_conversation;
use tcp::{Endpoint, State, Tcb, Var};

/// The panel of a host.
pub(super) fn host(scene: &Scene, id: HostId) -> HostView {
    let host = scene.session.world().host(id);
    let shown = shown(scene, host);
    let tcb = shown.and_then(Socket::tcb);
    let (calls, more_calls) = calls::calls(scene, id);
    let port = shown.map(|socket| socket.local.port).filter(|port| *port != 0);
    let addr = port.map_or_else(|| id.addr().to_string(), |port| format!("{}:{port}", id.addr()));
    let mut timers = tcb.map_or_else(Vec::new, |tcb| timers(scene, tcb));
    if shown.is_some_and(|socket| matches!(socket.state, SocketState::Over(_))) {
        timers.clear();
    }
    HostView {
        id,
        addr: AttrValue::from(addr),
        is_up: host.is_up(),
        program: host.program(),
        state: shown.map(Socket::tcp_state).or_else(|| super::standing::here(&scene.session)[id.index()]),
        calls,
        more_calls,
        last: last_call(scene, id),
        data: tcb.map_or_else(Vec::new, |tcb| data(scene, tcb)),
        sockets: host.sockets().filter_map(|socket| row(socket, shown)).collect(),
        tcb: tcb
            .filter(|tcb| tcb.state != State::Listen)
            .map_or_else(Vec::new, |tcb| variables(scene, id, tcb)),
        timers,
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

fn timers(scene: &Scene, tcb: &Tcb) -> Vec<TimerRow> {
    let row = |(kind, deadline): (_, tcp::timer::Deadline)| TimerRow {
        kind,
        armed_at: deadline.armed_at,
        at: deadline.at,
        then: AttrValue::from(text::timer_waits(kind, scene.voice.lang).replace('`', "")),
    };
    tcb.timers.armed().map(row).collect()
}

fn last_call(scene: &Scene, id: HostId) -> Option<LastCall> {
    let (call, result) = scene.gathered.calls[id.index()].as_ref()?.call()?;
    let (value, message, failed) = calls::result(result, scene.voice.lang);
    let (call, value, message) = (call.to_string(), value, message);
    Some(LastCall { call: call.into(), result: value.into(), message: message.into(), failed })
}

/// What the application has sent and received.
fn data(scene: &Scene, tcb: &Tcb) -> Vec<(AttrValue, AttrValue)> {
    if !tcb.state.is_synchronized() && tcb.state != State::SynReceived {
        return vec![];
    }
    let fin = u32::from(matches!(tcb.fin, tcp::tcb::OurFin::Sent(_)));
    let peer_fin =
        u32::from(matches!(tcb.state, State::CloseWait | State::LastAck | State::Closing | State::TimeWait));
    let sent = tcb.snd.nxt.since(tcb.snd.iss).saturating_sub(1 + fin);
    let received = tcb.rcv.nxt.since(tcb.rcv.irs).saturating_sub(1 + peer_fin);
    let counts = [
        (Msg::Sent, sent),
        (Msg::Unacked, tcb.octets_in_flight()),
        (Msg::Received, received),
        (Msg::Unread, tcb.readable_bytes()),
    ];
    let pair = |(msg, count): (Msg, u32)| (msg.text(scene.voice.lang), AttrValue::from(count.to_string()));
    counts.into_iter().map(pair).collect()
}

/// The variables, those that the step just made has changed with what they were.
fn variables(scene: &Scene, id: HostId, tcb: &Tcb) -> Vec<TcbRow> {
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
        TcbRow {
            name: AttrValue::Static(var.name()),
            value: AttrValue::from(text(var, value)),
            was: old.map(|old| AttrValue::from(if old == 0 { "–".to_owned() } else { text(var, old) })),
        }
    });
    // Not a variable of the RFC's table, but a part of what the TCB remembers.
    let words = |tcb: &Tcb| tcb.soft_error.map_or("–", |kind| text::icmp(kind, scene.voice.lang)).into();
    let report = tcb.soft_error.map(|_| TcbRow {
        name: AttrValue::Static("ICMP"),
        value: words(tcb),
        was: before.filter(|before| before.soft_error != tcb.soft_error).map(|before| words(before)),
    });
    rows.chain(report).collect()
}

/// A line of `ss -tan`, in its spelling. It lists no socket whose connection is over.
fn row(socket: &Socket, shown: Option<&Socket>) -> Option<SocketRow> {
    let (recv_q, send_q) = match &socket.state {
        // Both are small: a backlog is a handful.
        SocketState::Listening { ready, backlog, .. } => (ready.len() as u32, *backlog),
        SocketState::Connected(tcb) => (tcb.readable_bytes(), tcb.unsent_bytes() + tcb.octets_in_flight()),
        SocketState::Fresh => (0, 0),
        SocketState::Over(_) => return None,
    };
    let state = match socket.tcp_state() {
        State::Closed => "UNCONN",
        State::SynReceived => "SYN-RECV",
        State::Established => "ESTAB",
        other => other.name(),
    };
    let end = |end: Endpoint| {
        let addr = if end.addr.is_unspecified() { "*".to_owned() } else { end.addr.to_string() };
        let port = if end.port == 0 { "*".to_owned() } else { end.port.to_string() };
        AttrValue::from(format!("{addr}:{port}"))
    };
    Some(SocketRow {
        id: socket.id.0,
        state: AttrValue::Static(state),
        recv_q,
        send_q,
        local: end(socket.local),
        peer: end(socket.remote()),
        is_shown: shown.is_some_and(|shown| shown.id == socket.id),
    })
}
