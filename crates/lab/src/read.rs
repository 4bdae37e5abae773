//! Reads JSON with serde, and turns serde's errors into messages for authors: the exact place, plain words, and the name
//! that was probably meant.

use core::fmt;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::map::{Entry, Map};
use serde_path_to_error::{Path, Segment};
use thiserror::Error as ThisError;

/// Names and messages from outside are repeated, but not at any length.
const MAX_NAME_CHARS: usize = 40;
const MAX_MESSAGE_CHARS: usize = 200;

/// What is wrong with JSON, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The place: `script[3].action.host`, or `line 4, column 7` in a text that is not JSON. Empty: the value itself.
    pub(crate) place: String,
    /// What is wrong there.
    pub(crate) problem: Problem,
}

/// What is wrong with JSON.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
pub enum Problem {
    /// The text is not JSON; why.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// A field that must be there is not.
    #[error("this field must be given")]
    Missing,
    /// There is no such field; the one that was probably meant.
    #[error("there is no such field{}", did_you_mean(.0))]
    UnknownField(Option<String>),
    /// Anything else, in words.
    #[error("{0}")]
    Malformed(String),
}

/// The end of a sentence about a wrong name.
fn did_you_mean(meant: &Option<String>) -> String {
    meant.as_ref().map_or_else(String::new, |meant| format!(", did you mean `{meant}`?"))
}

/// The value that is written in `text`.
///
/// # Errors
/// The line and column at which it is no JSON, or has a field that its object has already.
pub(crate) fn parse(text: &str) -> Result<Value, Wrong> {
    let value: Result<Unique, _> = serde_json::from_str(text);
    value.map(|Unique(value)| value).map_err(|error| {
        // serde_json counts the bytes of a line; people count characters.
        let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
        let before = line.char_indices().take_while(|(start, _)| start + 1 < error.column());
        let (line, column) = (error.line(), before.count() + 1);
        let why = error.to_string();
        let why = why.split_once(" at line ").map_or(&*why, |(why, _)| why);
        Wrong { place: format!("line {line}, column {column}"), problem: Problem::NotJson(why.to_owned()) }
    })
}

/// What `value` means.
///
/// # Errors
/// The first thing that is wrong with it.
pub(crate) fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Wrong> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| Wrong::of(&with_place(error.path(), &error.inner().to_string())))
}

/// `message` after its place. If it begins with a place already, that place lies inside the value at `path`.
pub(crate) fn with_place(path: &Path, message: &str) -> String {
    let mut place = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push(&mut place, &format!("[{index}]")),
            Segment::Map { key: name } | Segment::Enum { variant: name } => push(&mut place, name),
            Segment::Unknown => {}
        }
    }
    let (inner, message) = split_place(message);
    push(&mut place, inner);
    if place.is_empty() { message.to_owned() } else { format!("at {place}: {message}") }
}

/// The error for a field that must not be there, with its place: serde knows the places only of fields it looks for.
pub(crate) fn unknown_field<E: Error>(name: &str, known: &'static [&'static str]) -> E {
    E::custom(format_args!("at {name}: {}", E::unknown_field(name, known)))
}

fn split_place(message: &str) -> (&str, &str) {
    message.strip_prefix("at ").and_then(|rest| rest.split_once(": ")).unwrap_or(("", message))
}

fn push(place: &mut String, part: &str) {
    if !place.is_empty() && !part.is_empty() && !part.starts_with('[') {
        place.push('.');
    }
    place.push_str(part);
}

impl Wrong {
    /// From what serde says of it, behind the place.
    fn of(message: &str) -> Self {
        let (place, message) = split_place(message);
        let mut place: String = place.chars().take(MAX_MESSAGE_CHARS).collect();
        let problem = if let Some(name) = message.strip_prefix("missing field `") {
            push(&mut place, name.trim_end_matches('`'));
            Problem::Missing
        } else if let Some((name, known)) = name_and_known(message, "unknown field `") {
            Problem::UnknownField(nearest(&name, &known))
        } else if let Some((name, known)) = name_and_known(message, "unknown variant `") {
            let meant = did_you_mean(&nearest(&name, &known));
            Problem::Malformed(format!("nothing is called `{name}` here{meant}"))
        } else if let Some((_, expected)) = message.rsplit_once(", expected ") {
            Problem::Malformed(format!("{} is expected", plain(expected)))
        } else {
            Problem::Malformed(message.chars().take(MAX_MESSAGE_CHARS).collect())
        };
        Self { place, problem }
    }
}

/// The wrong name in one of serde's messages, and the right ones: "unknown field `x`, expected `y` or `z`".
fn name_and_known<'a>(message: &'a str, start: &str) -> Option<(String, Vec<&'a str>)> {
    let rest = message.strip_prefix(start)?;
    // A name may hold anything, so its end is looked for from behind.
    let (name, known) = rest.rsplit_once("`, expected ").or_else(|| rest.rsplit_once("`, there are no "))?;
    let name = name.chars().take(MAX_NAME_CHARS).collect();
    Some((name, known.split('`').skip(1).step_by(2).collect()))
}

/// The name of `known` that `name` is most like, if it is like one at all.
fn nearest(name: &str, known: &[&str]) -> Option<String> {
    let distance =
        |known: &str| strsim::damerau_levenshtein(&name.to_ascii_lowercase(), &known.to_ascii_lowercase());
    let (distance, meant) = known.iter().map(|known| (distance(known), *known)).min()?;
    (distance <= 1.max(name.chars().count() / 3)).then(|| meant.to_owned())
}

/// What serde expected, in words for people who do not know Rust.
fn plain(expected: &str) -> &str {
    match expected {
        "u8" => "a whole number up to 255",
        "u16" => "a whole number up to 65535",
        "u32" => "a whole number up to 4294967295",
        "u64" => "a whole number from 0 on",
        "a boolean" => "true or false",
        "a string" => "a text",
        "string or map" => "a name",
        "a sequence" => "a list",
        "an array of length 2" => "a list of two",
        "a map" => "an object",
        _ if expected.starts_with("struct ") => "an object",
        other => other,
    }
}

/// A value in which no object has a field twice. `Value` itself would silently take the last one.
struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor).map(Self)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Unique(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            match fields.entry(name) {
                Entry::Vacant(place) => {
                    place.insert(object.next_value::<Unique>()?.0);
                }
                Entry::Occupied(field) => {
                    let name: String = field.key().chars().take(MAX_NAME_CHARS).collect();
                    return Err(A::Error::custom(format_args!("the field `{name}` is given twice")));
                }
            }
        }
        Ok(fields.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, place: &str, expect: &str) {
        let wrong = parse(text).expect_err("it is wrong");
        assert_eq!((wrong.place.as_str(), wrong.problem.to_string().as_str()), (place, expect), "{text}");
    }

    #[test]
    fn what_is_no_json_is_told_by_line_and_character() {
        check("", "line 1, column 1", "not JSON: EOF while parsing a value");
        check("{\n  \"a\": 1,\n  b: 2 }", "line 3, column 3", "not JSON: key must be a string");
        check(r#"{"文": 文}"#, "line 1, column 7", "not JSON: expected value");
        check("[1] 2", "line 1, column 5", "not JSON: trailing characters");
        check("[01]", "line 1, column 3", "not JSON: invalid number");
        let deep = parse(&"[".repeat(100_000)).expect_err("it is too deep");
        assert_eq!(deep.problem.to_string(), "not JSON: recursion limit exceeded");
    }

    #[test]
    fn a_field_that_is_given_twice_is_an_error_at_any_depth() {
        check(r#"{"a":1,"a":2}"#, "line 1, column 10", "not JSON: the field `a` is given twice");
        check(r#"[[{"b":[{"c":{},"c":1}]}]]"#, "line 1, column 19", "not JSON: the field `c` is given twice");
        parse(r#"[{"a":{"b":1}},{"a":{"b":2}}]"#).expect("none is given twice in one object");
    }

    #[test]
    fn a_number_is_what_it_was() {
        let value = parse("[18446744073709551615,-1,1.5]").expect("JSON");
        assert_eq!(value.to_string(), "[18446744073709551615,-1,1.5]");
    }

    #[test]
    fn only_a_similar_name_is_offered() {
        let known = ["client", "server"];
        assert_eq!(nearest("clinet", &known), Some("client".to_owned()));
        assert_eq!(nearest("Server", &known), Some("server".to_owned()));
        assert_eq!(nearest("nobody", &known), None);
        assert_eq!(nearest("", &known), None);
        assert_eq!(nearest("x", &[]), None);
    }

    #[test]
    fn whatever_a_name_holds_it_is_only_repeated_and_not_at_length() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Named {
            #[expect(dead_code, reason = "it is only read")]
            name: bool,
        }
        for name in ["`", "x`, expected `y", "at a: b", "a: b", "\u{202e}", "", &"长".repeat(30_000)] {
            for object in [serde_json::json!({ name: 1 }), serde_json::json!({ "name": name })] {
                let wrong = read::<Named>(&object).expect_err("it is wrong");
                let told = format!("{}{}", wrong.place, wrong.problem);
                assert!(told.chars().count() < 500, "{told}");
            }
        }
    }
}
