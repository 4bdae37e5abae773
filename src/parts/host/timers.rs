//! The running timers of a host: what remains of each, and a way to its end.

use yew::prelude::*;

use super::view::TimerRow;
use crate::act::Act;
use crate::el::{El, el, icon};
use crate::geometry::{Num, ratio};
use crate::lang::Lang;
use crate::text::{Msg, duration};
use lab::action::Action;
use tcp::TimerKind;
use tcp::time::{Duration, Instant};

/// The full name of a timer.
#[must_use]
pub const fn name(kind: TimerKind) -> Msg {
    match kind {
        TimerKind::Retransmission => Msg::TimerRetransmissionLong,
        TimerKind::Persist => Msg::TimerPersistLong,
        TimerKind::TimeWait => Msg::TimerTimeWaitLong,
        TimerKind::UserTimeout => Msg::TimerUserTimeoutLong,
        TimerKind::DelayedAck => Msg::TimerDelayedAckLong,
        TimerKind::Keepalive => Msg::TimerKeepaliveLong,
        TimerKind::FinWait2 => Msg::TimerFinWait2Long,
    }
}

/// Lists the timers.
pub fn timer_list(timers: &[TimerRow], now: Instant, lang: Lang, act: &Callback<Act>) -> El {
    let row = |timer: &TimerRow| {
        let left = timer.left(now);
        let gone = 1.0 - ratio(left, timer.at.since(timer.armed_at));
        let to_end = Msg::JumpToEnd.in_lang(lang);
        let remaining = el("span.visually-hidden").say(Msg::Remaining, lang).child(" ");
        let jump = el("button type=button")
            .attr("aria-label", format!("{}: {to_end}", name(timer.kind).in_lang(lang)))
            .attr("title", format!("{to_end} · {}", timer.then))
            .asks(act, Act::Do(Action::Play { us: left }))
            .child(icon("M1 2v12l6 -6zM7 2v12l6 -6zM13 2h2v12h-2z"));
        let gauge = el("svg.timer-gauge preserveAspectRatio=none aria-hidden=true")
            .attr("viewBox", "0 0 100 4")
            .child(el("rect.whole width=100 height=4"))
            .child(el("rect.gone height=4").attr("width", Num(gone * 100.0)));
        el("li")
            .key(timer.kind.name())
            .child(el("span.timer-name").say(name(timer.kind), lang))
            .child(el("span.timer-left-over").child(remaining).child(duration(tenths(left), lang)))
            .child(jump)
            .child(gauge)
    };
    el("ul.timer-list").label(Msg::Timers, lang).children(timers.iter().map(row))
}

/// Rounded up to tenths of a second: while it runs, finer digits would only flicker.
fn tenths(left: Duration) -> Duration {
    Duration::from_micros(left.as_micros().div_ceil(100_000) * 100_000)
}
