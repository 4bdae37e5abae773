//! The scenario's question: whether it is being asked, and what the run has to say to the answer.

use serde::Serialize;
use ts_rs::TS;

use super::perform::{ActionError, ActionFault};
use super::predicate::{Moment, Pattern, Predicate};
use super::scenario::Question;
use super::session::Session;
use crate::net::Upcoming;
use tcp::wire;

/// How the question stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[ts(rename = "QuestionView")]
#[expect(missing_docs, reason = "`chosen` and `right` are the ids of choices")]
pub enum QuestionState {
    /// There is none.
    None,
    /// Its moment has not come.
    Ahead,
    /// It is being asked: the next event decides.
    Open,
    /// Answered or passed over; the outcome is still open.
    Waiting { chosen: Option<String> },
    /// The run has shown which choice is right.
    Judged { chosen: Option<String>, right: String },
}

impl Session {
    /// How the scenario's question stands.
    #[must_use]
    pub fn question(&self) -> QuestionState {
        let Some(question) = &self.scenario().question else { return QuestionState::None };
        let chosen = self.answer().map(str::to_owned);
        if let Some(right) = question.right_choice(|predicate| self.holds(predicate)) {
            QuestionState::Judged { chosen, right: right.to_owned() }
        } else if chosen.is_some() || self.is_question_skipped {
            QuestionState::Waiting { chosen }
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

    /// It is the moment at which `question` asks to be put.
    fn is_moment_of(&self, question: &Question) -> bool {
        let holds = |after: &Option<Predicate>| after.as_ref().is_none_or(|predicate| self.holds(predicate));
        match &question.ask_before {
            Moment::Once { holds } => self.holds(holds),
            Moment::Arrival { to, control, text, after } => match self.next_event() {
                Some(Upcoming::Arrival { packet, to: host, .. }) if host == *to => {
                    let pattern = Pattern { control: *control, text: *text };
                    let packet = self.world().link().packet(packet);
                    let segment = packet.and_then(|packet| wire::decode(&packet.bytes).ok());
                    segment.is_some_and(|segment| pattern.matches(&segment)) && holds(after)
                }
                _ => false,
            },
            Moment::Timer { host, kind, after } => match self.next_event() {
                Some(Upcoming::Timer { host: whose, kind: which, .. }) => {
                    (whose, which) == (*host, *kind) && holds(after)
                }
                _ => false,
            },
        }
    }
}
