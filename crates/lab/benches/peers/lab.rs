//! The cost of what the lab adds to the stack: a run of 10,000 events in which one can go to any moment.

use std::fs;
use std::hint::black_box;
use std::rc::Rc;
use std::time::Duration;

use lab::{Action, Scenario, Session};
use tcp::rng::Rng;

use crate::timing::{compare, median, pretty, time};
use crate::{Verdict, row};

const EVENTS: usize = 10_000;
const SEEKS: usize = 1_000;
/// How often each moment is sought. The median counts, so that an interruption does not look like a slow moment.
const SEEKS_A_PLACE: usize = 3;
const SEEK_BUDGET: Duration = Duration::from_millis(16);
const MEMORY_BUDGET_KB: u64 = 32 * 1_024;
/// How much memory one record may take, with its share of everything else that is kept.
const RECORD_BUDGET_BYTES: u64 = 2_048;
/// The limit for "does not grow". It leaves room for the effect of a larger run on the caches.
const GROWTH_BUDGET: f64 = 1.25;
/// The length of the short session to which the long one is compared.
const FEW_EVENTS: usize = 200;
const STEPS_A_ROUND: u32 = 50;
const GROWTH_ROUNDS: usize = 101;

/// A server that reads; the client does what the actions say.
const SCENARIO: &str = r#"{
    "format": 1, "id": "bench", "title": {"zh-Hans": "测", "en": "Bench"}, "goal": {"zh-Hans": "无", "en": "None"},
    "hosts": {"server": {"program": "sink"}}
}"#;

/// One connection: opened, used, closed, and its TIME-WAIT waited for.
const CONNECTION: [&str; 6] = [
    r#"{"type":"connect","host":"client"}"#,
    r#"{"type":"play","us":1000000}"#,
    r#"{"type":"send","host":"client","bytes":1024}"#,
    r#"{"type":"play","us":1000000}"#,
    r#"{"type":"close","host":"client"}"#,
    r#"{"type":"play","us":300000000}"#,
];

/// A run of at least `events` events. The next event is the arrival of a SYN.
fn run_of(events: usize) -> Session {
    let scenario = Scenario::from_json(SCENARIO).expect("the scenario is valid");
    let actions = CONNECTION.map(|action| Action::from_json(action).expect("the action is valid"));
    let mut session = Session::new(Rc::new(scenario));
    while session.ticks() < events {
        for action in &actions {
            session.take(action).expect("the action can be taken");
        }
    }
    session.take(&actions[0]).expect("the client can connect");
    assert!(!session.is_idle(), "the SYN is on its way");
    session
}

/// The memory of a run: the difference of the process's memory before and after.
pub(crate) fn memory() {
    let what = format!("memory of a run of {EVENTS} events");
    // A short run first, so that memory that is allocated only once does not count.
    drop(black_box(run_of(FEW_EVENTS)));
    let before = status("VmRSS:");
    let session = run_of(EVENTS);
    let (after, peak) = (status("VmRSS:"), status("VmHWM:"));
    let (Some(before), Some(after), Some(peak)) = (before, after, peak) else {
        row(&what, "not measured", "needs /proc/self/status", "", Verdict::Told);
        return;
    };
    let kilobytes = after.saturating_sub(before);
    let (ticks, records) = (session.ticks() as u64, session.all_records().len() as u64);
    let budget = MEMORY_BUDGET_KB / 1_024;
    row(
        &what,
        &format!("{:.1} MB ({} B an event)", kilobytes as f64 / 1_024.0, kilobytes * 1_024 / ticks),
        &format!("{ticks} events; peak {:.1} MB", peak.saturating_sub(before) as f64 / 1_024.0),
        &format!("{:.2} of {budget} MB", kilobytes as f64 / MEMORY_BUDGET_KB as f64),
        Verdict::of(kilobytes <= MEMORY_BUDGET_KB),
    );
    let bytes = kilobytes * 1_024 / records;
    row(
        "memory of one record, everything counted",
        &format!("{bytes} B"),
        &format!("{records} records"),
        &format!("{:.2} of {RECORD_BUDGET_BYTES} B", bytes as f64 / RECORD_BUDGET_BYTES as f64),
        Verdict::of(bytes <= RECORD_BUDGET_BYTES),
    );
}

/// A line of /proc/self/status, in KB. None if there is no such file.
fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// Going to any moment of a long run, compared with replaying the whole run.
pub(crate) fn seek() {
    let session = run_of(EVENTS);
    let mut rng = Rng::new(1);
    let ticks = session.ticks() as u64;
    let places = (0..SEEKS).map(|_| rng.below(ticks as u32 + 1));
    let mut sought: Vec<_> = places.map(|tick| seek_to(&session, tick, |_| ())).collect();
    let typical = median(&mut sought);
    let worst = sought.last().copied().unwrap_or_default();

    let start = session.apply(&Action::Seek { tick: Some(0), at_us: None }).expect("tick 0 exists");
    let mut replays: Vec<_> = (0..5)
        .map(|_| {
            let mut copy = start.clone();
            time(|| {
                for _ in 0..ticks {
                    copy.take(&Action::Step).expect("a step can be made");
                }
            })
        })
        .collect();
    let replay = median(&mut replays);
    row(
        &format!("seek anywhere in {EVENTS} events"),
        &format!("{}, worst {}", pretty(typical), pretty(worst)),
        &format!("replay from the start {}", pretty(replay)),
        &format!(
            "1/{:.0} of it; worst within {}",
            replay.as_secs_f64() / typical.as_secs_f64(),
            pretty(SEEK_BUDGET)
        ),
        Verdict::of(worst <= SEEK_BUDGET),
    );

    let drawn = seek_to(&session, ticks as u32, |session| {
        black_box(session.trace());
    });
    row(
        "seek to the end, with all that the ladder draws",
        &pretty(drawn),
        &format!("seek alone {}", pretty(seek_to(&session, ticks as u32, |_| ()))),
        &format!("within {}", pretty(SEEK_BUDGET)),
        Verdict::of(drawn <= SEEK_BUDGET),
    );
}

/// How long it takes to go to `tick` and to act there.
fn seek_to(session: &Session, tick: u32, then: impl Fn(&Session)) -> Duration {
    let action = Action::Seek { tick: Some(tick), at_us: None };
    let mut times: Vec<_> = (0..SEEKS_A_PLACE)
        .map(|_| {
            time(|| {
                let sought = session.apply(black_box(&action)).expect("the tick exists");
                then(&sought);
                black_box(sought);
            })
        })
        .collect();
    median(&mut times)
}

/// One more event at the end of a long run and of a short one. As on the page, the session before it is kept.
pub(crate) fn growth() {
    let (long, short) = (run_of(EVENTS), run_of(FEW_EVENTS));
    let steps = |session: &Session| {
        for _ in 0..STEPS_A_ROUND {
            black_box(session.apply(black_box(&Action::Step)).expect("a step can be made"));
        }
    };
    let compared = compare(GROWTH_ROUNDS, || steps(&long), || steps(&short)).per(STEPS_A_ROUND);
    row(
        &format!("one more event after {EVENTS}"),
        &pretty(compared.ours),
        &format!("after {FEW_EVENTS}: {}", pretty(compared.theirs)),
        &format!("{compared}, goal <= {GROWTH_BUDGET}"),
        Verdict::of(compared.ratio <= GROWTH_BUDGET),
    );
}
