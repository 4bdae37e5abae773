//! Time in the learner's hands: step, play, scrub, branch.

mod branch_list;
mod timeline;
pub mod timeline_mark;
mod timeline_marks;
mod timeline_rails;
mod timeline_view;
mod toolbar;
mod transport_bar;

pub use timeline_view::TimelineView;
pub use transport_bar::TransportBar;
