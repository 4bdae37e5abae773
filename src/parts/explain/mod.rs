//! The explanation of the moment, and the question before it.

pub mod asked_question;
pub mod chips;
pub mod explain_panel;
pub mod grounds;
pub mod onward;
pub mod question_card;
pub mod subject;

pub use asked_question::AskedQuestion;
pub use explain_panel::ExplainPanel;
pub use question_card::QuestionCard;
pub use subject::Subject;
