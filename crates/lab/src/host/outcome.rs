//! What comes out of a host when something has happened to it.

use core::hash::{Hash, Hasher};
use std::rc::Rc;

use bytes::Bytes;

use super::socket::SocketId;
use super::socket_call::{CallResult, SocketCall};
use tcp::wire::{self, WireError};
use tcp::{Effect, Transition, sent};

/// What one event did on a host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Outcome {
    /// The call that was made, if one was.
    pub call: Option<SocketCall>,
    /// What the call returned.
    pub result: Option<CallResult>,
    /// The events of TCBs, in order.
    pub transitions: Vec<SocketTransition>,
    /// The effects of events that were not recorded.
    pub unrecorded: Vec<Effect>,
    /// Why the packet was dropped before TCP saw it, if it was.
    pub discarded: Option<WireError>,
}

/// A transition of one of the host's TCBs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SocketTransition {
    /// The socket of the TCB; None if a segment belonged to no socket.
    pub socket: Option<SocketId>,
    /// The record.
    pub transition: Rc<Transition>,
}

impl Outcome {
    pub(super) fn push(&mut self, socket: Option<SocketId>, transition: &Rc<Transition>) {
        self.transitions.push(SocketTransition { socket, transition: Rc::clone(transition) });
    }

    /// What the host sends, in order.
    pub fn packets(&self) -> impl Iterator<Item = Bytes> {
        let recorded = self.transitions.iter().flat_map(|taken| packets(&taken.transition.effects));
        recorded.chain(packets(&self.unrecorded))
    }
}

/// The segments sent among `effects`, as packets.
pub fn packets(effects: &[Effect]) -> impl Iterator<Item = Bytes> {
    sent(effects).map(|(segment, _)| wire::encode(segment))
}

/// Whether events are recorded. It has no influence on what happens, so it does not count in a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Each event gives a record.
    On,
    /// Events only send their packets.
    Off,
}

impl Hash for Recording {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
