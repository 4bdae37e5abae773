//! A question to be answered before the run answers it.

use lab::scenario::Question;

/// The question, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedQuestion {
    /// The question.
    pub question: Question,
    /// The answer given.
    pub answered: Option<String>,
    /// The right one, once the run has told.
    pub right: Option<String>,
}
