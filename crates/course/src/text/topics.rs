//! The shapes of the files in `texts/`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Lang;

/// The texts of one topic, by the names of what they are about.
pub(super) type Topic<T = String> = BTreeMap<String, T>;

/// The texts of a language: a field for each file of its folder.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub(super) language: Language,
    pub(super) rules: Topic<RuleText>,
    pub(super) deeds: Topic<RuleText>,
    pub(super) remarks: Topic,
    pub(super) states: Topic<StateText>,
    pub(super) tests: Topic<TestText>,
    pub(super) reasons: Reasons,
    pub(super) disputes: Topic,
    pub(super) edges: Topic<EdgeText>,
    pub(super) claims: Claims,
    pub(super) phrases: Topic,
    pub(super) messages: Topic,
    pub(super) errors: Topic,
    pub(super) settings: Topic<SettingText>,
    pub(super) glossary: Glossary,
}

/// Which language it is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    pub(super) tag: Lang,
    /// How a sentence begins that follows another one about the same host, by how it begins otherwise.
    pub(super) pronouns: Topic,
}

/// Why something happens, or cannot happen.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasons {
    pub(super) drop: Topic,
    pub(super) send: Topic,
    pub(super) timer: Topic<TimerText>,
    pub(super) icmp: Topic,
    pub(super) wire: Topic,
    pub(super) errno: Topic,
}

/// The notes and what they claim.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    pub(super) notes: Topic,
    pub(super) claims: Topic<ClaimText>,
}

/// The terms that a language uses for the things of TCP.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Each term, by its English name; several where the notes use several.
    pub terms: BTreeMap<String, String>,
    /// Words that mean a term but are not the notes' word for it, each with the word to use.
    #[serde(default)]
    pub avoid: BTreeMap<String, String>,
}

/// The explanation of a rule, or of a deed, as templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// A few words.
    pub title: String,
    /// What happened, in this run's numbers. What arrived or was called is said before it.
    pub happened: String,
    /// The rule.
    pub why: String,
    /// What would happen without it; may be empty.
    #[serde(default)]
    pub otherwise: String,
}

/// A state (claim C40).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateText {
    /// Its name in the notes' words.
    pub name: String,
    /// What an end in this state waits for.
    pub waits: String,
    /// When one meets it.
    pub seen: String,
    /// What it means, in a few words.
    pub meaning: String,
}

/// A test.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestText {
    /// What is asked.
    pub question: String,
    /// The outcome that lets the segment go on.
    pub passed: String,
    /// The other outcome.
    pub failed: String,
}

/// A timer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimerText {
    pub(super) name: String,
    pub(super) expires: String,
}

/// An edge of the diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EdgeText {
    /// The event that leads over it.
    pub event: String,
    /// What is done then; may be empty.
    #[serde(default)]
    pub action: String,
    /// The event as the drawing shows it, if that must be shorter.
    pub(super) short_event: Option<String>,
    /// The action as the drawing shows it, if that must be shorter.
    pub(super) short_action: Option<String>,
    /// What it means to take it: a sentence.
    pub meaning: String,
}

impl EdgeText {
    /// The event and the action as the drawing shows them.
    #[must_use]
    pub fn short(&self) -> (&str, &str) {
        (self.short_event.as_ref().unwrap_or(&self.event), self.short_action.as_ref().unwrap_or(&self.action))
    }
}

/// A setting of a stack, as the form shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingText {
    /// A label.
    pub name: String,
    /// What it means, in a line; empty where the words of a dispute say it.
    #[serde(default)]
    pub means: String,
}

/// A claim of the notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimText {
    pub(super) wording: String,
    pub(super) trial: Option<String>,
}
