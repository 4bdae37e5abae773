//! The running timers of a host: what remains of each, and a way to its end.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::draw::geometry::{num, ratio};
use crate::lang::Lang;
use crate::parts::icon::Icon;
use crate::text::{Msg, duration};
use course::text;
use lab::action::Action;
use lab::snapshot::TimerView;
use tcp::TimerKind;
use tcp::time::{Duration, Instant};

#[autoprops]
#[component]
pub fn TimerList(
    /// The timers.
    timers: &Vec<TimerView>,
    now: &Instant,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let (now, lang) = (*now, *lang);
    let row = |timer: &TimerView| {
        let left = timer.at_us.since(now);
        let gone = 1.0 - ratio(left, timer.at_us.since(timer.armed_at_us));
        let (name, to_end) = (name(timer.kind, lang), Msg::JumpToEnd.in_lang(lang));
        let then = text::timer_waits(timer.kind, lang).replace('`', "");
        html! {
            <li key={timer.kind.name()}>
                <span class="timer-name">{ name }</span>
                <span class="timer-left-over">
                    <span class="visually-hidden">{ Msg::Remaining.text(lang) }{ " " }</span>
                    { duration(tenths(left), lang) }
                </span>
                <button
                    type="button"
                    aria-label={format!("{name}: {to_end}")}
                    title={format!("{to_end} · {then}")}
                    onclick={act.reform(move |_| Act::Do(Action::Play { us: left }))}
                >
                    <Icon path="M1 2v12l6 -6zM7 2v12l6 -6zM13 2h2v12h-2z" />
                </button>
                <svg class="timer-gauge" preserveAspectRatio="none" aria-hidden="true" viewBox="0 0 100 4">
                    <rect class="whole" width="100" height="4" />
                    <rect class="gone" height="4" width={num(gone * 100.0)} />
                </svg>
            </li>
        }
    };
    html! {
        <ul class="timer-list" aria-label={Msg::Timers.text(lang)}>{ for timers.iter().map(row) }</ul>
    }
}

/// The full name of a timer.
fn name(kind: TimerKind, lang: Lang) -> &'static str {
    let msg = match kind {
        TimerKind::Retransmission => Msg::TimerRetransmissionLong,
        TimerKind::Persist => Msg::TimerPersistLong,
        TimerKind::TimeWait => Msg::TimerTimeWaitLong,
        TimerKind::UserTimeout => Msg::TimerUserTimeoutLong,
        TimerKind::DelayedAck => Msg::TimerDelayedAckLong,
        TimerKind::Keepalive => Msg::TimerKeepaliveLong,
        TimerKind::FinWait2 => Msg::TimerFinWait2Long,
    };
    msg.in_lang(lang)
}

/// Rounded up to tenths of a second: while it runs, finer digits would only flicker.
fn tenths(left: Duration) -> Duration {
    Duration::from_micros(left.as_micros().div_ceil(100_000) * 100_000)
}
