//! A timer beside a lifeline: the part that has run, the part still to run, and how it ended.

use yew::prelude::*;

use super::layout::lifeline;
use super::margins::Bar;
use super::view::TimerView;
use crate::el::{El, el};
use crate::geometry::Num;
use crate::lang::{HostId, Lang, by_host};
use crate::text::{Msg, duration};
use tcp::TimerKind;
use tcp::time::Instant;

/// The name of a timer, short enough to stand beside its bar.
#[must_use]
pub fn short_name(kind: TimerKind, lang: Lang) -> &'static str {
    match kind {
        TimerKind::Retransmission => Msg::TimerRetransmission.in_lang(lang),
        TimerKind::Persist => Msg::TimerPersist.in_lang(lang),
        TimerKind::TimeWait => Msg::TimerTimeWait.in_lang(lang),
        TimerKind::UserTimeout => Msg::TimerUserTimeout.in_lang(lang),
        TimerKind::DelayedAck => Msg::TimerDelayedAck.in_lang(lang),
        TimerKind::Keepalive => Msg::TimerKeepalive.in_lang(lang),
        TimerKind::FinWait2 => Msg::TimerFinWait2.in_lang(lang),
    }
}

/// Draws a timer.
pub fn timer_bar(timer: &TimerView, bar: &Bar, lang: Lang, on_jump: &Callback<Instant>) -> El {
    let (class, dx) = match timer.host {
        HostId::Client => ("at-end", -19.0),
        HostId::Server => ("", 19.0),
    };
    let is_running = timer.ended.is_none();
    let has_fired = matches!(timer.ended, Some((_, true)));
    let at = timer.at;
    let words = format!("{} {}", short_name(timer.kind, lang), duration(timer.length(), lang));
    let (begin, end) = (bar.y.0, bar.y.1);
    let part = |description: &'static str, until: f64| {
        el(description)
            .attr("x", Num(bar.x))
            .attr("y", Num(begin))
            .attr("height", Num((until - begin).max(2.0)))
    };
    let fired =
        if has_fired { format!("M{} {}l4 4l4 -4l-4 -4Z", Num(bar.x - 2.0), Num(end)) } else { String::new() };
    let label = el("text").attr("class", class);
    let label = label.attr("x", Num(lifeline(timer.host) + dx)).attr("y", Num(bar.label_y + 1.0));
    // A timer that was stopped at once says nothing worth the room.
    let told = if is_running || has_fired { words.clone() } else { String::new() };
    el("g.timer")
        .nth(bar.index)
        .class(by_host(timer.host))
        .class_if(is_running, "is-running")
        .class_if(has_fired, "has-fired")
        .on_click(on_jump.reform(move |_| at))
        .child(el("title").child(words))
        .child(part("rect.timer-left width=4 rx=2", bar.y.2))
        .child(part("rect.timer-run width=4 rx=2", end))
        .child(el("path").attr("d", fired))
        .child(label.child(told))
}
