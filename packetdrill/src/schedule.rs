//! The times of events, and by how much the time of a packet may differ.

use crate::script::{Script, Time};

/// By how many microseconds the time of a packet may differ, unless the script sets it.
const DEFAULT_TOLERANCE: u64 = 4_000;
/// The same, in thousandths of the time since the previous event.
const DEFAULT_PER_MILLE: u64 = 125;

/// By how much the time of a packet may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tolerance {
    micros: u64,
    per_mille: u64,
    /// The length of a tick of the timestamp clock in microseconds. None: the clock is not compared.
    clock_tick: Option<u64>,
}

/// The time span in which a packet may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: u64,
    pub(crate) to: u64,
}

impl Tolerance {
    /// The tolerance set by the options of `script`. Err if one of them is no number.
    pub(crate) fn of(script: &Script) -> Result<Self, String> {
        let mut tolerance =
            Self { micros: DEFAULT_TOLERANCE, per_mille: DEFAULT_PER_MILLE, clock_tick: None };
        for option in &script.options {
            let value = &option.value;
            match option.name.as_str() {
                "tolerance_usecs" => {
                    tolerance.micros = value.parse().map_err(|_| format!("`{value}` is no tolerance"))?;
                }
                "tolerance_percent" => {
                    tolerance.per_mille =
                        per_mille(value).ok_or_else(|| format!("`{value}` is no tolerance"))?;
                }
                "tcp_ts_tick_usecs" => {
                    let tick: u64 = value.parse().map_err(|_| format!("`{value}` is no tick"))?;
                    tolerance.clock_tick = Some(tick).filter(|tick| *tick > 0);
                }
                _ => {}
            }
        }
        Ok(tolerance)
    }

    /// The same, but never less than `micros` microseconds.
    #[cfg(feature = "linux")]
    pub(crate) fn at_least(self, micros: u64) -> Self {
        Self { micros: self.micros.max(micros), ..self }
    }

    /// By how much the time of a packet may differ from `expected`, if the previous event was at `previous`.
    pub(crate) fn around(self, expected: u64, previous: u64) -> u64 {
        self.micros.max(expected.saturating_sub(previous).saturating_mul(self.per_mille) / 1_000)
    }

    /// The latest wrong time before a packet that is due from `start` to `end`: an event with this time must not accept
    /// the packet. None if there is no time so early.
    pub(crate) fn before(self, start: u64, end: u64) -> Option<u64> {
        let earliest = start.checked_sub(self.around(end, 0))?;
        // The tolerance at an earlier time is never larger.
        earliest.checked_sub(self.around(earliest, 0) + 1)
    }

    /// A wrong time after a packet that is due by `end`: an event with this time must not accept the packet. None if
    /// every time is tolerated.
    pub(crate) fn beyond(self, end: u64) -> Option<u64> {
        let latest = end.saturating_add(self.around(end, 0)).saturating_add(1);
        let rest = 1_000_u64.checked_sub(self.per_mille).filter(|rest| *rest > 0)?;
        Some((latest + self.micros).max((latest + 1).saturating_mul(1_000) / rest + 1))
    }

    /// By how many ticks the stack's timestamp clock may differ from the script's.
    pub(crate) fn clock_ticks(self) -> u32 {
        self.clock_tick.map_or(u32::MAX, |tick| u32::try_from(self.micros / tick).unwrap_or(u32::MAX))
    }

    /// The time span in which the packet of an event with the time `time` may come.
    pub(crate) fn span(self, time: Time, previous: u64) -> Span {
        let between = |start: u64, end: u64| {
            let slack = self.around(end, previous);
            Span { from: start.saturating_sub(slack), to: end.saturating_add(slack) }
        };
        match time {
            Time::Any => Span { from: 0, to: u64::MAX },
            Time::Absolute(at) => between(at, at),
            Time::Relative(after) => between(previous + after, previous + after),
            Time::AbsoluteRange(start, end) => between(start, end),
            Time::RelativeRange(start, end) => between(previous + start, previous + end),
        }
    }
}

/// `12.5` in thousandths.
fn per_mille(percent: &str) -> Option<u64> {
    let (whole, tenths) = percent.split_once('.').unwrap_or((percent, "0"));
    let tenth = tenths.get(..1)?.parse::<u64>().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(10)?.checked_add(tenth)
}

/// The time at which the runner itself does something, such as a call.
pub(crate) const fn moment(time: Time, previous: u64) -> u64 {
    match time {
        Time::Absolute(at) | Time::AbsoluteRange(at, _) => at,
        Time::Relative(after) | Time::RelativeRange(after, _) => previous.saturating_add(after),
        Time::Any => previous,
    }
}

/// A time in seconds, as in scripts.
pub(crate) fn seconds(micros: u64) -> String {
    format!("{}.{:06} s", micros / 1_000_000, micros % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerance_is_the_greater_of_two() {
        let tolerance = Tolerance { micros: 4_000, per_mille: 125, clock_tick: None };
        assert_eq!(tolerance.span(Time::Relative(1_000), 50_000), Span { from: 47_000, to: 55_000 });
        assert_eq!(tolerance.span(Time::Absolute(1_000_000), 0), Span { from: 875_000, to: 1_125_000 });
        assert_eq!(tolerance.span(Time::AbsoluteRange(8_000, 9_000), 0), Span { from: 4_000, to: 13_000 });
    }

    #[test]
    fn before_and_beyond_are_just_outside() {
        let tolerance = Tolerance { micros: 4_000, per_mille: 125, clock_tick: None };
        for due in [9_000, 100_000, 1_000_000] {
            let span = tolerance.span(Time::Relative(due), 0);
            let early = tolerance.before(due, due).map(|at| tolerance.span(Time::Relative(at), 0).to);
            let late = tolerance.beyond(due).map(|at| tolerance.span(Time::Relative(at), 0).from);
            assert!(early.is_some_and(|early| early < span.from), "{early:?} {span:?}");
            assert!(
                late.is_some_and(|late| late > span.to && late < span.to + span.to / 4),
                "{late:?} {span:?}"
            );
        }
        assert_eq!(tolerance.before(8_000, 8_000), None);
    }

    #[test]
    fn percent_may_have_a_tenth() {
        assert_eq!(["0", "12.5", "20"].map(per_mille), [Some(0), Some(125), Some(200)]);
        assert_eq!(per_mille("many"), None);
    }
}
