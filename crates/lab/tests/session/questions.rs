//! The question: asked before the decisive event, judged by the engine after it.

use course::experiments;
use lab::{Action, QuestionState, Session, Snapshot};
use tcp::time::Instant;

use crate::kit::take;

/// The SYN,ACK is about to arrive, at 300 ms.
fn handshake() -> Session {
    Session::new(experiments::scenario("handshake").expect("it is built in"))
}

const PLAY: &str = r#"{"type":"play","us":60000000}"#;

#[test]
fn play_halts_at_the_question_until_it_is_answered_or_passed_over() {
    let asked = take(&handshake(), &[PLAY]);
    assert_eq!(asked.question(), QuestionState::Open);
    assert_eq!(asked.now(), Instant::from_millis(300));
    let again = take(&asked, &[PLAY]);
    assert_eq!(Snapshot::of(&again), Snapshot::of(&asked), "the question is still open");
    for way_on in [r#"{"type":"answer","choice":"server"}"#, r#"{"type":"skip_question"}"#] {
        let waiting = take(&asked, &[way_on]);
        let chosen = waiting.answer().map(str::to_owned);
        let expect = QuestionState::Waiting { chosen: chosen.clone() };
        assert_eq!((waiting.question(), waiting.tick()), (expect, asked.tick()));
        let judged = take(&waiting, &[PLAY]);
        assert_eq!(judged.question(), QuestionState::Judged { chosen, right: "client".to_owned() });
    }
}

#[test]
fn a_step_goes_past_an_open_question_and_a_jump_does_not_go_over_it() {
    let asked = take(&handshake(), &[PLAY]);
    assert_eq!(take(&asked, &[r#"{"type":"step"}"#]).tick(), asked.tick() + 1);
    let mut session = handshake();
    while session.question() != QuestionState::Open {
        assert!(session.tick() < asked.tick(), "jumped over the question");
        session = session.apply(&Action::Jump).expect("a jump");
    }
    assert_eq!(session.fingerprint(), asked.fingerprint());
    assert_eq!(take(&session, &[r#"{"type":"jump"}"#]).tick(), asked.tick() + 1);
}

#[test]
fn what_is_done_while_the_question_is_open_happens_then_and_there() {
    let asked = take(&handshake(), &[PLAY]);
    let segment = asked.world().link().in_flight()[0].id.0;
    let dropped = take(&asked, &[&format!(r#"{{"type":"drop","segment":{segment}}}"#)]);
    assert_eq!(dropped.records().last().expect("the verdict").at, asked.now());
    assert_eq!(dropped.world().now(), dropped.now());
    assert_ne!(dropped.question(), QuestionState::Open, "what the question is about is gone");
}

#[test]
fn the_question_comes_again_when_its_moment_does() {
    let asked = take(&handshake(), &[PLAY]);
    let past = take(&asked, &[r#"{"type":"step"}"#, r#"{"type":"seek","tick":0}"#]);
    assert_eq!(past.question(), QuestionState::Ahead);
    assert_eq!(take(&past, &[PLAY]).question(), QuestionState::Open);
    let skipped = take(&asked, &[r#"{"type":"skip_question"}"#, r#"{"type":"seek","tick":0}"#, PLAY]);
    assert!(matches!(skipped.question(), QuestionState::Judged { chosen: None, .. }), "once is enough");
}

#[test]
fn an_answer_and_a_pass_travel_with_the_link() {
    let asked = take(&handshake(), &[PLAY]);
    for way_on in [r#"{"type":"answer","choice":"server"}"#, r#"{"type":"skip_question"}"#] {
        let waiting = take(&asked, &[way_on]);
        let opened = Session::from_link(&waiting.to_link(true), experiments::scenario).expect("it opens");
        assert_eq!((opened.question(), opened.answer()), (waiting.question(), waiting.answer()));
        assert_eq!(opened.now(), waiting.now());
    }
}

#[test]
fn every_experiment_halts_at_its_question() {
    for experiment in experiments::all() {
        if experiment.question.is_none() {
            continue;
        }
        let session = take(&Session::new(experiment.clone()), &[r#"{"type":"play","us":600000000}"#]);
        assert_eq!(session.question(), QuestionState::Open, "{}", experiment.id);
    }
}
