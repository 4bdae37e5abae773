//! What a host's panel is made of, with the words already chosen.

use yew::AttrValue;

use crate::lang::HostId;
use lab::action::Action;
use lab::host::Program;
use tcp::time::{Duration, Instant};
use tcp::{State, TimerKind};

/// A host as the page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct HostView {
    /// Which.
    pub id: HostId,
    /// Its address, with the port of the connection shown if there is one.
    pub addr: AttrValue,
    /// It has power.
    pub is_up: bool,
    /// What it runs by itself.
    pub program: Program,
    /// The state of the connection shown; none without a socket.
    pub state: Option<State>,
    /// The calls, in the order of a connection's life.
    pub calls: Vec<CallView>,
    /// The calls of the more unusual kind.
    pub more_calls: Vec<CallView>,
    /// The last call and what it returned.
    pub last: Option<LastCall>,
    /// Application data: named counts.
    pub data: Vec<(AttrValue, AttrValue)>,
    /// The sockets, as `ss -tan` lists them.
    pub sockets: Vec<SocketRow>,
    /// The TCB of the connection shown.
    pub tcb: Vec<TcbRow>,
    /// Its running timers.
    pub timers: Vec<TimerRow>,
}

/// A call that can be made, or the reason why it would do nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct CallView {
    /// The call as it is written: `shutdown(SHUT_WR)`.
    pub label: AttrValue,
    /// The action behind it.
    pub action: Action,
    /// Why it would do nothing now.
    pub blocked: Option<AttrValue>,
    /// The error it would return now.
    pub returns: Option<AttrValue>,
}

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastCall {
    /// The call with its arguments.
    pub call: AttrValue,
    /// What it returned: a value, or the name of an error.
    pub result: AttrValue,
    /// In words.
    pub message: AttrValue,
    /// It failed.
    pub failed: bool,
}

/// A line of `ss -tan`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketRow {
    /// The descriptor.
    pub id: u32,
    /// As `ss` names the state.
    pub state: AttrValue,
    /// Bytes not read; in LISTEN, connections not accepted.
    pub recv_q: u32,
    /// Bytes not acknowledged; in LISTEN, the backlog.
    pub send_q: u32,
    /// `192.0.2.1:40001`
    pub local: AttrValue,
    /// `198.51.100.7:80`
    pub peer: AttrValue,
    /// It is the connection shown.
    pub is_shown: bool,
}

/// A variable of the TCB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcbRow {
    /// `SND.NXT`
    pub name: AttrValue,
    /// In the notation chosen.
    pub value: AttrValue,
    /// What it was before the step just made, if that changed it.
    pub was: Option<AttrValue>,
}

/// A running timer.
#[derive(Clone, Debug, PartialEq)]
pub struct TimerRow {
    /// Which.
    pub kind: TimerKind,
    /// When it was set.
    pub armed_at: Instant,
    /// When it expires.
    pub at: Instant,
    /// What will happen then.
    pub then: AttrValue,
}

impl TimerRow {
    /// What remains of it.
    #[must_use]
    pub fn left(&self, now: Instant) -> Duration {
        self.at.since(now)
    }
}
