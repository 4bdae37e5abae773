//! The running timers of a host: what remains of each, and a way to its end.

use yew::prelude::*;

use super::view::TimerRow;
use crate::lab::action::Action;
use crate::tcp::TimerKind;
use crate::time::{Duration, Instant};
use crate::ui::geometry::{num, ratio};
use crate::ui::lang::Lang;
use crate::ui::text::{Msg, duration};

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
pub fn timer_list(timers: &[TimerRow], now: Instant, lang: Lang, on_action: &Callback<Action>) -> Html {
    let row = |timer: &TimerRow| {
        let left = timer.left(now);
        let gone = 1.0 - ratio(left, timer.at.since(timer.armed_at));
        let onclick = on_action.reform(move |_: MouseEvent| Action::Play { us: left });
        html! {
            <>
                <span class="timer-name">{ name(timer.kind).text(lang) }</span>
                <span class="timer-left-over"><span class="visually-hidden">{ Msg::Remaining.text(lang) }{ " " }</span>{ duration(tenths(left), lang) }</span>
                <button type="button" aria-label={format!("{}: {}", name(timer.kind).in_lang(lang), Msg::JumpToEnd.in_lang(lang))} title={format!("{} · {}", Msg::JumpToEnd.in_lang(lang), timer.then)} {onclick}>
                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M1 2v12l6 -6zM7 2v12l6 -6zM13 2h2v12h-2z" /></svg>
                </button>
                <svg class="timer-gauge" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="whole" width="100" height="4" />
                    <rect class="gone" width={num(gone * 100.0)} height="4" />
                </svg>
            </>
        }
    };
    html! {
        <ul class="timer-list" aria-label={Msg::Timers.text(lang)}>
            for timer in timers.iter() {
                <li key={timer.kind.name()}>{ row(timer) }</li>
            }
        </ul>
    }
}

/// Rounded up to tenths of a second: while it runs, finer digits would only flicker.
fn tenths(left: Duration) -> Duration {
    Duration::from_micros(left.as_micros().div_ceil(100_000) * 100_000)
}
