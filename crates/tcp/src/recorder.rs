//! What is written down while an event is handled.

use std::rc::Rc;

use crate::check::{Check, Operands, Test};
use crate::effect::Effect;
use crate::event::Event;
use crate::rule::Fired;
use crate::tcb::Tcb;
use crate::time::Instant;
use crate::transition::Transition;
use crate::variable::Var;

/// About how many checks a segment on an open connection goes through.
const USUAL_CHECKS: usize = 10;

/// Writes down what a step does, in the order in which it is done. The handlers are the same whatever is kept.
pub(crate) struct Recorder {
    /// The TCB before the event. None if no record will be made: then only the effects are kept that the host has to
    /// act on, and nobody else holds the TCB, so it is changed in place instead of copied.
    before: Option<Rc<Tcb>>,
    checks: Vec<Check>,
    fired: Vec<Fired>,
    effects: Vec<Effect>,
}

impl Recorder {
    /// Keeps everything, for the record of an event that meets the TCB as it is in `before`.
    pub(crate) fn of_everything(before: &Rc<Tcb>) -> Self {
        Self { before: Some(Rc::clone(before)), ..Self::of_outputs() }
    }

    /// Keeps only what the host has to act on.
    pub(crate) const fn of_outputs() -> Self {
        Self { before: None, checks: Vec::new(), fired: Vec::new(), effects: Vec::new() }
    }

    /// A segment arrives: its checks will need room.
    pub(crate) fn expect_checks(&mut self) {
        if self.before.is_some() {
            self.checks.reserve(USUAL_CHECKS);
        }
    }

    pub(crate) fn check(&mut self, test: Test, passed: bool, operands: &[(Var, u32)]) {
        if self.before.is_some() {
            self.checks.push(Check { test, passed, operands: Operands::new(operands) });
        }
    }

    pub(crate) fn rule(&mut self, fired: Fired) {
        if self.before.is_some() {
            self.fired.push(fired);
        }
    }

    pub(crate) fn effect(&mut self, effect: Effect) {
        let is_output = match effect {
            Effect::Send { .. } | Effect::Signal(_) | Effect::Reply(_) => true,
            // These only describe what has happened inside the TCB.
            Effect::Deliver { .. }
            | Effect::ArmTimer { .. }
            | Effect::StopTimer { .. }
            | Effect::Drop(_)
            | Effect::DeleteTcb => false,
        };
        if is_output || self.before.is_some() {
            self.effects.push(effect);
        }
    }

    /// The effects that were kept.
    pub(crate) fn into_effects(self) -> Vec<Effect> {
        self.effects
    }

    /// The record of `cause`, which happened at `at` and left the TCB as it is in `after`.
    pub(crate) fn into_transition(self, at: Instant, cause: Event, after: &Rc<Tcb>) -> Transition {
        let before = self.before.unwrap_or_else(|| Rc::clone(after));
        // An event that changed nothing leaves the very same TCB, which is cheap to see and cheap to keep.
        let after = Rc::clone(if before == *after { &before } else { after });
        let Self { checks, fired, effects, .. } = self;
        Transition { at, cause, checks, fired, effects, before, after }
    }
}
