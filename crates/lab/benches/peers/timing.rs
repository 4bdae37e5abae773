//! Timing without a framework: warm-up, rounds in turns, medians.
#![expect(
    clippy::disallowed_methods,
    reason = "the ban keeps clocks out of replays; measuring is what this is for"
)]

use std::fmt;
use std::time::{Duration, Instant};

/// How many rounds are run before measuring, while caches, the allocator and the processor's clock settle.
const WARM_UP_ROUNDS: usize = 5;

/// A stopwatch.
pub(crate) struct Watch(Instant);

impl Watch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The time that `work` takes.
pub(crate) fn time(work: impl FnOnce()) -> Duration {
    let watch = Watch::start();
    work();
    watch.elapsed()
}

/// Two pieces of work, timed in turns.
pub(crate) struct Comparison {
    /// The median time of one, and of the other.
    pub(crate) ours: Duration,
    pub(crate) theirs: Duration,
    /// The median of the ratios of the rounds, and the quartiles around it.
    pub(crate) ratio: f64,
    quartiles: [f64; 2],
}

impl Comparison {
    /// The times of one piece of work, if each round did `pieces` of them.
    pub(crate) fn per(self, pieces: u32) -> Self {
        Self { ours: self.ours / pieces, theirs: self.theirs / pieces, ..self }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [low, high] = self.quartiles;
        write!(f, "{:.2} ({low:.2}..{high:.2})", self.ratio)
    }
}

/// Runs both in turns. The two rounds of a ratio follow each other directly, so that a busy machine slows both. Which
/// one goes first alternates.
pub(crate) fn compare(rounds: usize, mut ours: impl FnMut(), mut theirs: impl FnMut()) -> Comparison {
    let (mut of_ours, mut of_theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..WARM_UP_ROUNDS + rounds {
        let (a, b) = if round % 2 == 0 {
            let a = time(&mut ours);
            (a, time(&mut theirs))
        } else {
            let b = time(&mut theirs);
            (time(&mut ours), b)
        };
        if round >= WARM_UP_ROUNDS {
            of_ours.push(a);
            of_theirs.push(b);
            ratios.push(a.as_secs_f64() / b.as_secs_f64());
        }
    }
    ratios.sort_by(f64::total_cmp);
    let at = |quarter: usize| ratios[(ratios.len() - 1) * quarter / 4];
    Comparison {
        ours: median(&mut of_ours),
        theirs: median(&mut of_theirs),
        ratio: at(2),
        quartiles: [at(1), at(3)],
    }
}

/// The median. Sorts the values.
pub(crate) fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Three digits and a unit.
pub(crate) fn pretty(time: Duration) -> String {
    let nanos = time.as_secs_f64() * 1e9;
    let (value, unit) = match nanos {
        n if n < 1e3 => (n, "ns"),
        n if n < 1e6 => (n / 1e3, "us"),
        n if n < 1e9 => (n / 1e6, "ms"),
        n => (n / 1e9, "s"),
    };
    let digits = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    format!("{value:.digits$} {unit}")
}
