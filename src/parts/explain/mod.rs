//! The explanation of the moment, and the question before it.

pub mod checks;
pub mod panel;
pub mod question;
pub mod view;

pub use question::QuestionCard;
