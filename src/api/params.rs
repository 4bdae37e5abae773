//! The parameters of the page's address, from one table: it parses them, and it is their documentation.
//!
//! A parameter that is unknown or has a wrong value is reported to the reader and its default taken; the page always
//! opens.

use strum::{EnumString, IntoStaticStr, VariantNames};

use super::quoted::quoted;
use course::{Lang, Notation};

/// One parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name in the address.
    pub name: &'static str,
    /// Other names it is known by.
    pub aliases: &'static [&'static str],
    /// The values it takes; empty if they are listed elsewhere (the experiments).
    pub values: &'static [&'static str],
    /// What is taken if it is left out or wrong.
    pub default: &'static str,
    /// What it does, in a line.
    pub doc: &'static str,
}

/// Every parameter.
pub const PARAMS: &[Param] = &[
    Param {
        name: "lab",
        aliases: &["scenario"],
        values: &[],
        default: "handshake",
        doc: "the experiment to open, by its id; `free` for a lab with nothing prepared",
    },
    Param {
        name: "lang",
        aliases: &["hl", "locale"],
        values: &["zh-Hans", "en"],
        default: "the browser's",
        doc: "the language; `zh`, `zh-CN` and `en-GB` are understood as well",
    },
    Param {
        name: "theme",
        aliases: &[],
        values: Theme::VARIANTS,
        default: "auto",
        doc: "the colours; `auto` follows the system",
    },
    Param {
        name: "view",
        aliases: &[],
        values: View::VARIANTS,
        default: "both",
        doc: "which drawing to show; `sequence` is understood as `ladder`",
    },
    Param {
        name: "controls",
        aliases: &[],
        values: Controls::VARIANTS,
        default: "full",
        doc: "`min` leaves out the host panels and the header's tools, `none` leaves out the transport bar as well",
    },
    Param {
        name: "notation",
        aliases: &[],
        values: Notation::VARIANTS,
        default: "symbolic",
        doc: "how sequence numbers are written: x, y, u, v, w · from 0 · as on the wire",
    },
    Param {
        name: "autoplay",
        aliases: &[],
        values: &["0", "1"],
        default: "0",
        doc: "`1` starts to play as soon as the page is there, unless the reader prefers reduced motion",
    },
];

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// `lab`, as it is quoted; not checked here: which experiments there are is known elsewhere.
    pub lab: Option<String>,
    /// `lang`
    pub lang: Option<Lang>,
    /// `theme`
    pub theme: Option<Theme>,
    /// `view`
    pub view: View,
    /// `controls`
    pub controls: Controls,
    /// `notation`
    pub notation: Option<Notation>,
    /// `autoplay`
    pub autoplay: bool,
    /// What was wrong: name and value.
    pub faults: Vec<ParamFault>,
}

/// A parameter that could not be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamFault {
    /// Its name, as it was written.
    pub name: String,
    /// Its value, as it was written.
    pub value: String,
    /// The values it takes; empty if there is no such parameter.
    pub expected: &'static [&'static str],
}

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// The strongest contrast.
    Contrast,
}

/// Which drawings are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum View {
    /// The state diagram and the ladder.
    #[default]
    Both,
    /// The state diagram.
    Diagram,
    /// The ladder.
    Ladder,
}

/// How much can be operated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Controls {
    /// Everything.
    #[default]
    Full,
    /// The drawings, the explanation and the transport bar.
    Min,
    /// The drawings and the explanation.
    None,
}

/// The most characters of a name or value that are quoted back.
const MAX_QUOTED_CHARS: usize = 60;
/// The most pairs that are read.
const MAX_PAIRS: usize = 40;

impl Params {
    /// Reads the pairs of an address, already decoded. The first of two with the same name counts.
    pub fn read<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut params = Self::default();
        let mut seen = Vec::new();
        for (name, value) in pairs.into_iter().take(MAX_PAIRS) {
            let (name, value) = (name.as_ref(), value.as_ref());
            match Param::find(name) {
                Some(param) if seen.contains(&param.name) => {}
                Some(param) => {
                    seen.push(param.name);
                    if !params.take(param.name, value) {
                        params.faults.push(ParamFault::new(name, value, param.values));
                    }
                }
                // Others put their own parameters on every link (utm_…, fbclid); those with the names of ours but
                // misspelt cannot be told from them, so every unknown one is reported.
                None => params.faults.push(ParamFault::new(name, value, &[])),
            }
        }
        params
    }

    /// Whether `value` is one that the parameter takes.
    fn take(&mut self, name: &str, value: &str) -> bool {
        match (name, value) {
            ("lab", id) => put(&mut self.lab, Some(Some(quoted(id, MAX_QUOTED_CHARS)))),
            ("lang", code) => put(&mut self.lang, Lang::from_code(code).map(Some)),
            ("theme", name) => put(&mut self.theme, name.parse().ok().map(Some)),
            ("notation", name) => put(&mut self.notation, name.parse().ok().map(Some)),
            ("view", "sequence") => put(&mut self.view, Some(View::Ladder)),
            ("view", name) => put(&mut self.view, name.parse().ok()),
            ("controls", name) => put(&mut self.controls, name.parse().ok()),
            ("autoplay", "0" | "1") => put(&mut self.autoplay, Some(value == "1")),
            _ => false,
        }
    }
}

/// Takes a value if there is one, and tells whether.
fn put<T>(slot: &mut T, value: Option<T>) -> bool {
    let is_good = value.is_some();
    if let Some(value) = value {
        *slot = value;
    }
    is_good
}

impl ParamFault {
    fn new(name: &str, value: &str, expected: &'static [&'static str]) -> Self {
        Self { name: quoted(name, MAX_QUOTED_CHARS), value: quoted(value, MAX_QUOTED_CHARS), expected }
    }
}

impl Param {
    /// The parameter of that name or alias.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        PARAMS.iter().find(|param| param.name == name || param.aliases.contains(&name))
    }

    /// The table, as the README shows it.
    #[must_use]
    pub fn documentation() -> String {
        let mut table = String::from("| parameter | values | default | meaning |\n|---|---|---|---|\n");
        for param in PARAMS {
            let values: Vec<String> = param.values.iter().map(|value| format!("`{value}`")).collect();
            let values = if values.is_empty() { "an id".to_owned() } else { values.join(", ") };
            let default = param.default;
            let default = if default.contains(' ') { default.to_owned() } else { format!("`{default}`") };
            table += &format!("| `{}` | {values} | {default} | {} |\n", param.name, param.doc);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_the_table_is_understood_and_no_other() {
        for param in PARAMS {
            for value in param.values {
                assert_eq!(Params::read([(param.name, *value)]).faults, [], "{}={value}", param.name);
            }
            for alias in param.aliases {
                assert_eq!(Param::find(alias).map(|found| found.name), Some(param.name));
            }
            if !param.values.is_empty() {
                let faults = Params::read([(param.name, "nonsense")]).faults;
                assert_eq!((faults.len(), faults[0].expected), (1, param.values));
            }
        }
    }

    #[test]
    fn a_wrong_value_leaves_the_default_and_is_reported() {
        let params = Params::read([("theme", "pink"), ("speed", "9"), ("lang", "zh-CN"), ("lang", "en")]);
        assert_eq!((params.theme, params.lang), (None, Some(Lang::ZhHans)));
        let faults: Vec<_> = params.faults.iter().map(|fault| fault.name.as_str()).collect();
        assert_eq!(faults, ["theme", "speed"]);
    }

    #[test]
    fn long_values_are_cut_before_they_are_quoted() {
        let params = Params::read([("view", "x".repeat(10_000))]);
        assert_eq!(params.faults[0].value.chars().count(), MAX_QUOTED_CHARS + 1);
        let params = Params::read([("lab", "x".repeat(60_000))]);
        assert_eq!(params.lab.map(|id| id.chars().count()), Some(MAX_QUOTED_CHARS + 1));
    }
}
