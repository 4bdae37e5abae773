//! A SYN that reaches a connection in TIME-WAIT and may open a new one in its place (RFC 9293 §3.6.1, MAY-2).

use std::rc::Rc;

use crate::check::Test;
use crate::event::Event;
use crate::options::is_newer;
use crate::rule::Rule;
use crate::segment::{Control, Segment};
use crate::state::State;
use crate::step::Step;
use crate::tcb::Tcb;
use crate::time::Instant;
use crate::transition::Transition;
use crate::variable::Var;
use crate::what_if::Settings;

/// The record of a connection in TIME-WAIT that ends to make room for a new one between the same two ends, if `segment`
/// may open one (RFC 9293 §3.6.1, MAY-2). Only the host knows whether a socket listens, so the host calls this before
/// [`step`](crate::step()).
///
/// Deviation: in the RFC the old connection returns to TIME-WAIT if the SYN turns out to be an old duplicate. Here it
/// is gone, as in common stacks.
#[must_use]
pub fn give_way(tcb: &Rc<Tcb>, settings: &Settings, now: Instant, segment: &Segment) -> Option<Transition> {
    let may_open = segment.has(Control::SYN) && !segment.control.intersects(Control::ACK | Control::RST);
    if tcb.state != State::TimeWait || !settings.config.reopen_from_time_wait || !may_open {
        return None;
    }
    let mut after = Rc::clone(tcb);
    let mut step = Step::recorded(&mut after, settings, now);
    // If both connections have timestamps, these decide and not the sequence numbers (RFC 6191 §2).
    let is_new = match (tcb.agreed.timestamps, segment.options.timestamps) {
        (Some(recent), Some(times)) if times.value != recent.value => {
            let operands = [(Var::SegTsval, times.value), (Var::TsRecent, recent.value)];
            step.check(Test::SynTimeIsNewer, is_newer(recent, times.value), &operands)
        }
        // The old connection had no timestamps, so its segments cannot be mistaken for those of the new one.
        (None, Some(_)) if settings.config.timestamps => step.check(Test::HasTimestamps, true, &[]),
        _ => {
            let operands = [(Var::SegSeq, segment.seq.0), (Var::RcvNxt, tcb.rcv.nxt.0)];
            step.check(Test::SynIsNewer, segment.seq.is_at_or_after(tcb.rcv.nxt), &operands)
        }
    };
    if !is_new {
        return None;
    }
    step.enter(State::Closed, Rule::TimeWaitGivesWay);
    Some(step.finish(Event::SegmentArrives(segment.clone())))
}
