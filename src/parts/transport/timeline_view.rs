//! The run as a row of events.

use std::rc::Rc;

use lab::BranchView;
use lab::net::Record;

/// The width of the drawing; it is stretched to the width of the bar.
pub(super) const WIDTH: f64 = 1_000.0;

/// What the timeline is drawn from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineView {
    /// The events, in order, each after the number of events there were with it; those after the cursor are the known
    /// future. Of a long run only the notable ones.
    pub marks: Vec<(u32, Rc<Record>)>,
    /// How many events there are.
    pub count: u32,
    /// How many of them have happened.
    pub cursor: u32,
    /// What happened last.
    pub latest: Option<Rc<Record>>,
    /// Something is still to come.
    pub can_step: bool,
    /// The branches, the main line first.
    pub branches: Vec<BranchView>,
    /// The one on the page.
    pub branch: usize,
}

impl TimelineView {
    /// How many events there is room for. It grows by leaps, so that not every mark moves with every event.
    #[must_use]
    pub fn room(&self) -> u32 {
        let branches = self.branches.iter().map(|branch| branch.ticks as u32);
        let longest = branches.chain([self.count, 8]).max().unwrap_or(8);
        longest.next_multiple_of(if longest > 192 { 64 } else { 8 })
    }

    /// Where the event is that makes `tick` of them.
    #[must_use]
    pub fn x(&self, tick: u32) -> f64 {
        f64::from(tick) / f64::from(self.room()) * WIDTH
    }
}
