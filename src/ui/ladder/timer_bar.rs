//! A timer beside a lifeline: the part that has run, the part still to run, and how it ended.

use yew::prelude::*;

use super::layout::{Bar, lifeline};
use super::view::TimerView;
use crate::tcp::TimerKind;
use crate::time::Instant;
use crate::ui::geometry::{Num, num};
use crate::ui::lang::{HostId, Lang};
use crate::ui::text::{Msg, duration};

/// The name of a timer, short enough to stand beside its bar.
#[must_use]
pub const fn short_name(kind: TimerKind, lang: Lang) -> &'static str {
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
pub fn timer_bar(timer: &TimerView, bar: &Bar, lang: Lang, on_jump: &Callback<Instant>) -> Html {
    let (host, class, dx) = match timer.host {
        HostId::Client => ("by-client", "at-end", -19.0),
        HostId::Server => ("by-server", "", 19.0),
    };
    let is_running = timer.ended.is_none();
    let has_fired = matches!(timer.ended, Some((_, true)));
    let class_name =
        classes!("timer", host, is_running.then_some("is-running"), has_fired.then_some("has-fired"));
    let at = timer.at;
    let onclick = on_jump.reform(move |_: MouseEvent| at);
    let x = num(bar.x);
    let words = format!("{} {}", short_name(timer.kind, lang), duration(timer.length(), lang));
    // A timer that was stopped at once says nothing worth the room.
    let is_told = is_running || has_fired;
    let end = if has_fired {
        format!("M{} {}l4 4l4 -4l-4 -4Z", Num(bar.x - 2.0), Num(bar.y.1))
    } else {
        String::new()
    };
    html! {
        <g key={bar.index} class={class_name} {onclick}>
            <title>{ words.clone() }</title>
            <rect class="timer-left" x={x.clone()} y={num(bar.y.0)} width="4" height={num((bar.y.2 - bar.y.0).max(2.0))} rx="2" />
            <rect class="timer-run" {x} y={num(bar.y.0)} width="4" height={num((bar.y.1 - bar.y.0).max(2.0))} rx="2" />
            <path d={end} />
            <text {class} x={num(lifeline(timer.host) + dx)} y={num(bar.label_y + 1.0)}>
                { if is_told { words } else { String::new() } }
            </text>
        </g>
    }
}
