//! Records as plain data: what host pages and tests read of the history.

use serde::Serialize;
use ts_rs::TS;

use crate::host::{CallResult, Errno, HostId, Value};
use crate::net::{PacketId, Record, RecordKind, What};
use tcp::time::Instant;
use tcp::{
    Check, DropReason, Effect, Event, Rule, SendReason, Signal, State, TimerKind, TimerReason, Transition,
};

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RecordView {
    /// Its place in the run, from 0.
    pub id: u32,
    /// When.
    pub at_us: Instant,
    /// On which host; null on the link.
    pub host: Option<HostId>,
    /// On which socket.
    pub socket: Option<u32>,
    /// What kind of thing happened.
    pub kind: RecordKind,
    /// The packet it is about.
    pub segment: Option<PacketId>,
    /// The packets it sent.
    pub sent: Vec<PacketId>,
    /// The call that was made, and what it returned.
    pub call: Option<CallView>,
    /// What happened to a connection.
    pub transition: Option<TransitionView>,
}

/// A call and its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CallView {
    /// As a C program would write it.
    pub call: String,
    /// What the C function returns; -1 for an error, null while the call waits.
    pub result: Option<i64>,
    /// The error.
    pub errno: Option<Errno>,
    /// A program of the host made it.
    pub by_program: bool,
}

/// What happened to a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TransitionView {
    /// What the stack was told.
    pub cause: Cause,
    /// The timer, if one expired.
    pub timer: Option<TimerKind>,
    /// The rule to name when one must be named.
    pub rule: Rule,
    /// All rules that fired, in order.
    pub rules: Vec<Rule>,
    /// The state before.
    pub from: State,
    /// The state after.
    pub to: State,
    /// The tests made, in order.
    pub checks: Vec<Check>,
    /// What was done, in order.
    pub effects: Vec<EffectView>,
}

/// What a connection can be told: a call of its application, a segment, a time-out, a report of a router.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is the event of the same name")]
pub enum Cause {
    Call,
    Segment,
    Timeout,
    Icmp,
}

/// One effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are those of tcp::Effect")]
pub enum EffectView {
    Send { control: String, seq: u32, ack: u32, length: u32, why: SendReason },
    Deliver { bytes: u32 },
    Signal { signal: Signal },
    ArmTimer { kind: TimerKind, at_us: Instant, why: TimerReason },
    StopTimer { kind: TimerKind, why: TimerReason },
    Drop { reason: DropReason },
    DeleteTcb,
    Reply,
}

impl RecordView {
    /// The view of `record`.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let segment = match &record.what {
            What::Transition { packet, .. } => *packet,
            What::Discarded { packet, .. } | What::Unheard { packet, .. } | What::Verdict { packet, .. } => {
                Some(*packet)
            }
            _ => None,
        };
        Self {
            id: record.id,
            at_us: record.at,
            host: record.host,
            socket: record.socket.map(|socket| socket.0),
            kind: RecordKind::from(&record.what),
            segment,
            sent: record.sent.clone(),
            call: call_view(&record.what),
            transition: match &record.what {
                What::Transition { transition, .. } => Some(transition_view(transition)),
                _ => None,
            },
        }
    }
}

fn call_view(what: &What) -> Option<CallView> {
    let (call, result, by_program) = match what {
        What::Transition { call: Some((call, result)), by_program, .. } => (call, result, *by_program),
        What::Call { call, result, by_program } => (call, result, *by_program),
        _ => return None,
    };
    let errno = result.as_ref().err().copied();
    Some(CallView { call: call.to_string(), result: returned(result), errno, by_program })
}

/// The integer that the C function returns; none while it waits.
fn returned(result: &CallResult) -> Option<i64> {
    Some(match result {
        Ok(Value::Zero) => 0,
        Ok(Value::Descriptor(socket)) => i64::from(socket.0),
        Ok(Value::Count(count)) => i64::from(*count),
        Ok(Value::Data(data)) => data.len() as i64,
        Ok(Value::Waits { .. }) => return None,
        Err(_) => -1,
    })
}

fn transition_view(transition: &Transition) -> TransitionView {
    let (cause, timer) = match &transition.cause {
        Event::Call(_) => (Cause::Call, None),
        Event::SegmentArrives(_) => (Cause::Segment, None),
        Event::Timeout(kind) => (Cause::Timeout, Some(*kind)),
        Event::IcmpArrives(_) => (Cause::Icmp, None),
    };
    TransitionView {
        cause,
        timer,
        rule: transition.rule(),
        rules: transition.fired.iter().map(|fired| fired.rule).collect(),
        from: transition.from(),
        to: transition.to(),
        checks: transition.checks.to_vec(),
        effects: transition.effects.iter().map(effect_view).collect(),
    }
}

fn effect_view(effect: &Effect) -> EffectView {
    match effect {
        Effect::Send { segment, why } => EffectView::Send {
            control: segment.control.to_string(),
            seq: segment.seq.0,
            ack: segment.ack.0,
            length: segment.text_len(),
            why: *why,
        },
        Effect::Deliver { bytes } => EffectView::Deliver { bytes: *bytes },
        Effect::Signal(signal) => EffectView::Signal { signal: *signal },
        Effect::ArmTimer { kind, at, why } => EffectView::ArmTimer { kind: *kind, at_us: *at, why: *why },
        Effect::StopTimer { kind, why } => EffectView::StopTimer { kind: *kind, why: *why },
        Effect::Drop(reason) => EffectView::Drop { reason: *reason },
        Effect::DeleteTcb => EffectView::DeleteTcb,
        Effect::Reply(_) => EffectView::Reply,
    }
}
