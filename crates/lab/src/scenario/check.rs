//! Checks the content of a scenario file whose form is right: limits, ids, order.

use core::fmt;

use super::{Localized, Question, Reason, Scenario, ScenarioError, limits};
use crate::action::Action;
use crate::predicate::Predicate;
use tcp::Config;
use tcp::time::Instant;

/// The first thing that is wrong with `scenario`.
pub(super) fn check(scenario: &Scenario) -> Option<ScenarioError> {
    let mut checks = Checks { fault: None, leaves: 0 };
    checks.scenario(scenario);
    checks.fault
}

/// Keeps the first thing that was found wrong; checking simply continues after it.
struct Checks {
    fault: Option<ScenarioError>,
    /// How many predicates without operands there were so far.
    leaves: usize,
}

impl Checks {
    /// `reason` is what is wrong with `place`, if `is_wrong`.
    #[inline(never)]
    fn is(&mut self, is_wrong: bool, place: fmt::Arguments<'_>, reason: Reason) {
        if is_wrong && self.fault.is_none() {
            self.fault = Some(ScenarioError { place: place.to_string(), reason });
        }
    }

    fn scenario(&mut self, scenario: &Scenario) {
        self.id(format_args!("id"), &scenario.id);
        self.text(format_args!("title"), &scenario.title, limits::LINE_CHARS);
        self.text(format_args!("goal"), &scenario.goal, limits::TEXT_CHARS);
        self.len(format_args!("claims"), scenario.claims.len(), limits::LIST);
        self.len(format_args!("questions"), scenario.questions.len(), limits::LIST);
        self.len(format_args!("link.rules"), scenario.link.rules.len(), limits::LINK_RULES);
        for (i, latency) in scenario.link.latency_us.iter().enumerate() {
            let limit = limits::LATENCY.as_micros();
            let place = format_args!("link.latency_us[{i}]");
            self.is(*latency > limits::LATENCY, place, Reason::TooGreat { limit });
        }
        for (i, loss) in scenario.link.loss_per_mille.iter().enumerate() {
            let place = format_args!("link.loss_per_mille[{i}]");
            self.is(*loss > 1_000, place, Reason::TooGreat { limit: 1_000 });
        }
        self.config(format_args!("hosts.client.settings.config"), &scenario.hosts.client.settings.config);
        self.config(format_args!("hosts.server.settings.config"), &scenario.hosts.server.settings.config);
        self.script(scenario);
        self.len(format_args!("steps"), scenario.steps.len(), limits::LIST);
        for (i, step) in scenario.steps.iter().enumerate() {
            self.text(format_args!("steps[{i}].text"), &step.text, limits::TEXT_CHARS);
            self.predicate(format_args!("steps[{i}].done"), step.done.as_ref());
        }
        if let Some(question) = &scenario.question {
            self.question(question);
        }
    }

    fn script(&mut self, scenario: &Scenario) {
        self.len(format_args!("script"), scenario.script.len(), limits::SCRIPT);
        let mut before = Instant::ZERO;
        for (i, entry) in scenario.script.iter().enumerate() {
            let limit = limits::LATEST.as_micros();
            let place = format_args!("script[{i}].at_us");
            self.is(entry.at_us > limits::LATEST, place, Reason::TooGreat { limit });
            self.is(entry.at_us < before, place, Reason::OutOfOrder);
            before = entry.at_us;
            let place = format_args!("script[{i}].action");
            self.is(entry.action.is_navigation(), place, Reason::NotScriptable);
            if let Action::SetConfig { config, .. } = &entry.action {
                self.config(format_args!("{place}.config"), config);
            }
        }
    }

    fn question(&mut self, question: &Question) {
        self.text(format_args!("question.prompt"), &question.prompt, limits::TEXT_CHARS);
        self.text(format_args!("question.after"), &question.after, limits::TEXT_CHARS);
        let place = format_args!("question.choices");
        self.is(question.choices.len() < 2, place, Reason::TooFew { needed: 2 });
        self.len(place, question.choices.len(), limits::CHOICES);
        for (i, choice) in question.choices.iter().enumerate() {
            let place = format_args!("question.choices[{i}].id");
            self.id(place, &choice.id);
            self.text(format_args!("question.choices[{i}].text"), &choice.text, limits::LINE_CHARS);
            let is_twice = question.choices.iter().take(i).any(|other| other.id == choice.id);
            self.is(is_twice, place, Reason::Twice);
        }
        self.predicate(format_args!("question.ask_before"), question.ask_before.predicate());
        self.predicate(format_args!("question.judge_when"), Some(&question.judge_when));
        let place = format_args!("question.verdict");
        self.is(question.verdict.is_empty(), place, Reason::TooFew { needed: 1 });
        self.len(place, question.verdict.len(), limits::CHOICES);
        for (i, rule) in question.verdict.iter().enumerate() {
            let is_none = question.choices.iter().all(|choice| choice.id != rule.choice);
            self.is(is_none, format_args!("question.verdict[{i}].choice"), Reason::NoSuchChoice);
            self.predicate(format_args!("question.verdict[{i}].when"), Some(&rule.when));
        }
    }

    fn config(&mut self, place: fmt::Arguments<'_>, config: &Config) {
        if let Some((field, limit)) = config.too_great() {
            self.is(true, format_args!("{place}.{field}"), Reason::TooGreat { limit });
        }
    }

    fn id(&mut self, place: fmt::Arguments<'_>, id: &str) {
        self.is(id.len() > limits::ID_CHARS, place, Reason::TooLong { limit: limits::ID_CHARS });
        let is_id = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        self.is(id.is_empty() || !id.bytes().all(is_id), place, Reason::NotAnId);
    }

    fn text(&mut self, place: fmt::Arguments<'_>, text: &Localized, limit: usize) {
        for (lang, text) in &text.0 {
            let place = format_args!("{place}.{lang}");
            self.is(text.trim().is_empty(), place, Reason::Empty);
            self.is(text.chars().count() > limit, place, Reason::TooLong { limit });
        }
    }

    fn len(&mut self, place: fmt::Arguments<'_>, len: usize, limit: usize) {
        self.is(len > limit, place, Reason::TooMany { limit });
    }

    fn predicate(&mut self, place: fmt::Arguments<'_>, predicate: Option<&Predicate>) {
        if let Some(fault) = predicate.and_then(Predicate::fault) {
            self.is(true, place, Reason::Predicate(fault));
        }
        self.leaves += predicate.map_or(0, Predicate::leaves);
        self.is(self.leaves > limits::PREDICATES, place, Reason::TooMany { limit: limits::PREDICATES });
    }
}
