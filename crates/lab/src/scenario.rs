//! Scenario files: one experiment each, as JSON that a course author can write by hand.
//!
//! A file is parsed once, into types that cannot be wrong; an error names the place in the file and the reason. What
//! the fields mean is said here, at the fields.

mod check;

use core::fmt;

use check::{check, check_sizes};

use super::action::Action;
use super::json::{self, Faults, Fields, Json, Problem, Read, Wrong};
use super::log::Records;
use super::predicate::{Moment, Predicate, PredicateFault};
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
    /// Choices of a question.
    pub const CHOICES: usize = 8;
    /// The latest moment of the script: one day.
    pub const LATEST: Instant = Instant::from_micros(86_400_000_000);
    /// The longest latency: one hour.
    pub const LATENCY: Duration = Duration::from_secs(3_600);
}

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Localized {
    /// As a file has it.
    Written {
        /// Simplified Chinese.
        zh_hans: String,
        /// English.
        en: String,
    },
    /// That of a built-in experiment: its number among all of them. The words are kept elsewhere.
    BuiltIn(u32),
}

/// An experiment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Always [`FORMAT`].
    pub format: u32,
    /// The name in links and in `?lab=`: lower-case letters, digits and hyphens.
    pub id: String,
    /// The title in the list.
    pub title: Localized,
    /// What the learner will have seen at the end.
    pub goal: Localized,
    /// The claims it shows, by id.
    pub claims: Vec<String>,
    /// The interview questions it answers: `Q1` to `Q15`.
    pub questions: Vec<String>,
    /// The seed of the link's randomness. Initial sequence numbers have their own, `config.isn_secret`.
    pub seed: u64,
    /// The two ends.
    pub hosts: Hosts,
    /// The link between them.
    pub link: LinkSetup,
    /// What happens by itself, in the order of time.
    pub script: Vec<ScriptEntry>,
    /// What the learner is asked to do, in order.
    pub steps: Vec<Step>,
    /// The question to answer before the decisive moment.
    pub question: Option<Question>,
    /// The page may start playing as soon as it is shown.
    pub autoplay: bool,
    /// The file itself, for links that carry it.
    pub(super) source: Json,
}

/// The two ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostSetup {
    /// Its stack; what is left out is the default.
    pub settings: Settings,
    /// The application that runs on it.
    pub program: Program,
}

/// The link at the start. The first of a pair is the client's direction, the second the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptEntry {
    /// When.
    pub at_us: Instant,
    /// What: the same actions a learner has.
    pub action: Action,
}

/// One piece of guidance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do or to look at.
    pub text: Localized,
    /// When it is done; absent: it is only to be read.
    pub done: Option<Predicate>,
}

/// A question, asked before the decisive moment and judged by the engine after it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name in `answer` actions.
    pub id: String,
    /// What the learner reads.
    pub text: Localized,
}

/// "This choice is right if that came true."
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictRule {
    /// The choice.
    pub choice: String,
    /// What must hold of the run.
    pub when: Predicate,
}

impl Question {
    /// The choice that the run proves right; `None` while the outcome is open.
    #[must_use]
    pub fn right_choice(&self, records: Records<'_>, now: Instant) -> Option<&str> {
        if !self.judge_when.holds(records, now) {
            return None;
        }
        self.verdict.iter().find(|rule| rule.when.holds(records, now)).map(|rule| rule.choice.as_str())
    }
}

/// What is wrong with a scenario file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    /// The place: `script[3].action`, or `line 4, column 7` where the text is not JSON. Empty: the file as a whole.
    pub place: String,
    /// The reason.
    pub reason: Reason,
}

/// The reasons, so that the page can give them in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text is not JSON; what the parser said.
    NotJson(String),
    /// The value has the wrong form; what the parser said.
    Malformed(String),
    /// A field that must be there is not.
    Missing,
    /// No such field.
    UnknownField,
    /// Another version of the format.
    WrongFormat {
        /// The version found.
        found: u32,
    },
    /// Longer than allowed.
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// More entries than allowed.
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// Fewer entries than needed.
    TooFew {
        /// How many are needed.
        needed: usize,
    },
    /// A number beyond its limit.
    TooGreat {
        /// The limit.
        limit: u64,
    },
    /// Not made of lower-case letters, digits and hyphens.
    NotAnId,
    /// Used twice.
    Twice,
    /// Earlier than the entry before it.
    OutOfOrder,
    /// A text is empty.
    Empty,
    /// Names a choice that does not exist.
    NoSuchChoice,
    /// A navigation step in a script: only actions on the hosts and the link may be scripted.
    NotScriptable,
    /// A predicate nested too deep, too wide, or comparing what is no event.
    Predicate(PredicateFault),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(why) => write!(f, "not JSON: {why}"),
            Self::Malformed(why) => f.write_str(why),
            Self::Missing => f.write_str("this field must be given"),
            Self::UnknownField => f.write_str("there is no such field"),
            Self::WrongFormat { found } => {
                write!(f, "format {found} is not known; this lab reads format {FORMAT}")
            }
            Self::TooLong { limit } => write!(f, "longer than {limit} characters"),
            Self::TooMany { limit } => write!(f, "more than {limit} entries"),
            Self::TooFew { needed } => write!(f, "at least {needed} entries are needed"),
            Self::TooGreat { limit } => write!(f, "greater than {limit}"),
            Self::NotAnId => f.write_str("an id is made of lower-case letters, digits and hyphens"),
            Self::Twice => f.write_str("used twice"),
            Self::OutOfOrder => f.write_str("earlier than the entry before it"),
            Self::Empty => f.write_str("must not be empty"),
            Self::NoSuchChoice => f.write_str("no choice has this id"),
            Self::NotScriptable => f.write_str("only actions on the hosts and the link can be scripted"),
            Self::Predicate(PredicateFault::TooDeep) => f.write_str("conditions are nested too deep"),
            Self::Predicate(PredicateFault::TooWide) => f.write_str("too many conditions in one"),
            Self::Predicate(PredicateFault::NotAnEvent) => {
                f.write_str("`before` compares events only: a rule, a segment, a timer, a signal")
            }
        }
    }
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

impl core::error::Error for ScenarioError {}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and its place.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        if text.len() > limits::FILE_BYTES {
            let reason = Reason::TooLong { limit: limits::FILE_BYTES };
            return Err(ScenarioError { place: String::new(), reason });
        }
        Self::from_value(&parse(text)?)
    }

    /// Reads an experiment that is built in: a number stands for each of its texts. Its limits are not checked.
    ///
    /// # Errors
    /// The first thing that is wrong with its form, and its place.
    pub fn from_built_in(json: &str) -> Result<Self, ScenarioError> {
        read(&parse(json)?)
    }

    /// Reads a scenario that is JSON already.
    ///
    /// # Errors
    /// The first thing that is wrong with it, and its place.
    pub fn from_value(value: &Json) -> Result<Self, ScenarioError> {
        // Before anything else: another version may mean anything by the other fields.
        let format = value.field("format").and_then(Json::as_u64).and_then(|n| u32::try_from(n).ok());
        if let Some(found) = format.filter(|found| *found != FORMAT) {
            return Err(ScenarioError { place: "format".to_owned(), reason: Reason::WrongFormat { found } });
        }
        check_sizes(value)?;
        let scenario = read(value)?;
        check(&scenario).map_or(Ok(scenario), Err)
    }
}

fn parse(text: &str) -> Result<Json, ScenarioError> {
    Json::parse(text).map_err(|why| {
        let place = format!("line {}, column {}", why.line, why.column);
        ScenarioError { place, reason: Reason::NotJson(why.expected.to_owned()) }
    })
}

/// Reads a scenario, as far as its form goes.
fn read(value: &Json) -> Result<Scenario, ScenarioError> {
    json::read(value).map_err(|Wrong { place, problem }| {
        let reason = match problem {
            Problem::Missing => Reason::Missing,
            Problem::UnknownField => Reason::UnknownField,
            Problem::Expected(_) | Problem::UnknownName(_) => Reason::Malformed(problem.to_string()),
        };
        ScenarioError { place, reason }
    })
}

/// Structs of a scenario file: every field by its name, those with a default may be left out.
macro_rules! forms {
    ($($type:ident { $($field:ident $key:literal $(= $default:expr)?),+ $(,)? } $(left out $absent:expr)?;)+) => {
        $(impl Read for $type {
            fn read(value: &Json, faults: &mut Faults) -> Self {
                let mut fields = Fields::of(value, &[$($key),+], faults);
                Self { $($field: forms!(@read fields, $key $(, $default)?)),+ }
            }
            $(fn left_out() -> Option<Self> {
                Some($absent)
            })?
        })+
    };
    (@read $fields:ident, $key:literal) => { $fields.get($key) };
    (@read $fields:ident, $key:literal, $default:expr) => { $fields.get_or($key, $default) };
}

impl Read for Scenario {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        const KNOWN: [&str; 13] = [
            "format",
            "id",
            "title",
            "goal",
            "claims",
            "questions",
            "seed",
            "hosts",
            "link",
            "script",
            "steps",
            "question",
            "autoplay",
        ];
        let mut fields = Fields::of(value, &KNOWN, faults);
        Self {
            format: fields.get("format"),
            id: fields.get("id"),
            title: fields.get("title"),
            goal: fields.get("goal"),
            claims: fields.get("claims"),
            questions: fields.get("questions"),
            seed: fields.get_or("seed", 0),
            hosts: fields.get("hosts"),
            link: fields.get("link"),
            script: fields.get("script"),
            steps: fields.get("steps"),
            question: fields.get("question"),
            autoplay: fields.get_or("autoplay", false),
            source: value.clone(),
        }
    }
}

impl Read for Localized {
    fn read(value: &Json, faults: &mut Faults) -> Self {
        if let Json::Number(_) = value {
            return Self::BuiltIn(u32::read(value, faults));
        }
        let mut fields = Fields::of(value, &["zh-Hans", "en"], faults);
        Self::Written { zh_hans: fields.get("zh-Hans"), en: fields.get("en") }
    }
}

forms! {
    Hosts { client "client", server "server" } left out Self::default();
    HostSetup { settings "settings", program "program" = Program::default() } left out Self::default();
    LinkSetup {
        latency_us "latency_us" = Self::default().latency_us, loss_per_mille "loss_per_mille" = [0; 2],
        rules "rules",
    } left out Self::default();
    ScriptEntry { at_us "at_us", action "action" };
    Step { text "text", done "done" };
    Question {
        ask_before "ask_before", prompt "prompt", choices "choices", judge_when "judge_when", verdict "verdict",
        after "after",
    };
    Choice { id "id", text "text" };
    VerdictRule { choice "choice", when "when" };
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
    fn what_is_no_json_is_told_by_line_and_column() {
        let error = Scenario::from_json("{\n  \"format\": }").expect_err("the text is no JSON");
        assert_eq!(error.place, "line 2, column 13");
        let long = " ".repeat(limits::FILE_BYTES + 1);
        assert_eq!(Scenario::from_json(&long).expect_err("it is too long").place, "");
        assert!(Scenario::from_json(&"[".repeat(60_000)).is_err());
    }
}
