//! Conditions on a run, for scenarios: "this rule fired there", "this came first". They are evaluated on the records, so
//! what really happened decides whether a step is done or a choice is right.

use serde::{Deserialize, Deserializer};
use thiserror::Error;
use ts_rs::TS;

use super::log::Records;
use super::tagged;
use crate::host::HostId;
use crate::net::{Record, Sending, Verdict, What};
use tcp::time::Instant;
use tcp::{Control, DropReason, Rule, Segment, Signal, State, TimerKind};

/// How deep `all`, `any`, `not` and `before` may be nested in a file.
pub const MAX_DEPTH: usize = 6;
/// How many predicates one `all` or `any` may hold.
pub const MAX_OPERANDS: usize = 16;

/// Something that is true of a run so far, or not.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(remote = "Self", rename_all = "snake_case", deny_unknown_fields)]
#[ts(tag = "type", optional_fields = nullable)]
pub enum Predicate {
    /// Every one of them holds; true of none.
    All {
        /// The operands.
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        of: Vec<Self>,
    },
    /// At least one of them holds.
    Any {
        /// The operands.
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        of: Vec<Self>,
    },
    /// It does not hold.
    Not {
        /// The operand.
        of: Box<Self>,
    },
    /// `first` has happened, and `then` has not, or only later. Both must be events, see [`Predicate::is_event`].
    Before {
        /// What came first.
        first: Box<Self>,
        /// What came later or never.
        then: Box<Self>,
    },
    /// A rule fired.
    RuleFired {
        /// Where; absent: on either host.
        host: Option<HostId>,
        /// Which, by its stable name.
        rule: Rule,
        /// At least so often.
        #[serde(default = "once")]
        #[ts(as = "Option<_>", optional)]
        times: u32,
    },
    /// The connection that changed last on this host is in this state now.
    State {
        /// Whose.
        host: HostId,
        /// Which.
        state: State,
    },
    /// A connection of this host entered the state at some time.
    Entered {
        /// Whose.
        host: HostId,
        /// Which.
        state: State,
        /// At least so often.
        #[serde(default = "once")]
        #[ts(as = "Option<_>", optional)]
        times: u32,
    },
    /// A segment left this host.
    SegmentSent {
        /// Who sent it.
        host: HostId,
        /// Its control bits.
        control: Option<Control>,
        /// With text, without, or (absent) either.
        text: Option<bool>,
        /// The so-many-th such segment.
        #[serde(default = "once")]
        #[ts(as = "Option<_>", optional)]
        nth: u32,
    },
    /// A segment reached this host.
    SegmentArrived {
        /// Who received it.
        host: HostId,
        /// Its control bits.
        control: Option<Control>,
        /// With text, without, or (absent) either.
        text: Option<bool>,
        /// The so-many-th such segment.
        #[serde(default = "once")]
        #[ts(as = "Option<_>", optional)]
        nth: u32,
    },
    /// A segment of this host was dropped on the way.
    SegmentDropped {
        /// Who had sent it.
        host: HostId,
        /// Its control bits.
        control: Option<Control>,
        /// With text, without, or (absent) either.
        text: Option<bool>,
        /// The so-many-th such segment.
        #[serde(default = "once")]
        #[ts(as = "Option<_>", optional)]
        nth: u32,
    },
    /// A host threw a segment away, for this reason.
    Discarded {
        /// Who.
        host: HostId,
        /// Why.
        reason: DropReason,
    },
    /// A timer expired.
    TimerFired {
        /// Whose.
        host: HostId,
        /// Which.
        kind: TimerKind,
        /// At least so often.
        #[serde(default = "once")]
        #[ts(as = "Option<_>", optional)]
        times: u32,
    },
    /// The application was told something.
    Signalled {
        /// Whose.
        host: HostId,
        /// What.
        signal: Signal,
    },
    /// At least so many bytes became readable, in all.
    BytesDelivered {
        /// To whose application.
        host: HostId,
        /// How many.
        at_least: u32,
    },
    /// The host crashed.
    Crashed {
        /// Which.
        host: HostId,
    },
    /// The clock has reached this moment.
    Time {
        /// Which.
        at_us: Instant,
    },
}

/// What a segment looks like: the bits that drive the state machine, and whether it carries text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Exactly these of SYN, FIN, RST and ACK; `None`: any.
    pub control: Option<Control>,
    /// With text, without, or (`None`) either.
    pub text: Option<bool>,
}

/// A moment to stop at: just before something decisive happens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(remote = "Self", rename_all = "snake_case", deny_unknown_fields)]
#[ts(tag = "type", optional_fields = nullable)]
pub enum Moment {
    /// Just before a segment reaches this host.
    Arrival {
        /// Whom.
        to: HostId,
        /// Its control bits.
        control: Option<Control>,
        /// With text, without, or (absent) either.
        text: Option<bool>,
        /// Only if this holds already.
        after: Option<Predicate>,
    },
    /// Just before a timer expires.
    Timer {
        /// Whose.
        host: HostId,
        /// Which.
        kind: TimerKind,
        /// Only if this holds already.
        after: Option<Predicate>,
    },
    /// As soon as something holds, whatever comes next.
    Once {
        /// What.
        holds: Predicate,
    },
}

impl<'de> Deserialize<'de> for Predicate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tagged::deserialize(deserializer, Self::deserialize)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tagged::deserialize(deserializer, Self::deserialize)
    }
}

/// The default of `times` and `nth`.
const fn once() -> u32 {
    1
}

impl Pattern {
    const DRIVING: Control = Control::SYN.union(Control::FIN).union(Control::RST).union(Control::ACK);

    /// `segment` looks like this.
    #[must_use]
    pub fn matches(self, segment: &Segment) -> bool {
        self.control.is_none_or(|bits| segment.control.intersection(Self::DRIVING) == bits)
            && self.text.is_none_or(|text| text != segment.text.is_empty())
    }
}

impl Moment {
    /// The predicate inside, if there is one.
    #[must_use]
    pub const fn predicate(&self) -> Option<&Predicate> {
        match self {
            Self::Arrival { after, .. } | Self::Timer { after, .. } => after.as_ref(),
            Self::Once { holds } => Some(holds),
        }
    }
}

impl Predicate {
    /// It is true of the run that made `records` and whose clock shows `now`.
    #[must_use]
    pub fn holds(&self, records: Records<'_>, now: Instant) -> bool {
        match self {
            Self::All { of } => of.iter().all(|predicate| predicate.holds(records, now)),
            Self::Any { of } => of.iter().any(|predicate| predicate.holds(records, now)),
            Self::Not { of } => !of.holds(records, now),
            Self::Before { first, then } => match (first.happened_at(records), then.happened_at(records)) {
                (Some(first), Some(then)) => first < then,
                (first, _) => first.is_some(),
            },
            Self::State { host, state } => state_of(records, *host) == *state,
            Self::BytesDelivered { host, at_least } => {
                let bytes = records.iter().map(|record| bytes_delivered(record, *host));
                bytes.sum::<u64>() >= u64::from(*at_least)
            }
            Self::Time { at_us } => now >= *at_us,
            event => event.happened_at(records).is_some(),
        }
    }

    /// It happens in one record, and stays true from then on.
    #[must_use]
    pub const fn is_event(&self) -> bool {
        !matches!(
            self,
            Self::All { .. }
                | Self::Any { .. }
                | Self::Not { .. }
                | Self::Before { .. }
                | Self::State { .. }
                | Self::BytesDelivered { .. }
                | Self::Time { .. }
        )
    }

    /// The place in `records` at which this event happened; `None` if it has not, or is no event.
    #[must_use]
    pub fn happened_at(&self, records: Records<'_>) -> Option<usize> {
        let mut missing = self.times();
        records.iter().position(|record| {
            missing = missing.saturating_sub(self.count_in(record, records));
            missing == 0
        })
    }

    /// How many predicates without operands it consists of.
    #[must_use]
    pub fn leaves(&self) -> usize {
        match self {
            Self::All { of } | Self::Any { of } => of.iter().map(Self::leaves).sum(),
            Self::Not { of } => of.leaves(),
            Self::Before { .. } => 2,
            _ => 1,
        }
    }

    /// How often this event must happen to have happened.
    pub(super) const fn times(&self) -> u32 {
        match self {
            Self::RuleFired { times, .. } | Self::Entered { times, .. } | Self::TimerFired { times, .. } => {
                *times
            }
            Self::SegmentSent { nth, .. }
            | Self::SegmentArrived { nth, .. }
            | Self::SegmentDropped { nth, .. } => *nth,
            _ => 1,
        }
    }

    /// How often this event happened in one record.
    pub(super) fn count_in(&self, record: &Record, records: Records<'_>) -> u32 {
        let here = |host: &HostId| record.host == Some(*host);
        let looks = |segment: &Segment, control: &Option<Control>, text: &Option<bool>| {
            Pattern { control: *control, text: *text }.matches(segment)
        };
        let count = match (self, &record.what) {
            (
                Self::SegmentDropped { host, control, text, .. },
                What::Verdict { sending, verdict: Verdict::Drop | Verdict::Unreachable(_), .. },
            ) => usize::from(
                sender_of(records, *sending)
                    .is_some_and(|(from, segment)| from == *host && looks(segment, control, text)),
            ),
            (Self::Crashed { host }, What::Crashed) => usize::from(here(host)),
            (event, What::Transition { transition, .. }) => match event {
                Self::RuleFired { host, rule, .. } if host.as_ref().is_none_or(here) => {
                    transition.fired.iter().filter(|fired| fired.rule == *rule).count()
                }
                Self::Entered { host, state, .. } if here(host) => {
                    transition.fired.iter().filter(|fired| fired.to == *state && fired.from != *state).count()
                }
                Self::SegmentSent { host, control, text, .. } if here(host) => {
                    transition.sent().filter(|(segment, _)| looks(segment, control, text)).count()
                }
                Self::SegmentArrived { host, control, text, .. } if here(host) => {
                    usize::from(transition.segment().is_some_and(|segment| looks(segment, control, text)))
                }
                Self::Discarded { host, reason } if here(host) => {
                    usize::from(transition.dropped().any(|why| why == *reason))
                }
                Self::TimerFired { host, kind, .. } if here(host) => {
                    usize::from(transition.cause == tcp::Event::Timeout(*kind))
                }
                Self::Signalled { host, signal } if here(host) => {
                    usize::from(transition.signals().any(|told| told == *signal))
                }
                _ => 0,
            },
            _ => 0,
        };
        // A record holds a handful of rules and segments.
        count as u32
    }

    /// What is wrong with it as part of a file, if anything: nested too deep, too wide, or `before` of no events.
    #[must_use]
    pub fn fault(&self) -> Option<PredicateFault> {
        self.fault_at(MAX_DEPTH)
    }

    fn fault_at(&self, depth_left: usize) -> Option<PredicateFault> {
        let Some(below) = depth_left.checked_sub(1) else { return Some(PredicateFault::TooDeep) };
        match self {
            Self::All { of } | Self::Any { of } if of.len() > MAX_OPERANDS => Some(PredicateFault::TooWide),
            Self::All { of } | Self::Any { of } => of.iter().find_map(|predicate| predicate.fault_at(below)),
            Self::Not { of } => of.fault_at(below),
            Self::Before { first, then } => {
                (!first.is_event() || !then.is_event()).then_some(PredicateFault::NotAnEvent)
            }
            _ => None,
        }
    }
}

/// What can be wrong with a predicate that has the right form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PredicateFault {
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("conditions are nested too deep")]
    TooDeep,
    /// More than [`MAX_OPERANDS`] in one `all` or `any`.
    #[error("too many conditions in one")]
    TooWide,
    /// `before` compares things that are not events.
    #[error("`before` compares events only: a rule, a segment, a timer, a signal")]
    NotAnEvent,
}

/// The state of the connection of `host` that changed last; CLOSED before anything happened and after a crash.
fn state_of(records: Records<'_>, host: HostId) -> State {
    records.iter().rev().find_map(|record| state_after(record, host)).unwrap_or(State::Closed)
}

/// The state in which `record` leaves a connection of `host`, if it is about one.
pub(super) fn state_after(record: &Record, host: HostId) -> Option<State> {
    match &record.what {
        _ if record.host != Some(host) => None,
        // A segment that finds no socket is answered by a made-up TCB, which is no connection of the host.
        What::Transition { transition, .. } if record.socket.is_some() => Some(transition.to()),
        What::Crashed => Some(State::Closed),
        _ => None,
    }
}

/// How many bytes became readable on `host` by this record.
pub(super) fn bytes_delivered(record: &Record, host: HostId) -> u64 {
    let What::Transition { transition, .. } = &record.what else { return 0 };
    let bytes = |effect: &tcp::Effect| if let tcp::Effect::Deliver { bytes } = effect { *bytes } else { 0 };
    let effects = transition.effects.iter().filter(|_| record.host == Some(host));
    effects.map(|effect| u64::from(bytes(effect))).sum()
}

/// Who sent a packet, and the segment in it.
#[must_use]
pub fn sender_of<'a>(records: Records<'a>, sending: Sending) -> Option<(HostId, &'a Segment)> {
    let record = records.get(sending.record as usize)?;
    let What::Transition { transition, .. } = &record.what else { return None };
    Some((record.host?, transition.sent().nth(sending.place as usize)?.0))
}
