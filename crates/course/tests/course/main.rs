//! The course: its experiments are played, its explanations read, its texts held to the rules of their language.

mod chinese;
mod errors;
mod experiments;
mod explanations;
mod remarks;
mod texts;
