//! Which event of a world comes next.

use super::World;
use crate::host::{HostId, SocketId};
use crate::net::PacketId;
use tcp::TimerKind;
use tcp::time::Instant;

/// The next event, if the learner does nothing. Of two at the same instant, the one listed first happens first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each has its time, and what it happens to")]
pub enum Upcoming {
    /// A packet arrives.
    Arrival { at: Instant, packet: PacketId, to: HostId },
    /// A timer expires.
    Timer { at: Instant, host: HostId, socket: SocketId, kind: TimerKind },
    /// A call that waited returns.
    Return { at: Instant, host: HostId, socket: SocketId },
    /// A program makes its next call; `at` is now.
    Program { at: Instant, host: HostId },
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
    /// The next event, if the learner does nothing; None if there will never be one.
    #[must_use]
    pub fn next_event(&self) -> Option<Upcoming> {
        let arrival = self.link.next_arrival().map(|(at, packet)| Upcoming::Arrival {
            at,
            packet: packet.id,
            to: packet.to(),
        });
        // A packet that arrives now is always first.
        if arrival.is_some_and(|arrival| arrival.at() <= self.now) {
            return arrival;
        }
        let timers = self.hosts.iter().filter_map(|host| {
            let (at, socket, kind) = host.next_timer()?;
            Some(Upcoming::Timer { at, host: host.id(), socket, kind })
        });
        let returns = self.hosts.iter().filter_map(|host| {
            let (at, socket) = host.next_return(self.now)?;
            Some(Upcoming::Return { at, host: host.id(), socket })
        });
        let ready = self.hosts.iter().filter(|host| host.program_is_ready());
        let programs = ready.map(|host| Upcoming::Program { at: self.now, host: host.id() });
        // Of several at the same time, `min_by_key` takes the first.
        arrival.into_iter().chain(timers).chain(returns).chain(programs).min_by_key(|event| event.at())
    }
}
