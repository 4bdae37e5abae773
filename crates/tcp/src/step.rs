//! The only way a TCB changes: one event in, one record out.

use std::rc::Rc;

use crate::check::Test;
use crate::congestion::Reno;
use crate::effect::{DropReason, Effect, SendReason, Signal};
use crate::event::Event;
use crate::output::MAX_WINDOW;
use crate::recorder::Recorder;
use crate::rule::{Fired, Rule};
use crate::segment::Segment;
use crate::seq::SeqNumber;
use crate::state::State;
use crate::tcb::{Challenges, Tcb};
use crate::time::{Duration, Instant};
use crate::timer::{Deadline, TimerKind, TimerReason};
use crate::transition::Transition;
use crate::user_calls::{Call, Reply};
use crate::variable::Var;
use crate::what_if::Settings;
use crate::{arrives, icmp, timeouts, user_calls};

/// The period over which answers to doubtful segments are counted (RFC 5961 §7).
const CHALLENGE_PERIOD: Duration = Duration::from_secs(5);

/// What `event` does to `tcb`. Pure: the same arguments give the same record.
#[must_use]
pub fn step(tcb: &Rc<Tcb>, settings: &Settings, now: Instant, event: Event) -> Transition {
    let mut after = Rc::clone(tcb);
    let mut step = Step::recorded(&mut after, settings, now);
    // The record keeps the event, so the handlers use up a copy.
    step.handle(event.clone());
    step.finish(event)
}

/// What [`step`] does, without the record: for bulk work that nobody will look at. If nobody else holds the TCB, it is
/// changed in place. Returns what the host has to act on, in order: segments, signals, replies.
#[must_use]
pub fn advance(tcb: &mut Rc<Tcb>, settings: &Settings, now: Instant, event: Event) -> Vec<Effect> {
    let mut step = Step::new(tcb, settings, now, Recorder::of_outputs());
    let is_news = is_news(&event);
    step.handle(event);
    step.settle(is_news);
    step.recorder.into_effects()
}

/// One event being handled. It alone holds the working copy of the TCB, and every change goes through it, so nothing
/// can change without being recorded.
pub(crate) struct Step<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) now: Instant,
    tcb: &'a mut Rc<Tcb>,
    recorder: Recorder,
    /// An acknowledgement must be sent, and why. Data or a FIN sent in this step carries it.
    owes_ack: Option<SendReason>,
    /// Numbers that this segment brought a second time. The acknowledgement reports them if SACK was agreed on
    /// (RFC 2883).
    pub(crate) duplicate: Option<(SeqNumber, SeqNumber)>,
}

impl<'a> Step<'a> {
    fn new(tcb: &'a mut Rc<Tcb>, settings: &'a Settings, now: Instant, recorder: Recorder) -> Self {
        Self { settings, now, tcb, recorder, owes_ack: None, duplicate: None }
    }

    /// A step of which [`Self::finish`] makes the record. `tcb` becomes the TCB after the event.
    pub(crate) fn recorded(tcb: &'a mut Rc<Tcb>, settings: &'a Settings, now: Instant) -> Self {
        let recorder = Recorder::of_everything(tcb);
        Self::new(tcb, settings, now, recorder)
    }

    fn handle(&mut self, event: Event) {
        match event {
            Event::Call(call) => user_calls::on_call(self, call),
            Event::SegmentArrives(segment) => {
                self.recorder.expect_checks();
                arrives::on_segment(self, segment);
            }
            Event::Timeout(kind) => timeouts::on_timeout(self, kind),
            Event::IcmpArrives(report) => icmp::on_report(self, report),
        }
    }

    /// What ends every step: the acknowledgement that is due is sent, and the timers that depend on the state of the
    /// connection are brought up to date. `is_news` as in [`is_news`].
    fn settle(&mut self, is_news: bool) {
        self.pay_ack();
        self.watch_silence(is_news);
    }

    /// Ends the step and makes its record.
    pub(crate) fn finish(mut self, cause: Event) -> Transition {
        self.settle(is_news(&cause));
        self.recorder.into_transition(self.now, cause, self.tcb)
    }

    pub(crate) fn tcb(&self) -> &Tcb {
        self.tcb
    }

    pub(crate) fn tcb_mut(&mut self) -> &mut Tcb {
        Rc::make_mut(self.tcb)
    }

    pub(crate) fn state(&self) -> State {
        self.tcb.state
    }

    /// Records a test with what it compared, and returns whether it held.
    pub(crate) fn check(&mut self, test: Test, passed: bool, operands: &[(Var, u32)]) -> bool {
        self.recorder.check(test, passed, operands);
        passed
    }

    /// Records a rule that leaves the state as it is.
    pub(crate) fn fire(&mut self, rule: Rule) {
        let state = self.state();
        self.recorder.rule(Fired { rule, from: state, to: state });
    }

    /// The one writer of the state.
    pub(crate) fn enter(&mut self, to: State, rule: Rule) {
        let from = self.state();
        self.recorder.rule(Fired { rule, from, to });
        self.tcb_mut().state = to;
        match to {
            State::Closed => {
                self.stop_all_timers();
                self.owes_ack = None;
                self.recorder.effect(Effect::DeleteTcb);
            }
            // All that this end has sent is acknowledged (RFC 9293 §3.6.1).
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

    /// Sets the initial congestion window: smaller if the SYN had to be sent again (RFC 5681 §3.1).
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

    /// The connection breaks off: CLOSED, and received data that was not read is lost ("all segment queues should be
    /// flushed", RFC 9293 §3.10.5 and §3.10.7.4). After an orderly close such data stays readable.
    pub(crate) fn break_off(&mut self, rule: Rule) {
        if self.tcb.readable_bytes() > 0 {
            Rc::make_mut(&mut self.tcb_mut().receive_buffer).clear();
        }
        self.enter(State::Closed, rule);
    }

    /// 2 MSL from now (RFC 9293 §3.6.1, MUST-13).
    pub(crate) fn restart_time_wait(&mut self, why: TimerReason) {
        let wait = self.settings.config.msl * 2;
        self.arm(TimerKind::TimeWait, wait, why);
    }

    pub(crate) fn arm(&mut self, kind: TimerKind, wait: Duration, why: TimerReason) {
        let (at, armed_at) = (self.now + wait, self.now);
        self.tcb_mut().timers.set(kind, Some(Deadline { armed_at, at, why }));
        self.recorder.effect(Effect::ArmTimer { kind, at, why });
    }

    pub(crate) fn stop(&mut self, kind: TimerKind, why: TimerReason) {
        if self.tcb.timers.is_armed(kind) {
            self.tcb_mut().timers.set(kind, None);
            self.recorder.effect(Effect::StopTimer { kind, why });
        }
    }

    pub(crate) fn stop_all_timers(&mut self) {
        for &kind in TimerKind::ALL {
            self.stop(kind, TimerReason::ConnectionDeleted);
        }
    }

    /// Clears a timer that has expired. The expiry is the event itself, so no effect is recorded.
    pub(crate) fn clear_expired(&mut self, kind: TimerKind) -> bool {
        self.tcb_mut().timers.set(kind, None).is_some()
    }

    pub(crate) fn emit(&mut self, segment: Segment, why: SendReason) {
        self.recorder.effect(Effect::Send { segment, why });
    }

    /// An acknowledgement must be sent before the step ends, alone or with data.
    pub(crate) fn owe_ack(&mut self, why: SendReason) {
        self.owes_ack.get_or_insert(why);
    }

    /// Sends the acknowledgement that is owed, if any.
    pub(crate) fn pay_ack(&mut self) {
        if let Some(why) = self.owes_ack.take() {
            self.send_ack(why);
        }
    }

    /// A segment with the acknowledgement was sent.
    pub(crate) fn ack_paid(&mut self) {
        self.owes_ack = None;
        self.stop(TimerKind::DelayedAck, TimerReason::AckSent);
    }

    /// Answers a segment that may be forged or very old: an acknowledgement, but only so many in a short time
    /// (RFC 5961 §7).
    pub(crate) fn answer_doubt(&mut self, why: SendReason) {
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

    pub(crate) fn drop_segment(&mut self, reason: DropReason) {
        self.recorder.effect(Effect::Drop(reason));
    }

    pub(crate) fn deliver(&mut self, bytes: u32) {
        if bytes > 0 {
            self.recorder.effect(Effect::Deliver { bytes });
        }
    }

    pub(crate) fn signal(&mut self, signal: Signal) {
        self.recorder.effect(Effect::Signal(signal));
    }

    pub(crate) fn reply(&mut self, reply: Reply) {
        self.recorder.effect(Effect::Reply(reply));
    }
}

/// The other end was heard, or setsockopt() may have chosen another waiting time: keep-alive starts waiting anew.
fn is_news(event: &Event) -> bool {
    matches!(event, Event::SegmentArrives(_) | Event::Call(Call::Configure))
}
