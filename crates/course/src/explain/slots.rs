//! What the template of a rule can ask of a transition.

use super::{Telling, duration, ends};
use crate::template::Slot;
use crate::text;
use lab::host::{Errno, SocketCall};
use tcp::time::Duration;
use tcp::{Call, Effect, Event, Fired, Reply, SeqNumber, Space, Test, TimerKind, Transition, Var};

impl Telling<'_> {
    /// The value of a slot, told of the rule `fired`; none if it has none here.
    pub(super) fn fill(
        &self,
        t: &Transition,
        call: Option<&SocketCall>,
        fired: Fired,
        slot: Slot,
    ) -> Option<String> {
        let host = self.host();
        let segment = t.segment();
        let seq = |space, value: SeqNumber| self.seq(t, space, value.0);
        let armed = |kind: TimerKind| {
            t.effects.iter().find_map(|effect| match effect {
                Effect::ArmTimer { kind: which, at, .. } if *which == kind => Some(at.since(t.at)),
                _ => None,
            })
        };
        let length = |length: Duration| duration(length, self.lang);
        let operand =
            |test, var| t.check(test).and_then(|check| check.operands.value(var)).map(|n| n.to_string());
        match slot {
            Slot::Host => Some(text::host(host, self.lang).to_owned()),
            Slot::Peer => Some(text::host(host.other(), self.lang).to_owned()),
            Slot::Segment => segment.map(|segment| self.segment(segment, host.other())),
            Slot::Reply => t.sent().next().map(|(segment, _)| self.segment(segment, host)),
            Slot::From => Some(fired.from.name().to_owned()),
            Slot::To => Some(fired.to.name().to_owned()),
            Slot::Bytes => Some(bytes_of(t).to_string()),
            Slot::Seq => segment.map(|segment| seq(Space::Theirs, segment.seq)),
            Slot::Ack => {
                segment.map(|segment| self.numbers.ack_text(ends(t), host, segment.ack, self.notation))
            }
            Slot::Expected => Some(seq(Space::Theirs, t.before.rcv.nxt)),
            Slot::Una => Some(seq(Space::Ours, t.before.snd.una)),
            Slot::Next => Some(seq(Space::Ours, t.before.snd.nxt)),
            Slot::Window => segment.map(|segment| segment.window.to_string()),
            Slot::Retries => Some(t.after.retries.to_string()),
            Slot::Limit => {
                operand(Test::RetriesLeft, Var::RetryLimit).or_else(|| Some(t.before.retries.to_string()))
            }
            Slot::Rto => armed(TimerKind::Retransmission).map(length),
            Slot::Msl2 => armed(TimerKind::TimeWait).map(length).or_else(|| {
                let deadline = t.before.timers.deadline(TimerKind::TimeWait)?;
                Some(length(deadline.at.since(deadline.armed_at)))
            }),
            Slot::Wait => t.after.timers.next().map(|(_, at)| length(at.since(t.at))),
            Slot::Waiting => operand(Test::BacklogHasRoom, Var::Waiting),
            Slot::Backlog => operand(Test::BacklogHasRoom, Var::Backlog),
            Slot::Call => Some(call.map_or_else(|| call_name(&t.cause).to_owned(), ToString::to_string)),
            Slot::Error => t.signals().find_map(Errno::of_end).map(|error| error.name().to_owned()),
            Slot::Result | Slot::By => None,
            Slot::Cwnd => t.after.congestion.map(|reno| reno.cwnd.to_string()),
            Slot::OldCwnd => {
                let (old, new) = (t.before.congestion?.cwnd, t.after.congestion?.cwnd);
                (old != new).then(|| old.to_string())
            }
            Slot::Ssthresh => t.after.congestion.map(|reno| reno.ssthresh.to_string()),
            Slot::Icmp => match t.cause {
                Event::IcmpArrives(report) => Some(text::icmp(report.kind, self.lang).to_owned()),
                Event::Call(_) | Event::SegmentArrives(_) | Event::Timeout(_) => None,
            },
            Slot::Timer => match t.cause {
                Event::Timeout(kind) => Some(text::timer(kind, self.lang).to_owned()),
                Event::Call(_) | Event::SegmentArrives(_) | Event::IcmpArrives(_) => None,
            },
        }
    }
}

/// The call, where the record does not say how it was made.
const fn call_name(cause: &Event) -> &'static str {
    match cause {
        Event::Call(Call::OpenPassive) => "listen()",
        Event::Call(Call::OpenActive { .. }) => "connect()",
        Event::Call(Call::Send { .. }) => "send()",
        Event::Call(Call::Receive { .. }) => "recv()",
        Event::Call(Call::Shutdown) => "shutdown(SHUT_WR)",
        Event::Call(Call::ShutdownRead) => "shutdown(SHUT_RD)",
        Event::Call(Call::Close | Call::Abort) => "close()",
        Event::Call(Call::Configure) => "setsockopt()",
        Event::SegmentArrives(_) | Event::Timeout(_) | Event::IcmpArrives(_) => "",
    }
}

/// The bytes a rule speaks of: taken from the application, handed to it, or brought by the segment.
fn bytes_of(t: &Transition) -> u32 {
    let delivered: u32 =
        t.effects.iter().map(|e| if let Effect::Deliver { bytes } = e { *bytes } else { 0 }).sum();
    match (&t.cause, t.reply()) {
        (Event::Call(_), Some(Reply::Sent(bytes))) => *bytes,
        (Event::Call(_), Some(Reply::Received(data))) => u32::try_from(data.len()).unwrap_or(u32::MAX),
        (Event::Call(_), _) => t.before.readable_bytes(),
        (Event::SegmentArrives(segment), _) if delivered == 0 => segment.text_len(),
        _ => delivered,
    }
}
