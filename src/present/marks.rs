//! The run as a row of events.

use std::rc::Rc;

use super::Scene;
use crate::parts::transport::TimelineView;
use crate::parts::transport::timeline_mark::is_loss;
use lab::net::{Record, What};
use tcp::Event;

/// With more marks than this nobody could tell them apart: one stands for many then.
const MANY: usize = 192;

/// The timeline of a scene: one mark a tick; of a long run, for each stretch of it what one would look for.
pub(super) fn timeline(scene: &Scene) -> TimelineView {
    let session = &scene.session;
    let records = session.all_records();
    let mut marks: Vec<(u32, Rc<Record>)> = vec![];
    let mut add = |record: &Rc<Record>| {
        // The lab keeps fewer ticks than that.
        let tick = session.tick_of_record(record.id) as u32;
        // The first record of a tick is what it was about.
        if marks.last().is_none_or(|(last, _)| *last < tick) {
            marks.push((tick, Rc::clone(record)));
        }
    };
    if records.len() <= MANY {
        records.iter().for_each(add);
    } else {
        let notable = scene.notable();
        for stretch in notable.chunks(notable.len().div_ceil(MANY)) {
            stretch.iter().max_by_key(|record| rank(record)).into_iter().for_each(&mut add);
        }
    }
    TimelineView {
        marks,
        count: session.ticks() as u32,
        cursor: session.tick() as u32,
        latest: session.records().last().cloned(),
        can_step: session.tick() < session.ticks() || !session.is_idle(),
        branches: session.branches().collect(),
        branch: session.branch(),
    }
}

/// How much one looks for a record on the timeline: what was lost most of all, what merely arrived least.
pub(super) fn rank(record: &Record) -> u8 {
    match &record.what {
        what if is_loss(what) => 4,
        What::Transition { transition, .. } => match transition.cause {
            Event::Timeout(_) | Event::IcmpArrives(_) => 3,
            Event::Call(_) => 1,
            Event::SegmentArrives(_) => 0,
        },
        What::Call { .. } => 1,
        _ => 2,
    }
}
