//! Whatever can be wrong is said in every language, with all that its sentence asks for.

use course::{Lang, errors};
use lab::host::HostId;
use lab::net::{InputError, PacketId};
use lab::predicate::PredicateFault;
use lab::scenario::{Problem, Reason, ScenarioError};
use lab::session_link::{LinkError, LinkNotice};
use lab::{ActionError, ActionFault};
use tcp::time::Duration;

use crate::chinese;

#[track_caller]
fn check(say: impl Fn(Lang) -> String) {
    for lang in Lang::ALL {
        let said = say(lang);
        assert!(!said.is_empty() && !said.contains(['{', '}']), "{said}");
        let has_han = said.chars().any(course::typesetting::is_han);
        assert_eq!(has_han, lang == Lang::ZhHans, "{said}");
        if lang == Lang::ZhHans {
            assert_eq!(chinese::typography(&said), None, "{said}");
        }
    }
}

#[test]
fn every_refused_action_is_told() {
    let segment = PacketId(3);
    let of_the_world = [
        InputError::NoSuchPacket(segment),
        InputError::Held(segment),
        InputError::NotHeld(segment),
        InputError::NothingToSwap(segment),
        InputError::AlreadyCorrupted(segment),
        InputError::NoSuchByte { byte: 9, length: 4 },
        InputError::AlreadyDown(HostId::Client),
        InputError::AlreadyUp(HostId::Server),
        InputError::AlreadyCut,
        InputError::NotCut,
        InputError::NotPerMille(2_000),
        InputError::ReleaseByRule,
        InputError::TooManyRules,
        InputError::NoSuchRule(4),
        InputError::TooLong(Duration::from_secs(100_000)),
        InputError::LinkFull,
    ];
    let others = [
        ActionFault::Malformed("no action".to_owned()),
        ActionFault::NoSocket,
        ActionFault::TooGreat { limit: 7 },
        ActionFault::NoSuchBranch,
        ActionFault::NoSuchChoice,
        ActionFault::NoSuchScenario,
        ActionFault::TooManyBranches,
        ActionFault::TooLong,
    ];
    for reason in of_the_world.into_iter().map(ActionFault::World).chain(others) {
        check(|lang| errors::action(&ActionError::new("segment", reason.clone()), lang));
    }
}

#[test]
fn every_wrong_scenario_is_told_with_its_place() {
    for reason in [
        Reason::Form(Problem::NotJson("expected value".to_owned())),
        Reason::Form(Problem::Malformed("invalid type".to_owned())),
        Reason::Form(Problem::Missing),
        Reason::Form(Problem::UnknownField(None)),
        Reason::Form(Problem::UnknownField(Some("title".to_owned()))),
        Reason::WrongFormat { found: 3 },
        Reason::TooLong { limit: 80 },
        Reason::TooMany { limit: 9 },
        Reason::TooFew { needed: 2 },
        Reason::TooGreat { limit: 7 },
        Reason::NotAnId,
        Reason::Twice,
        Reason::OutOfOrder,
        Reason::Empty,
        Reason::NoSuchChoice,
        Reason::NotScriptable,
        Reason::Predicate(PredicateFault::TooDeep),
        Reason::Predicate(PredicateFault::TooWide),
        Reason::Predicate(PredicateFault::NotAnEvent),
    ] {
        let as_a_whole = ScenarioError { place: String::new(), reason };
        check(|lang| errors::scenario(&as_a_whole, lang));
        let error = ScenarioError { place: "script[3].action".to_owned(), ..as_a_whole };
        check(|lang| errors::scenario(&error, lang));
        assert!(errors::scenario(&error, Lang::En).contains(&error.place));
        let link = LinkError::Scenario(error);
        check(|lang| errors::link(&link, true, lang));
    }
}

#[test]
fn every_link_that_leads_nowhere_is_told() {
    for error in [
        LinkError::TooLong,
        LinkError::WrongVersion,
        LinkError::Damaged,
        LinkError::NoSuchScenario("nowhere".to_owned()),
        LinkError::CannotReplay,
    ] {
        check(|lang| errors::link(&error, false, lang));
    }
    for notice in [LinkNotice::Differs, LinkNotice::CutShort] {
        check(|lang| errors::link_notice(notice, lang));
    }
    check(errors::stopped_early);
}
