//! The explanation of the moment, and the question before it.

mod asked_question;
mod chips;
pub mod explain_panel;
mod grounds;
mod onward;
mod question_card;
mod subject;

pub use asked_question::AskedQuestion;
pub use explain_panel::ExplainPanel;
pub use question_card::QuestionCard;
pub use subject::Subject;
