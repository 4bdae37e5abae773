//! Time in the learner's hands: step, play, scrub, branch.

pub mod bar;
pub mod branches;
pub mod timeline;
pub mod toolbar;
pub mod view;
