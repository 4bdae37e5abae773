//! Time in the learner's hands: step, play, scrub, branch.

pub mod branch_list;
pub mod timeline;
pub mod timeline_mark;
pub mod timeline_marks;
pub mod timeline_rails;
pub mod timeline_view;
pub mod toolbar;
pub mod transport_bar;

pub use timeline_view::TimelineView;
pub use transport_bar::TransportBar;
