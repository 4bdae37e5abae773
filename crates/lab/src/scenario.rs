//! Scenario files: one experiment each, as JSON that a course author can write by hand.
//!
//! A file is read and checked once; an error names the place in the file and the reason. The fields are explained at their
//! types.

mod check;

use core::fmt;
use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use thiserror::Error;
use ts_rs::TS;

use check::check;

use super::action::Action;
use super::predicate::{Moment, Predicate, PredicateFault};
pub use super::read::Problem;
use super::read::{Wrong, parse, read, unknown_field};
use crate::host::{HostId, Program};
use crate::net::LinkRule;
use tcp::time::{Duration, Instant};
use tcp::what_if::Settings;

/// The version of the file format this build reads.
pub const FORMAT: u32 = 1;

/// Limits on what a file may hold: generous for an author, small enough that no file can stall the page.
pub mod limits {
    use tcp::time::{Duration, Instant};

    /// Octets of JSON.
    pub const FILE_BYTES: usize = 65_536;
    /// Characters of an id.
    pub const ID_CHARS: usize = 40;
    /// Characters of a title or a choice.
    pub const LINE_CHARS: usize = 160;
    /// Characters of any other text.
    pub const TEXT_CHARS: usize = 1_200;
    /// Entries of `claims`, `questions` and `steps`.
    pub const LIST: usize = 32;
    /// Entries of the script.
    pub const SCRIPT: usize = 256;
    /// Standing rules of the link.
    pub const LINK_RULES: usize = 32;
    /// Predicates without operands, all together: each is compared with every record.
    pub const PREDICATES: usize = 512;
    /// Choices of a question.
    pub const CHOICES: usize = 8;
    /// The latest moment of the script: one day.
    pub const LATEST: Instant = Instant::from_micros(86_400_000_000);
    /// The longest latency: one hour.
    pub const LATENCY: Duration = Duration::from_secs(3_600);
}

/// The languages in which a file must give each text, by their BCP 47 tags.
pub const LANGUAGES: [&str; 2] = ["zh-Hans", "en"];

/// One text in every language: `{"zh-Hans": "…", "en": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, TS)]
#[ts(type = "{ \"zh-Hans\": string, en: string, }")]
pub struct Localized(BTreeMap<String, String>);

impl Localized {
    /// The text in the language of this tag; empty in one that is none of [`LANGUAGES`].
    #[must_use]
    pub fn get(&self, lang: &str) -> &str {
        self.0.get(lang).map_or("", String::as_str)
    }
}

impl<'de> Deserialize<'de> for Localized {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = BTreeMap::<String, String>::deserialize(deserializer)?;
        if let Some(lang) = texts.keys().find(|lang| !LANGUAGES.contains(&lang.as_str())) {
            return Err(unknown_field(lang, &LANGUAGES));
        }
        match LANGUAGES.into_iter().find(|lang| !texts.contains_key(*lang)) {
            Some(lang) => Err(D::Error::missing_field(lang)),
            None => Ok(Self(texts)),
        }
    }
}

/// An experiment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The version of the format: 1.
    pub format: u32,
    /// The name in links and in `?lab=`: lower-case letters, digits and hyphens.
    pub id: String,
    /// The title in the list.
    pub title: Localized,
    /// What the learner will have seen at the end.
    pub goal: Localized,
    /// The claims it shows, by id.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub claims: Vec<String>,
    /// The interview questions it answers: `Q1` to `Q15`.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub questions: Vec<String>,
    /// The seed of the link's randomness. Initial sequence numbers have their own, `config.isn_secret`.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub seed: u64,
    /// The two ends.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub hosts: Hosts,
    /// The link between them.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub link: LinkSetup,
    /// What happens by itself, in the order of time.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub script: Vec<ScriptEntry>,
    /// What the learner is asked to do, in order.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub steps: Vec<Step>,
    /// The question to answer before the decisive moment.
    #[ts(optional)]
    pub question: Option<Question>,
    /// The page may start playing as soon as it is shown.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub autoplay: bool,
    /// Its place in the list of experiments; those without one come last, by their ids.
    #[ts(optional)]
    pub order: Option<u32>,
    /// The file itself, for links that carry it.
    #[serde(skip)]
    pub(super) source: Value,
}

/// The two ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Hosts {
    /// The client.
    pub client: HostSetup,
    /// The server.
    pub server: HostSetup,
}

impl Hosts {
    /// The set-up of `host`.
    #[must_use]
    pub const fn of(&self, host: HostId) -> &HostSetup {
        match host {
            HostId::Client => &self.client,
            HostId::Server => &self.server,
        }
    }
}

/// One end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct HostSetup {
    /// Its stack; what is left out is the default.
    pub settings: Settings,
    /// The application that runs on it.
    pub program: Program,
}

/// The link at the start. The first of a pair is the client's direction, the second the server's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct LinkSetup {
    /// One-way latency.
    pub latency_us: [Duration; 2],
    /// Random loss, of a thousand packets.
    pub loss_per_mille: [u16; 2],
    /// Standing rules.
    pub rules: Vec<LinkRule>,
}

impl Default for LinkSetup {
    fn default() -> Self {
        Self { latency_us: [Duration::from_millis(100); 2], loss_per_mille: [0; 2], rules: Vec::new() }
    }
}

/// Something the scenario does by itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ScriptEntry {
    /// When.
    pub at_us: Instant,
    /// What: the same actions a learner has.
    pub action: Action,
}

/// One piece of guidance.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What to do or to look at.
    pub text: Localized,
    /// When it is done; absent: it is only to be read.
    #[ts(optional)]
    pub done: Option<Predicate>,
}

/// A question, asked before the decisive moment and judged by the engine after it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// When to stop and ask.
    pub ask_before: Moment,
    /// The question.
    pub prompt: Localized,
    /// The answers to choose from.
    pub choices: Vec<Choice>,
    /// When the outcome is known.
    pub judge_when: Predicate,
    /// Which choice the outcome proves right: the first whose predicate holds.
    pub verdict: Vec<VerdictRule>,
    /// What to say then, whatever was chosen.
    pub after: Localized,
}

/// One answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name in `answer` actions.
    pub id: String,
    /// What the learner reads.
    pub text: Localized,
}

/// "This choice is right if that came true."
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VerdictRule {
    /// The choice.
    pub choice: String,
    /// What must hold of the run.
    pub when: Predicate,
}

impl Question {
    /// The choice that the run proves right, if `holds` is true of it; `None` while the outcome is open.
    pub(super) fn right_choice(&self, holds: impl Fn(&Predicate) -> bool) -> Option<&str> {
        if !holds(&self.judge_when) {
            return None;
        }
        self.verdict.iter().find(|rule| holds(&rule.when)).map(|rule| rule.choice.as_str())
    }

    /// The predicates in it, always in the same order.
    fn predicates(&self) -> impl Iterator<Item = &Predicate> {
        let verdicts = self.verdict.iter().map(|rule| &rule.when);
        self.ask_before.predicate().into_iter().chain([&self.judge_when]).chain(verdicts)
    }
}

/// What is wrong with a scenario file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct ScenarioError {
    /// The place: `script[3].action`, or `line 4, column 7` where the text is not JSON. Empty: the file as a whole.
    pub place: String,
    /// The reason.
    pub reason: Reason,
}

/// The reasons, so that the page can give them in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each has its message")]
pub enum Reason {
    /// It has not the form of a scenario.
    #[error("{0}")]
    Form(Problem),
    #[error("format {found} is not known; this lab reads format {FORMAT}")]
    WrongFormat { found: u32 },
    #[error("longer than {limit} characters")]
    TooLong { limit: usize },
    #[error("more than {limit} entries")]
    TooMany { limit: usize },
    #[error("at least {needed} entries are needed")]
    TooFew { needed: usize },
    #[error("greater than {limit}")]
    TooGreat { limit: u64 },
    #[error("an id is made of lower-case letters, digits and hyphens")]
    NotAnId,
    #[error("used twice")]
    Twice,
    #[error("earlier than the entry before it")]
    OutOfOrder,
    #[error("must not be empty")]
    Empty,
    #[error("no choice has this id")]
    NoSuchChoice,
    #[error("only actions on the hosts and the link can be scripted")]
    NotScriptable,
    #[error("{0}")]
    Predicate(PredicateFault),
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            write!(f, "scenario: {}", self.reason)
        } else {
            write!(f, "scenario, at {}: {}", self.place, self.reason)
        }
    }
}

impl Scenario {
    /// The predicates in it, always in the same order.
    pub(super) fn predicates(&self) -> impl Iterator<Item = &Predicate> {
        let steps = self.steps.iter().filter_map(|step| step.done.as_ref());
        self.question.iter().flat_map(Question::predicates).chain(steps)
    }

    /// Reads a scenario file.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and its place.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        check_size(text)?;
        Self::of(parse(text)?)
    }

    /// Reads a scenario that is JSON already, as JavaScript and links have it.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and its place.
    pub fn from_value(source: Value) -> Result<Self, ScenarioError> {
        check_size(&source.to_string())?;
        Self::of(source)
    }

    fn of(source: Value) -> Result<Self, ScenarioError> {
        // First of all, because in another version the other fields may mean something else.
        let format = source.get("format").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
        if let Some(found) = format.filter(|found| *found != FORMAT) {
            return Err(ScenarioError { place: "format".to_owned(), reason: Reason::WrongFormat { found } });
        }
        let read: Self = read(&source)?;
        let scenario = Self { source, ..read };
        check(&scenario).map_or(Ok(scenario), Err)
    }
}

fn check_size(json: &str) -> Result<(), ScenarioError> {
    if json.len() <= limits::FILE_BYTES {
        return Ok(());
    }
    Err(ScenarioError { place: String::new(), reason: Reason::TooLong { limit: limits::FILE_BYTES } })
}

impl From<Wrong> for ScenarioError {
    fn from(Wrong { place, problem }: Wrong) -> Self {
        Self { place, reason: Reason::Form(problem) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: &str = r#"{"ask_before":{"type":"once","holds":{"type":"time","at_us":1}},
        "prompt":{"zh-Hans":"问","en":"q"},"choices":[{"id":"a","text":{"zh-Hans":"甲","en":"a"}},
        {"id":"b","text":{"zh-Hans":"乙","en":"b"}}],"judge_when":{"type":"time","at_us":2},
        "verdict":[{"choice":"a","when":{"type":"time","at_us":2}}],"after":{"zh-Hans":"答","en":"a"}}"#;

    fn file(field: &str, value: &str) -> String {
        let mut fields = vec![
            ("format", "1"),
            ("id", r#""x""#),
            ("title", r#"{"zh-Hans":"题","en":"t"}"#),
            ("goal", r#"{"zh-Hans":"旨","en":"g"}"#),
            ("question", QUESTION),
        ];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let fields: Vec<_> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    }

    #[track_caller]
    fn check(field: &str, value: &str, expect: &str) {
        let error = Scenario::from_json(&file(field, value)).expect_err("the file is wrong");
        assert!(error.to_string().contains(expect), "{error}");
    }

    #[test]
    fn the_smallest_file_is_read() {
        Scenario::from_json(&file("seed", "7")).expect("the file is right");
    }

    #[test]
    fn an_error_names_the_place_and_the_reason() {
        check("format", "2", "at format: format 2 is not known");
        check("id", r#""Big One""#, "at id: an id is made of");
        check("colour", "1", "at colour: there is no such field");
        check("title", r#"{"zh-Hans":"题"}"#, "at title.en: this field must be given");
        check("title", r#"{"zh-Hans":" ","en":"t"}"#, "at title.zh-Hans: must not be empty");
        check("title", "5", "at title: an object is expected");
        check(
            "hosts",
            r#"{"client":{"settings":{"config":{"mtuu":1}}}}"#,
            "at hosts.client.settings.config.mtuu: there is no such field",
        );
        check("hosts", r#"{"peer":{}}"#, "at hosts.peer: there is no such field");
        check("seed", "-1", "at seed: a whole number from 0 on is expected");
        check("seed", "1.5", "at seed: a whole number from 0 on is expected");
        check("steps", "{}", "at steps: a list is expected");
        check("autoplay", "1", "at autoplay: true or false is expected");
        check("link", r#"{"loss_per_mille":[0,1001]}"#, "at link.loss_per_mille[1]: greater than 1000");
        check(
            "link",
            r#"{"rules":[{"from":"nobody","verdict":"drop"}]}"#,
            "at link.rules[0].from: nothing is called `nobody`",
        );
        check("script", r#"[{"at_us":0,"action":{"type":"explode"}}]"#, "at script[0].action.type: nothing");
        check("script", r#"[{"at_us":0,"action":{"type":"step"}}]"#, "at script[0].action: only actions");
        let late =
            r#"[{"at_us":5,"action":{"type":"cut_cable"}},{"at_us":4,"action":{"type":"mend_cable"}}]"#;
        check("script", late, "at script[1].at_us: earlier than");
        let step = |done: &str| format!(r#"[{{"text":{{"zh-Hans":"步","en":"s"}},"done":{done}}}]"#);
        check(
            "steps",
            &step(r#"{"type":"rule_fired","rule":"no-such"}"#),
            "at steps[0].done.rule: nothing is called",
        );
        check(
            "steps",
            &step(r#"{"type":"segment_sent","host":"client","control":"PSH"}"#),
            "at steps[0].done.control: nothing is called `PSH`",
        );
        let time = r#"{"type":"time","at_us":1}"#;
        let before = format!(r#"{{"type":"before","first":{time},"then":{time}}}"#);
        check("steps", &step(&before), "at steps[0].done: `before` compares events only");
        let deep = (0..9).fold(time.to_owned(), |inner, _| format!(r#"{{"type":"not","of":{inner}}}"#));
        check("steps", &step(&deep), "at steps[0].done: conditions are nested too deep");
        check("question", &QUESTION.replace(r#""choice":"a""#, r#""choice":"z""#), "no choice has this id");
        check("question", &QUESTION.replace(r#""id":"b""#, r#""id":"a""#), "choices[1].id: used twice");
    }

    #[test]
    fn an_error_names_what_was_probably_meant() {
        check("qestion", "1", "at qestion: there is no such field, did you mean `question`?");
        check(
            "title",
            r#"{"zh-hans":"题"}"#,
            "at title.zh-hans: there is no such field, did you mean `zh-Hans`?",
        );
        check(
            "hosts",
            r#"{"client":{"settings":{"config":{"mtuu":1}}}}"#,
            "at hosts.client.settings.config.mtuu: there is no such field, did you mean `mtu`?",
        );
        let script = |action: &str| format!(r#"[{{"at_us":0,"action":{action}}}]"#);
        check(
            "script",
            &script(r#"{"type":"conect","host":"client"}"#),
            "at script[0].action.type: nothing is called `conect` here, did you mean `connect`?",
        );
        check(
            "script",
            &script(r#"{"type":"connect","host":"clinet"}"#),
            "at script[0].action.host: nothing is called `clinet` here, did you mean `client`?",
        );
        check(
            "script",
            &script(r#"{"type":"connect","host":"client","prot":1}"#),
            "at script[0].action.prot: there is no such field",
        );
        check(
            "script",
            &script(r#"{"type":"add_rule","rule":{"from":"client","verdict":{"corrupt":{"bite":1}}}}"#),
            "at script[0].action.rule.verdict.corrupt.bite: there is no such field, did you mean `byte`?",
        );
        let when = r#"{"type":"any","of":[{"type":"time","at_us":2},{"type":"not","of":{"type":"state","host":"server","state":"established"}}]}"#;
        check(
            "question",
            &QUESTION.replacen(r#"{"type":"time","at_us":2}}]"#, &format!("{when}}}]"), 1),
            "at question.verdict[0].when.of[1].of.state: nothing is called `established` here, did you mean `ESTABLISHED`?",
        );
        check(
            "question",
            &QUESTION.replacen(r#"{"type":"time","at_us":1}"#, r#"{"type":"crashed","hosst":"client"}"#, 1),
            "at question.ask_before.holds.hosst: there is no such field, did you mean `host`?",
        );
    }

    #[test]
    fn however_deep_conditions_are_nested_they_are_only_refused() {
        for depth in [100, 10_000] {
            let start = r#"{"type":"not","of":"#.repeat(depth);
            let nested =
                format!(r#"[{{"text":{{"zh-Hans":"步","en":"s"}},"done":{start}1{}}}]"#, "}".repeat(depth));
            assert!(Scenario::from_json(&file("steps", &nested)).is_err(), "{depth}");
        }
    }

    #[test]
    fn what_is_no_json_is_told_by_line_and_column() {
        let error = Scenario::from_json("{\n  \"format\": }").expect_err("the text is no JSON");
        assert_eq!(error.place, "line 2, column 13");
        let long = " ".repeat(limits::FILE_BYTES + 1);
        assert_eq!(Scenario::from_json(&long).expect_err("it is too long").place, "");
        assert!(Scenario::from_json(&"[".repeat(60_000)).is_err());
    }
}
