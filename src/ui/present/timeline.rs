//! The run as a row of events.

use yew::AttrValue;

use super::Scene;
use crate::net::{Record, Verdict, What};
use crate::tcp::Event;
use crate::ui::text::{Msg, branch_name};
use crate::ui::transport::view::{BranchView, MarkKind, MarkView, TimelineView};

/// The timeline of a scene: one mark a tick.
pub(super) fn timeline(scene: &Scene<'_>) -> TimelineView {
    let session = scene.session;
    let mut marks: Vec<MarkView> = vec![];
    for record in session.all_records().iter() {
        let tick = session.tick_of_record(record.id);
        // The first record of a tick is what it was about.
        if tick > marks.len() {
            marks.resize(tick, mark(record));
        }
    }
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
        cursor: session.tick() as u32,
        can_step: session.tick() < session.ticks() || !session.is_idle(),
        branches: branches.collect(),
    }
}

fn mark(record: &Record) -> MarkView {
    let (kind, label) = match &record.what {
        What::Transition { transition, call, .. } => {
            let kind = match transition.cause {
                Event::SegmentArrives(_) => MarkKind::Segment,
                Event::Timeout(_) => MarkKind::Timer,
                Event::Call(_) => MarkKind::Call,
            };
            let what = match (&transition.cause, call) {
                (_, Some((call, _))) => format!("{}()", call.name()),
                (Event::SegmentArrives(segment), _) => segment.control.to_string(),
                (Event::Timeout(kind), _) => kind.name().to_owned(),
                (Event::Call(_), None) => String::new(),
            };
            let (from, to) = (transition.from(), transition.to());
            (kind, if from == to { what } else { format!("{what}: {from} → {to}") })
        }
        What::Call { call, .. } => (MarkKind::Call, format!("{}()", call.name())),
        What::Discarded { .. } | What::Unheard { .. } => (MarkKind::Loss, String::new()),
        What::Verdict { verdict: Verdict::Drop, .. } => (MarkKind::Loss, String::new()),
        What::Crashed | What::CableCut => (MarkKind::Loss, String::new()),
        What::Verdict { .. } | What::Restarted | What::CableMended | What::Setting(_) => {
            (MarkKind::Other, String::new())
        }
    };
    MarkView { at: record.at, host: record.host, kind, label: AttrValue::from(label) }
}
