//! Calls that wait. Sockets do not block, except if so set: recv() and accept() wait with SO_RCVTIMEO, and close()
//! waits with SO_LINGER.

use super::program::can_read;
use super::socket::{Descriptor, Socket, SocketId, SocketState};
use super::socket_call::{CallResult, SocketCall, Value};
use super::{Errno, Host, Outcome};
use tcp::OurFin;
use tcp::time::{Duration, Instant};

/// A call that was made and has not returned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Waiting {
    /// The socket it was made on.
    pub socket: SocketId,
    /// The call.
    pub call: SocketCall,
    /// When it returns at the latest.
    pub until: Instant,
}

impl Host {
    /// The calls that have not returned, in the order in which they were made.
    #[must_use]
    pub fn waiting(&self) -> &[Waiting] {
        &self.waiting
    }

    /// A call on this socket has not returned.
    pub(super) fn call_waits_on(&self, socket: SocketId) -> bool {
        self.waiting.iter().any(|waiting| waiting.socket == socket)
    }

    /// How long `call` waits instead of returning `result` at once. `linger` is the option of its socket before the
    /// call.
    pub(super) fn patience(
        &self,
        call: &SocketCall,
        result: &CallResult,
        linger: Option<u16>,
    ) -> Option<Duration> {
        let socket = call.socket()?;
        match (call, result) {
            (SocketCall::Recv { .. } | SocketCall::Accept { .. }, Err(Errno::EAGAIN)) => {
                self.sockets.get(&socket)?.options.receive_timeout
            }
            (SocketCall::Close { .. }, Ok(_)) if self.has_unacknowledged(socket) => {
                linger.map(|seconds| Duration::from_secs(seconds.into()))
            }
            _ => None,
        }
    }

    /// Lets `call` wait, at most for `patience`.
    pub(super) fn wait(&mut self, now: Instant, call: &SocketCall, patience: Duration) -> CallResult {
        let until = now + patience;
        if let Some(socket) = call.socket() {
            self.waiting.push(Waiting { socket, call: call.clone(), until });
        }
        Ok(Value::Waits { until })
    }

    /// The call that returns next, and when: now, if what it waits for has happened.
    #[must_use]
    pub fn next_return(&self, now: Instant) -> Option<(Instant, SocketId)> {
        let due = |waiting: &Waiting| if self.is_over(waiting) { now } else { waiting.until };
        // Of several at the same time, `min_by_key` takes the first, which has waited longest.
        self.waiting.iter().map(|waiting| (due(waiting), waiting.socket)).min_by_key(|(at, _)| *at)
    }

    /// The call that waits on `socket` returns.
    pub fn wake(&mut self, now: Instant, socket: SocketId) -> Outcome {
        let Some(place) = self.waiting.iter().position(|waiting| waiting.socket == socket) else {
            return Outcome::default();
        };
        let is_over = self.is_over(&self.waiting[place]);
        let Waiting { call, .. } = self.waiting.remove(place);
        let mut outcome = Outcome::default();
        let result = match call {
            SocketCall::Close { .. } if is_over => Ok(Value::Zero),
            _ if is_over => self.dispatch(now, &call, &mut outcome),
            // The call has waited too long. After close() the connection goes on by itself, as in Linux and the BSDs.
            _ => Err(Errno::EAGAIN),
        };
        self.process.on_return(&call);
        Outcome { call: Some(call), result: Some(result), ..outcome }
    }

    /// What the call waits for has happened: it need not wait any longer.
    fn is_over(&self, waiting: &Waiting) -> bool {
        let socket = self.socket(waiting.socket);
        match &waiting.call {
            SocketCall::Close { .. } => !self.has_unacknowledged(waiting.socket),
            // If the descriptor was closed meanwhile, the wait is over too.
            SocketCall::Accept { .. } => socket.filter(|socket| socket.is_open()).is_none_or(can_accept),
            _ => socket.filter(|socket| socket.is_open()).is_none_or(can_read),
        }
    }

    /// A closed socket still has data or a FIN that the other end has not acknowledged.
    fn has_unacknowledged(&self, socket: SocketId) -> bool {
        match self.socket(socket) {
            Some(Socket { state: SocketState::Connected(tcb), descriptor: Descriptor::Closed, .. }) => {
                tcb.in_flight() > 0 || tcb.unsent_bytes() > 0 || tcb.fin == OurFin::Queued
            }
            _ => false,
        }
    }
}

/// accept() has a connection or an error to return.
fn can_accept(listener: &Socket) -> bool {
    match &listener.state {
        SocketState::Listening { ready, .. } => !ready.is_empty(),
        SocketState::Fresh | SocketState::Connected(_) | SocketState::Over(_) => true,
    }
}
