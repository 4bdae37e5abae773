//! What the transport bar is made of.

use yew::AttrValue;

use crate::lang::HostId;
use tcp::time::Instant;

/// The run as a row of events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineView {
    /// The events, in order; those after the cursor are the known future. Of a long run only the notable ones.
    pub marks: Vec<MarkView>,
    /// How many events there are.
    pub count: u32,
    /// What happened last.
    pub latest: AttrValue,
    /// How many of them have happened.
    pub cursor: u32,
    /// Something is still to come.
    pub can_step: bool,
    /// The branches, the main line first; only one entry means that there are none.
    pub branches: Vec<BranchView>,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkView {
    /// How many events there were with it.
    pub tick: u32,
    /// When.
    pub at: Instant,
    /// On which host; none for the link.
    pub host: Option<HostId>,
    /// What kind.
    pub kind: MarkKind,
    /// In one line.
    pub label: AttrValue,
}

/// The kinds of events, told apart by shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A segment arrived.
    Segment,
    /// A call was made.
    Call,
    /// A timer expired.
    Timer,
    /// Something was lost or broken.
    Loss,
    /// Something else was done to the link or a host.
    Other,
}

/// A course of events.
#[derive(Clone, Debug, PartialEq)]
pub struct BranchView {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub label: AttrValue,
    /// Where it left its parent, and where it ends: counts of events.
    pub span: (u32, u32),
    /// It is the one on the page.
    pub is_current: bool,
}
