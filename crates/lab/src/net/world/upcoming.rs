//! What will happen next in a world if nobody interferes.

use super::World;
use crate::host::{HostId, SocketId};
use crate::net::PacketId;
use tcp::TimerKind;
use tcp::time::Instant;

/// The next thing that will happen if nobody interferes. Of two at the same instant the one listed first goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Upcoming {
    /// A packet arrives.
    Arrival {
        /// When.
        at: Instant,
        /// Which.
        packet: PacketId,
        /// Where.
        to: HostId,
    },
    /// A timer expires.
    Timer {
        /// When.
        at: Instant,
        /// Where.
        host: HostId,
        /// Of which socket.
        socket: SocketId,
        /// Which.
        kind: TimerKind,
    },
    /// A call that waited returns.
    Return {
        /// When.
        at: Instant,
        /// Where.
        host: HostId,
        /// On which socket it was made.
        socket: SocketId,
    },
    /// A program makes its next call.
    Program {
        /// When: now.
        at: Instant,
        /// Where.
        host: HostId,
    },
}

impl Upcoming {
    /// When it will happen.
    #[must_use]
    pub const fn at(self) -> Instant {
        match self {
            Self::Arrival { at, .. }
            | Self::Timer { at, .. }
            | Self::Return { at, .. }
            | Self::Program { at, .. } => at,
        }
    }
}

impl World {
    /// What happens next if nobody interferes; None if nothing ever will.
    #[must_use]
    pub fn next_event(&self) -> Option<Upcoming> {
        let arrival = self.link.next_arrival().map(|(at, packet)| Upcoming::Arrival {
            at,
            packet: packet.id,
            to: packet.to(),
        });
        // Nothing comes before a packet that arrives now.
        if arrival.is_some_and(|arrival| arrival.at() <= self.now) {
            return arrival;
        }
        // The first of equals wins, and they are looked at in the order of the variants, client before server.
        let mut next = arrival;
        let mut consider = |event: Upcoming| {
            if next.is_none_or(|known| event.at() < known.at()) {
                next = Some(event);
            }
        };
        for host in &self.hosts {
            if let Some((at, socket, kind)) = host.next_timer() {
                consider(Upcoming::Timer { at, host: host.id(), socket, kind });
            }
        }
        for host in &self.hosts {
            if let Some((at, socket)) = host.next_return(self.now) {
                consider(Upcoming::Return { at, host: host.id(), socket });
            }
        }
        for host in &self.hosts {
            if host.program_is_ready() {
                consider(Upcoming::Program { at: self.now, host: host.id() });
            }
        }
        next
    }
}
