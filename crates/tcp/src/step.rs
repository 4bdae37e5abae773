//! The only way a TCB changes: one event in, one record out.

use std::rc::Rc;

use super::arrives::{self, Arrival};
use super::congestion::Reno;
use super::options::is_newer;
use super::output::MAX_WINDOW;
use super::rule::{Fired, Rule};
use super::segment::{Control, Segment};
use super::seq::SeqNumber;
use super::state::State;
use super::tcb::{Challenges, Tcb};
use super::timer::{Deadline, TimerKind, TimerReason};
use super::transition::{
    Call, Check, DropReason, Effect, Event, Operands, Reply, SendReason, Signal, Test, Transition, Var,
};
use super::what_if::Settings;
use super::{calls, icmp, timeouts};
use crate::time::{Duration, Instant};

/// The time over which doubtful segments are counted (RFC 5961 §7).
const CHALLENGE_PERIOD: Duration = Duration::from_secs(5);

/// How many checks a segment on an open connection meets, about.
const USUAL_CHECKS: usize = 10;

/// What `event` does to `tcb`. Pure: same arguments, same record.
#[must_use]
pub fn step(tcb: &Rc<Tcb>, settings: &Settings, now: Instant, event: Event) -> Transition {
    let mut after = Rc::clone(tcb);
    let mut step = Step::new(&mut after, settings, now);
    step.handle(&event);
    step.record(event)
}

/// What [`step`] does, without the record: for work in bulk that nobody will look at. A TCB that nobody shares is changed
/// in its place. Returns what goes out of it, in order: segments, signals, answers.
#[must_use]
pub fn advance(tcb: &mut Rc<Tcb>, settings: &Settings, now: Instant, mut event: Event) -> Vec<Effect> {
    let mut step = Step::unrecorded(tcb, settings, now);
    if let Event::SegmentArrives(segment) = &mut event {
        arrives::on_segment(&mut step, Arrival::Spent(segment));
        step.settle(true);
    } else {
        step.handle(&event);
    }
    step.effects
}

/// The record of a SYN that finds the backlog of `listener` full. How many connections wait is the host's knowledge,
/// so the host makes this check before it calls [`step`].
#[must_use]
pub fn refuse_syn(
    listener: &Rc<Tcb>,
    settings: &Settings,
    now: Instant,
    segment: Segment,
    waiting: u32,
    backlog: u32,
) -> Transition {
    let mut after = Rc::clone(listener);
    let mut step = Step::new(&mut after, settings, now);
    step.check(Test::BacklogHasRoom, false, &[(Var::Waiting, waiting), (Var::Backlog, backlog)]);
    step.fire(Rule::ListenBacklogFull);
    step.drop_segment(DropReason::BacklogFull);
    step.finish(Event::SegmentArrives(segment))
}

/// The record of a connection in TIME-WAIT that makes room for a new one between the same two ends, if `segment` may open
/// it (RFC 9293 §3.6.1, MAY-2). Whether anybody listens is the host's knowledge, so the host asks before it calls [`step`].
///
/// The RFC has the old connection return to TIME-WAIT if the SYN proves to be an old duplicate; here, as in common
/// stacks, it is gone.
#[must_use]
pub fn give_way(tcb: &Rc<Tcb>, settings: &Settings, now: Instant, segment: &Segment) -> Option<Transition> {
    let may_open = segment.has(Control::SYN) && !segment.control.intersects(Control::ACK | Control::RST);
    if tcb.state != State::TimeWait || !settings.config.reopen_from_time_wait || !may_open {
        return None;
    }
    let mut after = Rc::clone(tcb);
    let mut step = Step::new(&mut after, settings, now);
    // Where there are timestamps they decide, whatever the numbers are (RFC 6191 §2).
    let is_new = match (tcb.agreed.timestamps, segment.options.timestamps) {
        (Some(recent), Some(times)) if times.value != recent.value => {
            let operands = [(Var::SegTsval, times.value), (Var::TsRecent, recent.value)];
            step.check(Test::SynTimeIsNewer, is_newer(recent, times.value), &operands)
        }
        // The segments of the old connection had none, so nobody will take them for the new one's.
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

/// One event being worked on. It alone holds the working copy of the TCB, and keeps what was before, so that both are
/// captured by construction; only [`advance`] does without.
pub(super) struct Step<'a> {
    pub(super) settings: &'a Settings,
    pub(super) now: Instant,
    /// None if no record is made.
    before: Option<Rc<Tcb>>,
    tcb: &'a mut Rc<Tcb>,
    checks: Vec<Check>,
    fired: Vec<Fired>,
    effects: Vec<Effect>,
    /// An acknowledgement is owed, and why. Data or FIN that leaves in this step pays it.
    owes_ack: Option<SendReason>,
    /// What the segment brought a second time: its acknowledgement says so, where SACK was agreed on (RFC 2883).
    pub(super) duplicate: Option<(SeqNumber, SeqNumber)>,
}

impl<'a> Step<'a> {
    /// `tcb` becomes what is after the event.
    pub(super) fn new(tcb: &'a mut Rc<Tcb>, settings: &'a Settings, now: Instant) -> Self {
        Self { before: Some(Rc::clone(tcb)), ..Self::unrecorded(tcb, settings, now) }
    }

    fn unrecorded(tcb: &'a mut Rc<Tcb>, settings: &'a Settings, now: Instant) -> Self {
        Self {
            settings,
            now,
            before: None,
            tcb,
            checks: Vec::new(),
            fired: Vec::new(),
            effects: Vec::new(),
            owes_ack: None,
            duplicate: None,
        }
    }

    fn handle(&mut self, event: &Event) {
        match event {
            Event::Call(call) => calls::on_call(self, call),
            Event::SegmentArrives(segment) => {
                if self.before.is_some() {
                    self.checks.reserve(USUAL_CHECKS);
                }
                arrives::on_segment(self, Arrival::Kept(segment));
            }
            Event::Timeout(kind) => timeouts::on_timeout(self, *kind),
            Event::IcmpArrives(report) => icmp::on_report(self, report),
        }
        // A call of setsockopt() may have chosen another time: the wait begins anew with it.
        self.settle(matches!(event, Event::SegmentArrives(_) | Event::Call(Call::Configure)));
    }

    /// What ends every event, whatever it was. `ends_silence` if waiting for news begins anew with it.
    fn settle(&mut self, ends_silence: bool) {
        self.pay_ack();
        self.watch_silence(ends_silence);
    }

    /// Settles the event and makes the record of it.
    pub(super) fn finish(mut self, cause: Event) -> Transition {
        self.settle(matches!(cause, Event::SegmentArrives(_)));
        self.record(cause)
    }

    fn record(self, cause: Event) -> Transition {
        let before = self.before.unwrap_or_else(|| Rc::clone(self.tcb));
        // An event that changed nothing leaves the very same TCB, which is cheap to see and cheap to keep.
        let after = Rc::clone(if before == *self.tcb { &before } else { self.tcb });
        Transition {
            at: self.now,
            cause,
            checks: self.checks,
            fired: self.fired,
            effects: self.effects,
            before,
            after,
        }
    }

    pub(super) fn tcb(&self) -> &Tcb {
        self.tcb
    }

    pub(super) fn tcb_mut(&mut self) -> &mut Tcb {
        Rc::make_mut(self.tcb)
    }

    pub(super) fn state(&self) -> State {
        self.tcb.state
    }

    /// Records a test with what it compared, and returns whether it held.
    pub(super) fn check(&mut self, test: Test, passed: bool, operands: &[(Var, u32)]) -> bool {
        if self.before.is_some() {
            self.checks.push(Check { test, passed, operands: Operands::new(operands) });
        }
        passed
    }

    /// Records a rule that leaves the state as it is.
    pub(super) fn fire(&mut self, rule: Rule) {
        let state = self.state();
        self.note(Fired { rule, from: state, to: state });
    }

    fn note(&mut self, fired: Fired) {
        if self.before.is_some() {
            self.fired.push(fired);
        }
    }

    /// An effect that the TCB shows already: only a record wants to have it said.
    fn note_effect(&mut self, effect: Effect) {
        if self.before.is_some() {
            self.effects.push(effect);
        }
    }

    /// The one writer of the state.
    pub(super) fn enter(&mut self, to: State, rule: Rule) {
        let from = self.state();
        self.note(Fired { rule, from, to });
        self.tcb_mut().state = to;
        match to {
            State::Closed => {
                self.stop_all_timers();
                self.owes_ack = None;
                self.note_effect(Effect::DeleteTcb);
            }
            // Nothing of this end is outstanding any more (RFC 9293 §3.6.1).
            State::TimeWait => self.restart_time_wait(TimerReason::EnteredTimeWait),
            State::Established => self.begin_congestion_control(),
            State::Listen
            | State::SynSent
            | State::SynReceived
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck => {}
        }
    }

    /// The first window of congestion control: less if the handshake had to be repeated (RFC 5681 §3.1).
    fn begin_congestion_control(&mut self) {
        if self.settings.config.congestion_control {
            let config = &self.settings.config;
            let tcb = &**self.tcb;
            let mss = tcb.send_mss - (tcb.agreed.overhead() as u16).min(tcb.send_mss - 1);
            let largest_window = MAX_WINDOW << tcb.agreed.send_shift();
            let reno = Reno::new(mss, config.initial_segments, largest_window, tcb.retries > 0, self.now);
            self.tcb_mut().congestion = Some(reno);
        }
    }

    /// The connection ends before its time: CLOSED, and what was received and not read is gone with it (the "all
    /// segment queues should be flushed" of RFC 9293 §3.10.5 and §3.10.7.4). After an orderly close it stays readable.
    pub(super) fn break_off(&mut self, rule: Rule) {
        if self.tcb.readable_bytes() > 0 {
            Rc::make_mut(&mut self.tcb_mut().receive_buffer).clear();
        }
        self.enter(State::Closed, rule);
    }

    /// 2 MSL from now (RFC 9293 §3.6.1, MUST-13).
    pub(super) fn restart_time_wait(&mut self, why: TimerReason) {
        let wait = self.settings.config.msl * 2;
        self.arm(TimerKind::TimeWait, wait, why);
    }

    pub(super) fn arm(&mut self, kind: TimerKind, wait: Duration, why: TimerReason) {
        let (at, armed_at) = (self.now + wait, self.now);
        self.tcb_mut().timers.set(kind, Some(Deadline { armed_at, at, why }));
        self.note_effect(Effect::ArmTimer { kind, at, why });
    }

    pub(super) fn stop(&mut self, kind: TimerKind, why: TimerReason) {
        if self.tcb.timers.is_armed(kind) {
            self.tcb_mut().timers.set(kind, None);
            self.note_effect(Effect::StopTimer { kind, why });
        }
    }

    pub(super) fn stop_all_timers(&mut self) {
        for kind in TimerKind::ALL {
            self.stop(kind, TimerReason::ConnectionDeleted);
        }
    }

    /// A timer that has expired runs no more; the expiry itself is the event, so no effect is recorded.
    pub(super) fn clear_expired(&mut self, kind: TimerKind) -> bool {
        self.tcb_mut().timers.set(kind, None).is_some()
    }

    pub(super) fn emit(&mut self, segment: Segment, why: SendReason) {
        self.effects.push(Effect::Send { segment, why });
    }

    /// An acknowledgement must leave before the step ends, on its own or with data.
    pub(super) fn owe_ack(&mut self, why: SendReason) {
        self.owes_ack.get_or_insert(why);
    }

    /// Sends the acknowledgement that is owed, if one is.
    pub(super) fn pay_ack(&mut self) {
        if let Some(why) = self.owes_ack.take() {
            self.send_ack(why);
        }
    }

    /// A segment that carries the acknowledgement has left.
    pub(super) fn ack_paid(&mut self) {
        self.owes_ack = None;
        self.stop(TimerKind::DelayedAck, TimerReason::AckSent);
    }

    /// The answer to a segment that may be a forgery or a ghost: an acknowledgement, but not without end
    /// (RFC 5961 §7).
    pub(super) fn answer_doubt(&mut self, why: SendReason) {
        let Some(limit) = self.settings.config.challenge_limit else { return self.owe_ack(why) };
        let mut challenges = self.tcb.challenges;
        if challenges.count == 0 || self.now.since(challenges.since) >= CHALLENGE_PERIOD {
            challenges = Challenges { since: self.now, count: 0 };
        }
        let operands = [(Var::Answered, u32::from(challenges.count)), (Var::RetryLimit, u32::from(limit))];
        if !self.check(Test::ChallengesLeft, challenges.count < limit, &operands) {
            return self.fire(Rule::ChallengeLimited);
        }
        self.tcb_mut().challenges = Challenges { count: challenges.count + 1, ..challenges };
        self.owe_ack(why);
    }

    pub(super) fn drop_segment(&mut self, reason: DropReason) {
        self.note_effect(Effect::Drop(reason));
    }

    pub(super) fn deliver(&mut self, bytes: u32) {
        if bytes > 0 {
            self.note_effect(Effect::Deliver { bytes });
        }
    }

    pub(super) fn signal(&mut self, signal: Signal) {
        self.effects.push(Effect::Signal(signal));
    }

    pub(super) fn reply(&mut self, reply: Reply) {
        self.effects.push(Effect::Reply(reply));
    }
}
