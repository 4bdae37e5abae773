//! The scenario's question: whether it is being asked, and what the run has to say to the answer.

use super::perform::{ActionError, ActionFault};
use super::predicate::Next;
use super::scenario::Question;
use super::session::Session;
use crate::net::Upcoming;
use tcp::wire;

/// How the question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionState<'a> {
    /// There is none.
    None,
    /// Its moment has not come.
    Ahead,
    /// It is being asked: the next event decides.
    Open,
    /// Answered or passed over; the outcome is still open.
    Waiting,
    /// The run has shown which choice is right.
    Judged {
        /// The choice that was made.
        chosen: Option<&'a str>,
        /// The one that the run proves right.
        right: &'a str,
    },
}

impl Session {
    /// How the scenario's question stands.
    #[must_use]
    pub fn question(&self) -> QuestionState<'_> {
        let Some(question) = &self.scenario().question else { return QuestionState::None };
        if let Some(right) = question.right_choice(|predicate| self.holds(predicate)) {
            return QuestionState::Judged { chosen: self.answer(), right };
        }
        if self.answer.is_some() || self.is_question_skipped {
            QuestionState::Waiting
        } else if self.is_moment_of(question) {
            QuestionState::Open
        } else {
            QuestionState::Ahead
        }
    }

    /// The question is to be answered now. Asks what is quickly known first: this is asked before every event.
    pub(super) fn is_question_open(&self) -> bool {
        let is_answered = self.answer.is_some() || self.is_question_skipped;
        let question = self.scenario().question.as_ref().filter(|_| !is_answered);
        question.is_some_and(|question| {
            self.is_moment_of(question) && question.right_choice(|predicate| self.holds(predicate)).is_none()
        })
    }

    /// The answer given to the question.
    #[must_use]
    pub fn answer(&self) -> Option<&str> {
        self.answer.as_deref()
    }

    pub(super) fn choose(&mut self, choice: &str) -> Result<(), ActionError> {
        let question = self.scenario().question.as_ref();
        if question.is_some_and(|question| question.choices.iter().any(|known| known.id == choice)) {
            self.answer = Some(choice.into());
            Ok(())
        } else {
            Err(ActionError::new("choice", ActionFault::NoSuchChoice))
        }
    }

    fn is_moment_of(&self, question: &Question) -> bool {
        let segment;
        let next = match self.next_event() {
            None if self.is_idle() => Next::Nothing,
            Some(Upcoming::Arrival { packet, to, .. }) => {
                let packet = self.world().link().packet(packet);
                match packet.and_then(|packet| wire::decode(&packet.bytes).ok()) {
                    Some(decoded) => {
                        segment = decoded;
                        Next::Arrival { to, segment: &segment }
                    }
                    None => Next::Other,
                }
            }
            Some(Upcoming::Timer { host, kind, .. }) => Next::Timer { host, kind },
            Some(Upcoming::Return { .. } | Upcoming::Program { .. }) | None => Next::Other,
        };
        question.ask_before.is_now(next, |predicate| self.holds(predicate))
    }
}
