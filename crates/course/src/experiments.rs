//! The guided experiments and the free lab: the files in `scenarios/`, built in.

use std::rc::Rc;

use lab::scenario::Scenario;

/// Every file, see `build.rs`.
const FILES: &[&str] = include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

thread_local! {
    static ALL: Vec<Rc<Scenario>> = {
        let read = |file: &&str| Scenario::from_json(file).unwrap_or_else(|error| panic!("{error}"));
        let mut all: Vec<_> = FILES.iter().map(read).map(Rc::new).collect();
        all.sort_by_key(|scenario| (scenario.order.unwrap_or(u32::MAX), scenario.id.clone()));
        all
    };
}

/// Every experiment, in the order of the list; the free lab comes last.
///
/// # Panics
/// Never: a test reads every file that is built in.
#[must_use]
pub fn all() -> Vec<Rc<Scenario>> {
    ALL.with(Clone::clone)
}

/// The experiment of this id.
#[must_use]
pub fn scenario(id: &str) -> Option<Rc<Scenario>> {
    ALL.with(|all| all.iter().find(|scenario| scenario.id == id).cloned())
}

/// The scenario is a built-in one: its id says all.
#[must_use]
pub fn is_built_in(scenario: &Scenario) -> bool {
    self::scenario(&scenario.id).is_some_and(|built_in| *built_in == *scenario)
}
