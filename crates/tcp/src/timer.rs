//! The timers of a connection: one slot for each kind, with the deadline and the reason.

use serde::{Deserialize, Serialize};
use serde_variant::to_variant_name;
use strum::VariantArray;
use ts_rs::TS;

use crate::time::Instant;

/// Which timer. Of two that expire at the same instant, the one listed first fires first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "TimerName")]
pub enum TimerKind {
    /// When to send the oldest unacknowledged segment again (RFC 6298).
    Retransmission,
    /// When to probe a window that stays closed (RFC 9293 §3.8.6.1).
    Persist,
    /// When TIME-WAIT has lasted 2 MSL (RFC 9293 §3.6.1).
    TimeWait,
    /// When the application's patience ends (RFC 9293 §3.8.3).
    UserTimeout,
    /// When a delayed acknowledgement must be sent (RFC 9293 §3.8.6.3).
    DelayedAck,
    /// When to ask a silent peer whether it is still there (RFC 9293 §3.8.4).
    Keepalive,
    /// When to stop waiting in FIN-WAIT-2 for the other FIN, if no application is left.
    #[serde(rename = "fin-wait-2")]
    FinWait2,
}

impl TimerKind {
    /// All kinds, in the order in which they fire.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in snapshots and traces.
    #[must_use]
    pub fn name(self) -> &'static str {
        to_variant_name(&self).unwrap_or_default()
    }
}

/// Why a timer was set or stopped. The page shows this beside the timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TimerReason {
    /// Something that must be acknowledged was sent and no timer was running (RFC 6298 §5.1).
    SegmentSent,
    /// New data was acknowledged, and more is in flight: the timer starts again (RFC 6298 §5.3).
    ProgressMade,
    /// The timer expired: the next wait is twice as long (RFC 6298 §5.5, §5.6).
    BackedOff,
    /// All that was sent is acknowledged (RFC 6298 §5.2).
    AllAcknowledged,
    /// The peer's window leaves no room for what waits (RFC 9293 §3.8.6.1).
    WindowShut,
    /// The peer's window opened.
    WindowOpened,
    /// TIME-WAIT was entered.
    EnteredTimeWait,
    /// The other end's FIN arrived again: 2 MSL start over (RFC 9293 §3.10.7.4).
    RepeatedFin,
    /// Data arrived in order; its acknowledgement is delayed (RFC 9293 §3.8.6.3).
    TextReceived,
    /// An acknowledgement was sent.
    AckSent,
    /// Nothing is in flight, and keep-alives are on (RFC 9293 §3.8.4).
    Idle,
    /// A keep-alive probe was sent.
    ProbeSent,
    /// The connection is no longer idle, or keep-alives were switched off.
    NotIdle,
    /// No application is left to wait for the other FIN.
    Orphaned,
    /// The connection is gone.
    ConnectionDeleted,
}

/// A running timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// When it was set.
    pub armed_at: Instant,
    /// When it expires.
    pub at: Instant,
    /// Why it was set.
    pub why: TimerReason,
}

/// One slot for each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Timers {
    slots: [Option<Deadline>; TimerKind::ALL.len()],
}

impl Timers {
    /// The deadline of `kind`, if it runs.
    #[must_use]
    pub const fn deadline(&self, kind: TimerKind) -> Option<Deadline> {
        self.slots[kind as usize]
    }

    /// `kind` runs.
    #[must_use]
    pub const fn is_armed(&self, kind: TimerKind) -> bool {
        self.slots[kind as usize].is_some()
    }

    /// The running timers, in the order of their kinds.
    pub fn armed(&self) -> impl Iterator<Item = (TimerKind, Deadline)> + '_ {
        TimerKind::ALL.iter().copied().filter_map(|kind| Some((kind, self.deadline(kind)?)))
    }

    /// The timer that expires first.
    #[must_use]
    pub fn next(&self) -> Option<(TimerKind, Instant)> {
        // A plain loop, because this runs for every socket before every event. Of two timers that expire together, the
        // first kind wins.
        let mut next: Option<(TimerKind, Instant)> = None;
        for (kind, slot) in TimerKind::ALL.iter().copied().zip(&self.slots) {
            if let Some(deadline) = slot
                && next.is_none_or(|(_, at)| deadline.at < at)
            {
                next = Some((kind, deadline.at));
            }
        }
        next
    }

    pub(crate) const fn set(&mut self, kind: TimerKind, deadline: Option<Deadline>) -> Option<Deadline> {
        core::mem::replace(&mut self.slots[kind as usize], deadline)
    }
}
