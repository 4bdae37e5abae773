//! One more event costs the same after a long run as after a short one.
#![expect(clippy::disallowed_methods, reason = "it is real time that is measured, in ratios")]

use std::time::{Duration, Instant};

use lab::{Action, Session};

use crate::kit::session;

/// Within every limit of a file: sixteen counts of what is lost, on a link that loses half of everything.
fn many_losses() -> Session {
    let config = r#"{"rto_initial_us":5000,"rto_min_us":5000,"rto_max_us":5000,"data_retries":255,
        "syn_retries":255,"congestion_control":false}"#;
    let send = |i: u32| {
        let at = 100_000 * (i + 1);
        format!(r#"{{"at_us":{at},"action":{{"type":"send","host":"client","bytes":60000}}}}"#)
    };
    let sends: Vec<_> = (0..200).map(send).collect();
    let losses = [r#"{"type":"segment_dropped","host":"client","nth":4294967295}"#; 16].join(",");
    let words = r#"{"zh-Hans":"字","en":"w"}"#;
    session(&format!(
        r#"{{"format":1,"id":"q","title":{words},"goal":{words},
        "hosts":{{"client":{{"settings":{{"config":{config}}}}},
            "server":{{"program":"sink","settings":{{"config":{config}}}}}}},
        "link":{{"latency_us":[1000,1000],"loss_per_mille":[500,500]}},
        "script":[{{"at_us":1,"action":{{"type":"connect","host":"client"}}}},{}],
        "question":{{"ask_before":{{"type":"once","holds":{{"type":"any","of":[{losses}]}}}},"prompt":{words},
            "choices":[{{"id":"a","text":{words}}},{{"id":"b","text":{words}}}],
            "judge_when":{{"type":"time","at_us":1125899906842624}},
            "verdict":[{{"choice":"a","when":{{"type":"time","at_us":0}}}}],"after":{words}}}}}"#,
        sends.join(",")
    ))
}

/// Takes `action` until the session has `ticks` ticks; how long the quickest of every 20 took, for each tick.
fn per_tick(session: &mut Session, action: &str, ticks: usize) -> Vec<Duration> {
    let action = Action::from_json(action).expect("an action");
    let mut times = Vec::new();
    while session.ticks() < ticks {
        let (before, started) = (session.ticks(), Instant::now());
        session.take(&action).expect("it can be taken");
        let new = session.ticks() - before;
        if new > 0 {
            times.push(started.elapsed() / new as u32);
        }
        assert!(!session.is_idle(), "nothing happens any more, after {before} ticks");
    }
    times.chunks(20).filter_map(|some| some.iter().min().copied()).collect()
}

/// The last part of a run is not much slower than the first.
#[track_caller]
fn check_even(times: &[Duration]) {
    let quarter = times.len() / 4;
    let quickest = |times: &[Duration]| times.iter().min().copied().expect("there are some");
    let (first, last) = (quickest(&times[..quarter]), quickest(&times[times.len() - quarter..]));
    println!("{first:?} an event at first, {last:?} at last");
    assert!(last < first * 3, "{first:?} an event at first, {last:?} at last");
}

#[test]
fn predicates_are_not_read_again() {
    check_even(&per_tick(&mut many_losses(), r#"{"type":"play","us":20000}"#, 10_000));
}
