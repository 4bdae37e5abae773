//! What is wrong with what a reader did or brought, said in the reader's language. The words are in `texts/*/errors.json`.

use std::fmt::Display;

use serde::Serialize;
use serde_variant::to_variant_name;
use strum::VariantArray;

use crate::template::filled;
use crate::{Lang, text};
use lab::net::InputError;
use lab::predicate::PredicateFault;
use lab::scenario::{FORMAT, Problem, Reason, ScenarioError};
use lab::session_link::{LinkError, LinkNotice};
use lab::{ActionError, ActionFault};

/// A sentence, or the part of one, about something that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is documented by its text")]
pub enum ErrorMsg {
    NotDone,
    NoSocket,
    ActionMalformed,
    ActionTooGreat,
    NoSuchBranch,
    NoSuchChoice,
    NoSuchExperiment,
    TooManyBranches,
    RunTooLong,
    NoSuchSegment,
    Held,
    NotHeld,
    NothingToSwap,
    AlreadyCorrupted,
    NoSuchByte,
    AlreadyDown,
    AlreadyUp,
    AlreadyCut,
    NotCut,
    NotPerMille,
    ReleaseByRule,
    TooManyRules,
    NoSuchRule,
    DelayTooLong,
    LinkFull,
    Scenario,
    ScenarioAt,
    NotJson,
    Malformed,
    FieldMissing,
    FieldUnknown,
    FieldMisspelt,
    WrongFormat,
    TextTooLong,
    TooManyEntries,
    TooFewEntries,
    NumberTooGreat,
    NotAnId,
    UsedTwice,
    OutOfOrder,
    Empty,
    ChoiceUnknown,
    NotScriptable,
    PredicateTooDeep,
    PredicateTooWide,
    PredicateNotAnEvent,
    LinkNotOpened,
    AllIsKept,
    FromTheBeginning,
    LinkTooLong,
    LinkOfOtherVersion,
    LinkDamaged,
    LinkNamesNoExperiment,
    LinkCannotBeReplayed,
    LinkDiffers,
    LinkCutShort,
    StoppedEarly,
    ParameterUnknown,
    ParameterWrong,
    AddressNamesNoExperiment,
}

impl ErrorMsg {
    /// The message in `lang` with values for its slots.
    #[must_use]
    pub fn with(self, values: &[(&str, &dyn Display)], lang: Lang) -> String {
        filled(text::error(to_variant_name(&self).unwrap_or_default(), lang), values)
    }
}

/// Why an action was refused.
#[must_use]
pub fn action(error: &ActionError, lang: Lang) -> String {
    let field = &error.field;
    let say = |msg: ErrorMsg, values: &[(&str, &dyn Display)]| msg.with(values, lang);
    let why = match &error.reason {
        ActionFault::NoSocket => return say(ErrorMsg::NoSocket, &[]),
        ActionFault::Malformed(why) => say(ErrorMsg::ActionMalformed, &[("field", field), ("why", why)]),
        ActionFault::World(why) => input(*why, lang),
        ActionFault::TooGreat { limit } => {
            say(ErrorMsg::ActionTooGreat, &[("field", field), ("limit", limit)])
        }
        ActionFault::NoSuchBranch => say(ErrorMsg::NoSuchBranch, &[]),
        ActionFault::NoSuchChoice => say(ErrorMsg::NoSuchChoice, &[]),
        ActionFault::NoSuchScenario => say(ErrorMsg::NoSuchExperiment, &[]),
        ActionFault::TooManyBranches => say(ErrorMsg::TooManyBranches, &[]),
        ActionFault::TooLong => say(ErrorMsg::RunTooLong, &[]),
    };
    say(ErrorMsg::NotDone, &[("field", field), ("why", &why)])
}

/// Why the world cannot do what it was asked for.
fn input(error: InputError, lang: Lang) -> String {
    let say = |msg: ErrorMsg, values: &[(&str, &dyn Display)]| msg.with(values, lang);
    match error {
        InputError::NoSuchPacket(id) => say(ErrorMsg::NoSuchSegment, &[("segment", &id)]),
        InputError::Held(id) => say(ErrorMsg::Held, &[("segment", &id)]),
        InputError::NotHeld(id) => say(ErrorMsg::NotHeld, &[("segment", &id)]),
        InputError::NothingToSwap(id) => say(ErrorMsg::NothingToSwap, &[("segment", &id)]),
        InputError::AlreadyCorrupted(id) => say(ErrorMsg::AlreadyCorrupted, &[("segment", &id)]),
        InputError::NoSuchByte { byte, length } => {
            say(ErrorMsg::NoSuchByte, &[("byte", &byte), ("length", &length)])
        }
        InputError::AlreadyDown(host) => say(ErrorMsg::AlreadyDown, &[("host", &text::host(host, lang))]),
        InputError::AlreadyUp(host) => say(ErrorMsg::AlreadyUp, &[("host", &text::host(host, lang))]),
        InputError::AlreadyCut => say(ErrorMsg::AlreadyCut, &[]),
        InputError::NotCut => say(ErrorMsg::NotCut, &[]),
        InputError::NotPerMille(rate) => say(ErrorMsg::NotPerMille, &[("rate", &rate)]),
        InputError::ReleaseByRule => say(ErrorMsg::ReleaseByRule, &[]),
        InputError::TooManyRules => say(ErrorMsg::TooManyRules, &[]),
        InputError::NoSuchRule(index) => say(ErrorMsg::NoSuchRule, &[("index", &index)]),
        InputError::TooLong(length) => say(ErrorMsg::DelayTooLong, &[("length", &length)]),
        InputError::LinkFull => say(ErrorMsg::LinkFull, &[]),
    }
}

/// What is wrong with a scenario file.
#[must_use]
pub fn scenario(error: &ScenarioError, lang: Lang) -> String {
    let why = reason(&error.reason, lang);
    if error.place.is_empty() {
        ErrorMsg::Scenario.with(&[("why", &why)], lang)
    } else {
        ErrorMsg::ScenarioAt.with(&[("place", &error.place), ("why", &why)], lang)
    }
}

fn reason(reason: &Reason, lang: Lang) -> String {
    let say = |msg: ErrorMsg, values: &[(&str, &dyn Display)]| msg.with(values, lang);
    match reason {
        Reason::Form(Problem::NotJson(why)) => say(ErrorMsg::NotJson, &[("why", why)]),
        Reason::Form(Problem::Malformed(why)) => say(ErrorMsg::Malformed, &[("why", why)]),
        Reason::Form(Problem::Missing) => say(ErrorMsg::FieldMissing, &[]),
        Reason::Form(Problem::UnknownField(None)) => say(ErrorMsg::FieldUnknown, &[]),
        Reason::Form(Problem::UnknownField(Some(meant))) => say(ErrorMsg::FieldMisspelt, &[("meant", meant)]),
        Reason::WrongFormat { found } => say(ErrorMsg::WrongFormat, &[("found", found), ("known", &FORMAT)]),
        Reason::TooLong { limit } => say(ErrorMsg::TextTooLong, &[("limit", limit)]),
        Reason::TooMany { limit } => say(ErrorMsg::TooManyEntries, &[("limit", limit)]),
        Reason::TooFew { needed } => say(ErrorMsg::TooFewEntries, &[("needed", needed)]),
        Reason::TooGreat { limit } => say(ErrorMsg::NumberTooGreat, &[("limit", limit)]),
        Reason::NotAnId => say(ErrorMsg::NotAnId, &[]),
        Reason::Twice => say(ErrorMsg::UsedTwice, &[]),
        Reason::OutOfOrder => say(ErrorMsg::OutOfOrder, &[]),
        Reason::Empty => say(ErrorMsg::Empty, &[]),
        Reason::NoSuchChoice => say(ErrorMsg::ChoiceUnknown, &[]),
        Reason::NotScriptable => say(ErrorMsg::NotScriptable, &[]),
        Reason::Predicate(PredicateFault::TooDeep) => say(ErrorMsg::PredicateTooDeep, &[]),
        Reason::Predicate(PredicateFault::TooWide) => say(ErrorMsg::PredicateTooWide, &[]),
        Reason::Predicate(PredicateFault::NotAnEvent) => say(ErrorMsg::PredicateNotAnEvent, &[]),
    }
}

/// Why a link that was opened may not show what its maker saw.
#[must_use]
pub fn link_notice(notice: LinkNotice, lang: Lang) -> String {
    let msg = match notice {
        LinkNotice::Differs => ErrorMsg::LinkDiffers,
        LinkNotice::CutShort => ErrorMsg::LinkCutShort,
    };
    msg.with(&[], lang)
}

/// Playing has stopped before its end; it can go on.
#[must_use]
pub fn stopped_early(lang: Lang) -> String {
    ErrorMsg::StoppedEarly.with(&[], lang)
}

/// Why a link leads nowhere, and what is on the page instead: what was there, or the experiment's beginning.
#[must_use]
pub fn link(error: &LinkError, is_kept: bool, lang: Lang) -> String {
    let why = match error {
        LinkError::TooLong => ErrorMsg::LinkTooLong.with(&[], lang),
        LinkError::WrongVersion => ErrorMsg::LinkOfOtherVersion.with(&[], lang),
        LinkError::Damaged => ErrorMsg::LinkDamaged.with(&[], lang),
        LinkError::NoSuchScenario(id) => ErrorMsg::LinkNamesNoExperiment.with(&[("id", id)], lang),
        LinkError::Scenario(why) => scenario(why, lang),
        LinkError::CannotReplay => ErrorMsg::LinkCannotBeReplayed.with(&[], lang),
    };
    let instead = if is_kept { ErrorMsg::AllIsKept } else { ErrorMsg::FromTheBeginning };
    ErrorMsg::LinkNotOpened.with(&[("why", &why), ("instead", &instead.with(&[], lang))], lang)
}
