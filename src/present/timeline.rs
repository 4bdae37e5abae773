//! The run as a row of events.

use yew::AttrValue;

use super::Scene;
use crate::parts::transport::view::{BranchView, MarkKind, MarkView, TimelineView};
use crate::text::{Msg, branch_name};
use lab::net::{Record, Verdict, What};
use tcp::Event;

/// With more marks than this nobody could tell them apart: one stands for many then.
const MANY: usize = 192;

/// The timeline of a scene: one mark a tick; of a long run, for each stretch of it what one would look for.
pub(super) fn timeline(scene: &Scene) -> TimelineView {
    let session = &scene.session;
    let records = session.all_records();
    let mut marks: Vec<MarkView> = vec![];
    let mut add = |record: &Record| {
        let tick = session.tick_of_record(record.id) as u32;
        // The first record of a tick is what it was about.
        if marks.last().is_none_or(|mark| mark.tick < tick) {
            marks.push(mark(record, tick));
        }
    };
    if records.len() <= MANY {
        records.iter().for_each(|record| add(record));
    } else {
        let notable = scene.notable();
        for stretch in notable.chunks(notable.len().div_ceil(MANY)) {
            stretch.iter().max_by_key(|record| rank(record)).into_iter().for_each(|record| add(record));
        }
    }
    let latest = session.records().last().map(|record| mark(record, 0).label);
    let branches = session.branches().map(|branch| {
        // Both fit: the lab keeps fewer branches and ticks than that.
        let (id, from, to) =
            (branch.id as u32, branch.parent.map_or(0, |(_, tick)| tick as u32), branch.ticks as u32);
        let label = match id {
            0 => Msg::MainBranch.text(scene.voice.lang),
            _ => branch_name(id, scene.voice.lang).into(),
        };
        BranchView { id, label, span: (from, to), is_current: branch.id == session.branch() }
    });
    TimelineView {
        marks,
        count: session.ticks() as u32,
        latest: latest.unwrap_or_default(),
        cursor: session.tick() as u32,
        can_step: session.tick() < session.ticks() || !session.is_idle(),
        branches: branches.collect(),
    }
}

/// How much one looks for a record on the timeline: what was lost most of all, what merely arrived least.
pub(super) fn rank(record: &Record) -> u8 {
    match &record.what {
        What::Discarded { .. } | What::Unheard { .. } | What::Crashed | What::CableCut => 4,
        What::Verdict { verdict: Verdict::Drop | Verdict::Unreachable(_), .. } => 4,
        What::Transition { transition, .. } => match transition.cause {
            Event::Timeout(_) | Event::IcmpArrives(_) => 3,
            Event::Call(_) => 1,
            Event::SegmentArrives(_) => 0,
        },
        What::Call { .. } => 1,
        What::Verdict { .. } | What::Restarted | What::CableMended | What::Setting(_) => 2,
    }
}

fn mark(record: &Record, tick: u32) -> MarkView {
    let (kind, label) = match &record.what {
        What::Transition { transition, call, .. } => {
            let kind = match transition.cause {
                Event::SegmentArrives(_) | Event::IcmpArrives(_) => MarkKind::Segment,
                Event::Timeout(_) => MarkKind::Timer,
                Event::Call(_) => MarkKind::Call,
            };
            let what = match (&transition.cause, call) {
                (_, Some((call, _))) => format!("{}()", call.name()),
                (Event::SegmentArrives(segment), _) => segment.control.to_string(),
                (Event::Timeout(kind), _) => kind.name().to_owned(),
                (Event::IcmpArrives(report), _) => format!("ICMP {}", report.kind.name()),
                (Event::Call(_), None) => String::new(),
            };
            let (from, to) = (transition.from(), transition.to());
            (kind, if from == to { what } else { format!("{what}: {from} → {to}") })
        }
        What::Call { call, .. } => (MarkKind::Call, format!("{}()", call.name())),
        What::Discarded { .. } | What::Unheard { .. } => (MarkKind::Loss, String::new()),
        What::Verdict { verdict: Verdict::Drop | Verdict::Unreachable(_), .. } => {
            (MarkKind::Loss, String::new())
        }
        What::Crashed | What::CableCut => (MarkKind::Loss, String::new()),
        What::Verdict { .. } | What::Restarted | What::CableMended | What::Setting(_) => {
            (MarkKind::Other, String::new())
        }
    };
    MarkView { tick, at: record.at, host: record.host, kind, label: AttrValue::from(label) }
}
