//! The explanation of the moment, and the question before it.

mod asked_question;
mod chips;
mod explain_panel;
mod grounds;
mod onward;
mod question_card;
mod subject;

pub use asked_question::AskedQuestion;
pub use explain_panel::{ExplainPanel, ExplainPanelProps};
pub use question_card::{QuestionCard, QuestionCardProps};
pub use subject::Subject;
