//! poll(): which events of a socket have happened.

use lab::host::{SocketId, SocketState};
use tcp::State;

use super::{Answer, Call, Calls, Failure};
use crate::script::Expr;
use crate::stack::Stack;

impl Calls {
    /// `poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, 0) = 1`. It returns at once, without waiting for the time in
    /// the call: the script tells which events have happened by now.
    pub(super) fn poll(&mut self, call: &Call<'_>) -> Result<Answer, Failure> {
        if call.spec.returns.is_some() {
            return Err(Failure::Unsupported("poll() that waits".to_owned()));
        }
        let entries = call.argument(0)?;
        let Expr::List(list) = entries else { return Err(call.unsupported(entries)) };
        let mut ready = 0;
        for entry in list {
            let field = |name| entry.field(name).ok_or_else(|| call.unsupported(entry));
            let descriptor = field("fd")?.number().and_then(|number| self.descriptors.get(&number));
            let asked = field("events")?.words();
            let found: Vec<_> = match descriptor {
                Some(descriptor) => happened(call.stack, descriptor.socket)
                    .into_iter()
                    // An error, and the end of both directions, are always reported.
                    .filter(|event| matches!(*event, "POLLERR" | "POLLHUP") || asked.contains(event))
                    .collect(),
                None => vec!["POLLNVAL"],
            };
            ready += i64::from(!found.is_empty());
            let said = field("revents")?;
            let mut words = said.words();
            words.sort_unstable();
            let mut sorted = found.clone();
            sorted.sort_unstable();
            if *said != Expr::Ellipsis && words != sorted {
                let found = if found.is_empty() { "0".to_owned() } else { found.join("|") };
                return Err(Failure::mismatch(format!("revents={said}"), format!("revents={found}")));
            }
        }
        Ok(Answer::Number(ready))
    }
}

/// What has happened to `socket`, in the names of poll().
fn happened(stack: &Stack, id: SocketId) -> Vec<&'static str> {
    let Some(socket) = stack.socket(id) else { return vec!["POLLNVAL"] };
    let (state, tcb) = (socket.tcp_state(), socket.tcb());
    let is_over = matches!(socket.state, SocketState::Over(_));
    let peer_is_done =
        matches!(state, State::CloseWait | State::LastAck | State::Closing | State::TimeWait) || is_over;
    let may_write = matches!(state, State::Established | State::CloseWait);
    let room = tcb.is_some_and(|tcb| tcb.in_flight() + tcb.unsent_bytes() < stack.config().send_buffer_bytes);
    let is_readable = tcb.is_some_and(|tcb| tcb.readable_bytes() > 0) || peer_is_done;
    let has_queued = matches!(&socket.state, SocketState::Listening { ready, .. } if !ready.is_empty());
    let events = [
        ("POLLIN", is_readable || has_queued || socket.error.is_some()),
        ("POLLOUT", (may_write && room) || is_over || socket.error.is_some()),
        ("POLLRDHUP", peer_is_done),
        ("POLLERR", socket.error.is_some()),
        ("POLLHUP", is_over),
    ];
    events.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect()
}
