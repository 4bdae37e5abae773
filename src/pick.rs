//! What the learner has chosen to look at.

use tcp::State;

/// What the explanation is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pick {
    /// Whatever happened last.
    #[default]
    Latest,
    /// One record of the run.
    Record(u32),
    /// A segment, by its packet.
    Packet(u32),
    /// A state of the diagram, live or not.
    State(State),
    /// An edge of the diagram, by its stable name.
    Edge(&'static str),
}
