//! Takes any bytes for an experiment with a question, and for a long run of it.

use std::rc::Rc;
use std::time::{Duration, Instant};

use lab::host::HostId;
use lab::{Action, QuestionState, Scenario, Session};
use tcp::State;

use super::bytes_as::Choices;

/// However a question is put together, a run of thousands of events must not take longer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How deep predicates are put into each other here; the reader refuses those that are deeper than it likes.
const MOST_DEPTH: u32 = 6;

/// Builds the experiment, and if it is one, runs it, answers, and looks back.
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is checked")]
pub fn check(data: &[u8]) {
    let mut choices = Choices(data);
    let Ok(scenario) = Scenario::from_json(&scenario(&mut choices)) else { return };
    let start = Instant::now();
    let mut session = Session::new(Rc::new(scenario));
    for _ in 0..60 {
        let us = u64::from(choices.u16()) * 1_000;
        let action = match choices.byte() % 8 {
            0 => Action::Answer { choice: ["a", "b", "c"][usize::from(choices.byte()) % 3].to_owned() },
            1 => Action::SkipQuestion,
            2 | 3 => Action::Step,
            4 => Action::Jump,
            _ => Action::Play { us: tcp::time::Duration::from_micros(us) },
        };
        let _ = session.take(&action);
        if let QuestionState::Judged { right, .. } = session.question() {
            assert!(["a", "b"].contains(&&*right), "{right} is no choice");
        }
    }
    let took = start.elapsed();
    assert!(took < PATIENCE, "{took:?} for {} events", session.ticks());
}

fn scenario(choices: &mut Choices<'_>) -> String {
    let ask = match choices.byte() % 3 {
        0 => format!(r#"{{"type":"timer","host":"{}","kind":"retransmission"}}"#, host(choices)),
        _ => format!(r#"{{"type":"arrival","to":"{}","control":"{}"}}"#, host(choices), control(choices)),
    };
    let (when, a, b) = (predicate(choices, 0), predicate(choices, 0), predicate(choices, 0));
    let (program, bytes) = (choices.pick(&["echo", "sink", "never-closes"]), u32::from(choices.u16()));
    format!(
        r#"{{"format":1,"id":"own","title":{{"en":"T","zh-Hans":"题"}},"goal":{{"en":"G","zh-Hans":"的"}},
        "hosts":{{"server":{{"program":"{program}"}}}},
        "script":[{{"at_us":0,"action":{{"type":"connect","host":"client"}}}},
                  {{"at_us":900000,"action":{{"type":"send","host":"client","bytes":{bytes}}}}},
                  {{"at_us":9000000,"action":{{"type":"close","host":"client"}}}}],
        "steps":[{{"text":{{"en":"S","zh-Hans":"步"}},"done":{when}}}],
        "question":{{"ask_before":{ask},"prompt":{{"en":"P","zh-Hans":"问"}},
          "choices":[{{"id":"a","text":{{"en":"A","zh-Hans":"甲"}}}},{{"id":"b","text":{{"en":"B","zh-Hans":"乙"}}}}],
          "judge_when":{when},"verdict":[{{"choice":"a","when":{a}}},{{"choice":"b","when":{b}}}],
          "after":{{"en":"E","zh-Hans":"后"}}}}}}"#
    )
}

fn host(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(&HostId::ALL).name()
}

fn control(choices: &mut Choices<'_>) -> &'static str {
    choices.pick(&["SYN", "SYN,ACK", "ACK", "FIN,ACK", "RST", "PSH,ACK"])
}

fn predicate(choices: &mut Choices<'_>, depth: u32) -> String {
    let (at, times) = (host(choices), 1 + choices.byte() % 40);
    let state = choices.pick(State::ALL).name();
    let sort = choices.byte() % if depth < MOST_DEPTH { 13 } else { 9 };
    match sort {
        0 => format!(r#"{{"type":"state","host":"{at}","state":"{state}"}}"#),
        1 => format!(r#"{{"type":"entered","host":"{at}","state":"{state}","times":{times}}}"#),
        2..=4 => {
            let kind = ["segment_sent", "segment_arrived", "segment_dropped"][usize::from(sort) - 2];
            format!(r#"{{"type":"{kind}","host":"{at}","control":"{}","nth":{times}}}"#, control(choices))
        }
        5 => format!(r#"{{"type":"timer_fired","host":"{at}","kind":"retransmission","times":{times}}}"#),
        6 => format!(r#"{{"type":"bytes_delivered","host":"{at}","at_least":{}}}"#, choices.u16()),
        7 => format!(r#"{{"type":"crashed","host":"{at}"}}"#),
        8 => format!(r#"{{"type":"time","at_us":{}}}"#, u32::from(choices.u16()) * 1_000),
        9 | 10 => {
            let of: Vec<_> = (0..choices.byte() % 5).map(|_| predicate(choices, depth + 1)).collect();
            format!(r#"{{"type":"{}","of":[{}]}}"#, ["all", "any"][usize::from(sort) - 9], of.join(","))
        }
        11 => format!(r#"{{"type":"not","of":{}}}"#, predicate(choices, depth + 1)),
        _ => {
            let (first, then) = (predicate(choices, depth + 1), predicate(choices, depth + 1));
            format!(r#"{{"type":"before","first":{first},"then":{then}}}"#)
        }
    }
}
