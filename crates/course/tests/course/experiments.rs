//! Every experiment is played to its verdict, and every record that comes up is explained.

use std::cell::Cell;
use std::rc::Rc;

use course::experiments;
use course::{Claim, Lang, Notation, QuietEnd, describe, plain, quiet, template};
use lab::action::Action;
use lab::host::Errno;
use lab::net::{Record, Upcoming, Verdict, What};
use lab::scenario::Scenario;
use lab::session::{QuestionState, Session};
use tcp::WhatIf;
use tcp::time::Instant;

use crate::chinese;
use crate::explanations::explain_all;

/// Plays `scenario` for `seconds`. `meddle` is called when the question is asked, with the session.
fn play(scenario: Scenario, seconds: u64, meddle: impl Fn(&mut Session)) -> Session {
    let mut session = Session::new(Rc::new(scenario));
    let end = Instant::from_millis(seconds * 1_000);
    while session.next_at().is_some_and(|at| at <= end) {
        if session.question() == QuestionState::Open {
            meddle(&mut session);
            session.take(&Action::SkipQuestion).expect("a question can always be passed over");
        } else {
            session.take(&Action::Step).expect("a scripted action can be taken");
        }
        assert!(
            session.records().len() < 400,
            "{}: the hosts do not come to rest\n{}",
            session.scenario().id,
            log(&session)
        );
    }
    session.take(&Action::Play { us: end.since(session.now()) }).expect("time can always pass");
    session
}

fn scenario(id: &str) -> Scenario {
    (*experiments::scenario(id).expect("the experiment exists")).clone()
}

fn log(session: &Session) -> String {
    let records = session.records();
    let line =
        |i: usize| format!("{} {}\n", records[i].at, describe(records, i, Notation::Symbolic, Lang::En));
    (0..records.len()).map(line).collect()
}

fn is_done(session: &Session, step: usize) -> Option<bool> {
    let done = session.scenario().steps[step].done.as_ref()?;
    Some(done.holds(session.records(), session.now()))
}

fn right_choice(session: &Session) -> Option<String> {
    match session.question() {
        QuestionState::Judged { right, .. } => Some(right),
        _ => None,
    }
}

/// Plays `id` for ten minutes; the engine must find `right`, and all steps but those in `undone` must be done.
#[track_caller]
fn check(id: &str, right: &str, undone: &[usize], meddle: impl Fn(&mut Session)) {
    let was_asked = Cell::new(false);
    let session = play(scenario(id), 600, |session| {
        was_asked.set(true);
        assert_eq!(right_choice(session), None, "judged before it was asked");
        meddle(session);
    });
    assert!(was_asked.get(), "{id}: never asked\n{}", log(&session));
    assert_eq!(right_choice(&session).as_deref(), Some(right), "{id}\n{}", log(&session));
    for i in 0..session.scenario().steps.len() {
        if let Some(done) = is_done(&session, i) {
            assert_eq!(done, !undone.contains(&i), "{id}: step {i}\n{}", log(&session));
        }
    }
    explain_all(session.records());
}

fn drop_next(session: &mut Session) {
    let Some(Upcoming::Arrival { packet, .. }) = session.next_event() else {
        panic!("a packet is on its way")
    };
    session.take(&Action::Verdict { segment: packet.0, verdict: Verdict::Drop }).expect("it is in flight");
}

#[test]
fn the_handshake_is_first_complete_at_the_client() {
    check("handshake", "client", &[4], |_| {});
}

#[test]
fn after_a_lost_syn_ack_the_client_is_first_to_retransmit() {
    check("lost-syn-ack", "client-syn", &[], drop_next);
}

#[test]
fn two_segments_let_a_stale_request_open_a_connection() {
    check("why-not-two", "opens", &[3], |_| {});
}

#[test]
fn three_segments_let_a_stale_request_do_no_harm() {
    let mut conformant = scenario("why-not-two");
    conformant.hosts.client.settings.what_if = WhatIf::default();
    conformant.hosts.server.settings.what_if = WhatIf::default();
    let session = play(conformant, 60, |_| {});
    assert_eq!(right_choice(&session).as_deref(), Some("returns"), "{}", log(&session));
    assert_eq!(is_done(&session, 3), Some(true));
    explain_all(session.records());
}

#[test]
fn the_passive_closer_is_closed_first() {
    check("four-way-close", "server", &[], |_| {});
}

#[test]
fn a_half_closed_end_still_receives() {
    check("half-close", "accepts", &[], |_| {});
}

#[test]
fn fin_and_ack_in_one_lead_straight_to_time_wait() {
    check("fin-and-ack-in-one", "time-wait", &[], |_| {});
}

#[test]
fn two_fins_that_cross_lead_to_closing() {
    check("simultaneous-close", "closing", &[], |_| {});
}

#[test]
fn a_repeated_fin_restarts_2msl() {
    check("lost-last-ack", "restart", &[], |_| {});
}

#[test]
fn without_time_wait_a_repeated_fin_draws_a_reset_and_old_data_gets_in() {
    check("no-time-wait", "rst", &[5], |_| {});
}

#[test]
fn with_time_wait_the_repeated_fin_is_answered_and_the_port_is_kept() {
    let mut conformant = scenario("no-time-wait");
    conformant.hosts.client.settings.what_if.no_time_wait = false;
    let session = play(conformant, 60, |_| {});
    assert_eq!(right_choice(&session).as_deref(), Some("ack"), "{}", log(&session));
    assert_eq!(is_done(&session, 5), Some(true));
    let refused =
        |record: &Rc<Record>| matches!(&record.what, What::Call { result: Err(Errno::EADDRINUSE), .. });
    assert!(session.records().iter().any(refused));
    explain_all(session.records());
}

#[test]
fn a_restarted_server_answers_old_data_with_a_reset() {
    check("half-open", "resets", &[3], |_| {});
}

#[test]
fn every_experiment_reads_and_has_its_name_and_known_claims() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios");
    let mut files = 0;
    for file in std::fs::read_dir(folder).expect("the folder is there") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("it is a text");
        let scenario = Scenario::from_json(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        assert_eq!(path.file_name().and_then(|name| name.to_str()), Some(&*format!("{}.json", scenario.id)));
        assert!(experiments::is_built_in(&scenario), "{}", scenario.id);
        for id in &scenario.claims {
            assert!(Claim::find(id).is_some(), "{} names {id}", scenario.id);
        }
        for id in &scenario.questions {
            let number = id.strip_prefix('Q').and_then(|n| n.parse().ok());
            assert!(number.is_some_and(|n: u8| (1..=15).contains(&n)), "{} names {id}", scenario.id);
        }
        files += 1;
    }
    let all = experiments::all();
    assert_eq!((all.len(), all[files - 1].id.as_str()), (files, "free"));
}

#[test]
fn every_text_of_an_experiment_is_a_template_without_slots_in_good_chinese() {
    for experiment in experiments::all() {
        let scenario = (*experiment).clone();
        let mut texts = vec![scenario.title, scenario.goal];
        texts.extend(scenario.steps.into_iter().map(|step| step.text));
        if let Some(question) = scenario.question {
            texts.extend([question.prompt, question.after]);
            texts.extend(question.choices.into_iter().map(|choice| choice.text));
        }
        for text in texts {
            let [zh, en] = Lang::ALL.map(|lang| lang.pick(&text));
            for part in [zh, en] {
                assert!(
                    template::slots(part, false).is_ok_and(|slots| slots.is_empty()),
                    "{}: {part}",
                    experiment.id
                );
            }
            assert_eq!(chinese::fault(zh), None, "{}: {zh}", experiment.id);
        }
    }
}

#[test]
fn a_quiet_moment_says_who_waits_for_what() {
    let session = play(scenario("four-way-close"), 10, |_| {});
    let ends: Vec<_> = session
        .world()
        .hosts()
        .iter()
        .map(|host| {
            let connection =
                host.sockets().filter_map(|socket| socket.tcb()).find(|tcb| tcb.remote.is_specified());
            let listener = host.sockets().find_map(|socket| socket.tcb());
            QuietEnd { host: host.id(), tcb: connection.or(listener).expect("each host has a socket") }
        })
        .collect();
    let texts = |lang| quiet(&ends, session.now(), lang).iter().map(|spans| plain(spans)).collect::<Vec<_>>();
    let zh = texts(Lang::ZhHans);
    assert_eq!(
        zh[0],
        "客户端处于 TIME-WAIT（时间等待）：两个方向都已释放，再等 2MSL，让本连接的所有报文段从网络中消失。2MSL 计时器在 232.1 秒后到时。到时就撤销 TCB，进入关闭。"
    );
    let en = texts(Lang::En);
    assert_eq!(
        en[0],
        "The client is in TIME-WAIT. Both directions are released; it waits 2MSL, until every segment of the \
         connection has died out. Its 2MSL timer expires in 232.1 s. When it expires, the TCB is deleted and the \
         end is closed."
    );
    assert!(zh.iter().all(|text| chinese::fault(text).is_none()), "{zh:?}");
}
