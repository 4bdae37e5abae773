//! A mark of the timeline: its shape and colour tell the events apart.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use super::timeline_view::WIDTH;
use crate::draw::geometry::Num;
use crate::lang::{HostId, by_host};
use lab::net::{Record, Verdict, What};
use tcp::Event;

/// Draws a mark: a cross for a loss, a diamond for a timer, else round for the client, square for the server, and a bar
#[autoprops]
#[component]
pub(super) fn TimelineMark(
    record: &Rc<Record>,
    /// Where it is.
    x: f64,
    /// It has not happened yet.
    is_future: bool,
) -> Html {
    let is_timer = matches!(&record.what, What::Transition { transition, .. }
        if matches!(transition.cause, Event::Timeout(_)));
    let class = match record.host {
        _ if is_loss(&record.what) => "is-loss",
        Some(host) => by_host(host),
        None => "is-link",
    };
    let shape = match record.host {
        _ if is_loss(&record.what) => "M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5",
        _ if is_timer => "M0 -6L6 0L0 6L-6 0Z",
        Some(HostId::Client) => "M-5 0A5 5 0 1 1 5 0A5 5 0 1 1 -5 0Z",
        Some(HostId::Server) => "M-4.5 -4.5H4.5V4.5H-4.5Z",
        None => "M-1.5 -6H1.5V6H-1.5Z",
    };
    // In hundredths of the width, rim included: the marks are not stretched with the rails.
    let place = (x + 12.0) / (WIDTH + 24.0) * 100.0;
    html! {
        <svg x={format!("{}%", Num(place))} y="50%" overflow="visible">
            <path class={classes!("mark", class, is_future.then_some("is-future"))} d={shape}>
                <title>{ format!("{} {}", record.at, caption(record)) }</title>
            </path>
        </svg>
    }
}

/// The event in a few words, as far as its shape does not tell.
#[must_use]
pub fn caption(record: &Record) -> String {
    match &record.what {
        What::Transition { transition, call, .. } => {
            let what = match (&transition.cause, call) {
                (_, Some((call, _))) => format!("{}()", call.name()),
                (Event::SegmentArrives(segment), _) => segment.control.to_string(),
                (Event::Timeout(kind), _) => kind.name().to_owned(),
                (Event::IcmpArrives(report), _) => format!("ICMP {}", report.kind.name()),
                (Event::Call(_), None) => String::new(),
            };
            let (from, to) = (transition.from(), transition.to());
            if from == to { what } else { format!("{what}: {from} → {to}") }
        }
        What::Call { call, .. } => format!("{}()", call.name()),
        _ => String::new(),
    }
}

/// Something was lost or broken.
#[must_use]
pub fn is_loss(what: &What) -> bool {
    matches!(
        what,
        What::Discarded { .. }
            | What::Unheard { .. }
            | What::Verdict { verdict: Verdict::Drop | Verdict::Unreachable(_), .. }
            | What::Crashed
            | What::CableCut
    )
}
