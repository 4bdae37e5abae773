//! A timer beside a lifeline: the part that has run, the part still to run, and how it ended.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::draw::geometry::{Num, num};
use crate::draw::ladder_margins::{TimerPlace, beside};
use crate::lang::{Lang, by_host};
use crate::text::{Msg, duration};
use lab::trace::{TimerBar, TimerEnd};
use tcp::TimerKind;
use tcp::time::Instant;

#[autoprops]
#[component]
pub fn TimerStrip(
    /// The timer.
    timer: &TimerBar,
    /// Where it stands.
    place: &TimerPlace,
    lang: &Lang,
    /// The learner wants to be at the moment of its end.
    on_jump: &Callback<Instant>,
) -> Html {
    let (x, (begin, end, whole)) = (place.x, place.y);
    let (label_class, label_x) = beside(timer.host);
    let is_running = timer.ended.is_none();
    let has_fired = matches!(timer.ended, Some((_, TimerEnd::Fired)));
    let at = timer.at;
    let words = format!("{} {}", short_name(timer.kind, *lang), duration(at.since(timer.armed_at), *lang));
    let height = |until: f64| num((until - begin).max(2.0));
    let fired =
        if has_fired { format!("M{} {}l4 4l4 -4l-4 -4Z", Num(x - 2.0), Num(end)) } else { String::new() };
    let class = classes!(
        "timer",
        by_host(timer.host),
        is_running.then_some("is-running"),
        has_fired.then_some("has-fired"),
    );
    html! {
        <g {class} onclick={on_jump.reform(move |_| at)}>
            <title>{ &words }</title>
            <rect class="timer-left" width="4" rx="2" x={num(x)} y={num(begin)} height={height(whole)} />
            <rect class="timer-run" width="4" rx="2" x={num(x)} y={num(begin)} height={height(end)} />
            <path d={fired} />
            <text class={label_class} x={num(label_x)} y={num(place.label_y + 1.0)}>
                // A timer that was stopped at once says nothing worth the room.
                if is_running || has_fired { { &words } }
            </text>
        </g>
    }
}

/// The name of a timer, short enough to stand beside its bar.
fn short_name(kind: TimerKind, lang: Lang) -> &'static str {
    let msg = match kind {
        TimerKind::Retransmission => Msg::TimerRetransmission,
        TimerKind::Persist => Msg::TimerPersist,
        TimerKind::TimeWait => Msg::TimerTimeWait,
        TimerKind::UserTimeout => Msg::TimerUserTimeout,
        TimerKind::DelayedAck => Msg::TimerDelayedAck,
        TimerKind::Keepalive => Msg::TimerKeepalive,
        TimerKind::FinWait2 => Msg::TimerFinWait2,
    };
    msg.in_lang(lang)
}
