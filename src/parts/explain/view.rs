//! What the explanation shows: the course's words, cut to the shape of the page.

use yew::AttrValue;

use crate::lang::HostId;
use crate::pick::Pick;
use crate::text::Msg;
use course::Span;
use tcp::time::Instant;

/// A column: a question and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct PartView {
    /// The question.
    pub title: Msg,
    /// The answer.
    pub spans: Vec<Span>,
}

/// A comparison the stack made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckView {
    /// What was asked.
    pub question: Vec<Span>,
    /// The answer in words.
    pub outcome: Vec<Span>,
    /// The formula with its numbers.
    pub values: AttrValue,
    /// It lets the segment go on.
    pub passed: bool,
}

/// Something that leads on: an edge, a state, another experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadView {
    /// In words.
    pub label: AttrValue,
    /// Where to.
    pub to: Pick,
}

/// One explanation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExplainView {
    /// In one line.
    pub title: AttrValue,
    /// When it happened.
    pub at: Option<Instant>,
    /// Where it happened.
    pub host: Option<HostId>,
    /// Three short parts.
    pub parts: Vec<PartView>,
    /// The notes it comes from.
    pub sources: Vec<AttrValue>,
    /// The clauses it rests on.
    pub clauses: Vec<AttrValue>,
    /// The comparisons made, in order.
    pub checks: Vec<CheckView>,
    /// What the notes get wrong here.
    pub trial: Vec<Span>,
    /// An experiment that shows it: its name in the list, its title.
    pub experiment: Option<(AttrValue, AttrValue)>,
    /// Where one can go from here.
    pub leads: Vec<LeadView>,
    /// It is not about the latest step.
    pub is_elsewhere: bool,
}

/// A question to be answered before the run answers it.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionView {
    /// The question.
    pub prompt: Vec<Span>,
    /// The answers to choose from: name and text.
    pub choices: Vec<(AttrValue, Vec<Span>)>,
    /// The answer given.
    pub answered: Option<AttrValue>,
    /// The right one, once the run has told.
    pub right: Option<AttrValue>,
    /// What is said then.
    pub after: Vec<Span>,
}
