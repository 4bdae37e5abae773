//! The explanation of the moment, and the question before it.

mod checks;
mod panel;
mod question;
pub mod view;

pub use panel::{ExplainPanel, ExplainPanelProps};
pub use question::{QuestionCard, QuestionCardProps};
