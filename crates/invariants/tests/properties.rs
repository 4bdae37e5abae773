//! Short runs of the fuzz targets' functions, with bytes from seeds instead of a fuzzer. `fuzz/` runs them for as long
//! as you like.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::path::Path;

use course::experiments;
use invariants::{boundary, hosts, link, packet, question, receive, story};
use lab::{Action, Session};
use tcp::Rule;
use tcp::rng::Rng;

fn any_bytes(rng: &mut Rng, most: u32) -> Vec<u8> {
    let count = rng.below(most);
    (0..count).map(|_| rng.below(256) as u8).collect()
}

#[test]
fn any_packet_in_any_state() {
    for seed in 0..20_000 {
        packet::check(&any_bytes(&mut Rng::new(seed), 120));
    }
}

#[test]
fn any_story_of_one_end() {
    let mut fired = BTreeSet::new();
    for seed in 0..4_000 {
        fired.extend(story::check(&any_bytes(&mut Rng::new(seed), 900)));
    }
    let missed: Vec<_> =
        Rule::ALL.iter().copied().filter(|rule| !fired.contains(rule) && !NEED_LUCK.contains(rule)).collect();
    assert_eq!(missed, NEED_A_HOST, "what the stories do not reach");
}

/// Rules that only a host can fire, since only a host knows that the backlog is full.
const NEED_A_HOST: [Rule; 3] = [Rule::ListenBacklogFull, Rule::ListenSynCookie, Rule::ListenRcvCookie];

/// Rules that need several matching events in a row. Seeds hardly find these; a fuzzer does, so the corpus has them.
const NEED_LUCK: [Rule; 4] =
    [Rule::ChallengeLimited, Rule::FastRetransmit, Rule::SackRepeatsHole, Rule::KeepaliveExhausted];

#[test]
fn any_packet_to_a_host() {
    for seed in 0..600 {
        receive::check(&any_bytes(&mut Rng::new(seed), 400));
    }
}

#[test]
fn anything_a_learner_does_to_two_hosts() {
    for seed in 0..300 {
        let data = any_bytes(&mut Rng::new(seed), 500);
        hosts::check(&data);
        hosts::check_capture(&data);
    }
}

#[test]
fn any_experiment_with_a_question() {
    for seed in 0..300 {
        question::check(&any_bytes(&mut Rng::new(seed), 400));
    }
}

#[test]
fn any_json_from_outside() {
    let texts = [r#"{"type":"connect"}"#, "1e999", "[[]]", r#""\ud800""#, r#"{"of":1,"of":2}"#, "-0"];
    for (kind, text) in (0..=255_u8).flat_map(|kind| texts.map(|text| (kind, text))) {
        boundary::check(&[&[kind], text.as_bytes()].concat());
    }
}

/// Links of real sessions with a few changed bytes and a correct checksum.
#[test]
fn any_link() {
    for (seed, experiment) in (0..).zip(experiments::all()) {
        let mut rng = Rng::new(seed);
        let mut session = Session::new(experiment);
        let play = Action::from_json(r#"{"type":"play","us":400000}"#).expect("the action is valid");
        session.take(&play).expect("time can pass");
        let body = link::body_of(&session.to_link(true));
        for _ in 0..60 {
            let mut bytes = body.clone().into_bytes();
            for _ in 0..=rng.below(3) {
                let at = rng.below(bytes.len() as u32) as usize;
                bytes[at] = b' ' + rng.below(95) as u8;
            }
            link::check(&[&[1], &bytes[..]].concat());
        }
    }
}

/// Inputs with which a fuzzer has found faults, and inputs that reach most code. The tests of packetdrill read the
/// scripts of the corpus.
#[test]
fn the_corpus() {
    let mut fired = BTreeSet::new();
    for_each_input("packet", packet::check);
    for_each_input("story", |data| fired.extend(story::check(data)));
    for_each_input("link", link::check);
    for_each_input("receive", receive::check);
    for_each_input("hosts", hosts::check);
    for_each_input("capture", hosts::check_capture);
    for_each_input("question", question::check);
    for_each_input("boundary", boundary::check);
    for_each_input("texts", boundary::check_texts);
    let missed: Vec<_> = Rule::ALL.iter().copied().filter(|rule| !fired.contains(rule)).collect();
    assert_eq!(missed, NEED_A_HOST, "what the stories of the corpus do not reach");
}

fn for_each_input(target: &str, mut check: impl FnMut(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut count = 0;
    for input in std::fs::read_dir(folder).expect("every target has a corpus") {
        let path = input.expect("the folder is readable").path();
        check(&std::fs::read(&path).expect("the file is readable"));
        count += 1;
    }
    assert!(count > 0, "{target} has no corpus");
}
