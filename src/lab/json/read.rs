//! From a value to what it means, and back.

use core::fmt;

use super::Json;

/// What is wrong with a value. In a box, for it passes through every function that reads: the page would pay for moving
/// more than a word. None of them adds anything to it, for the same reason: it knows the value by its address, and where
/// that stands is looked for when it is to be told.
#[derive(Debug)]
pub(in crate::lab) struct Fault(Box<Found>);

#[derive(Debug)]
struct Found {
    at: *const Json,
    /// The field of this object; empty for the value itself.
    field: String,
    problem: Problem,
}

/// What is wrong with a value, and where.
pub(in crate::lab) struct Wrong {
    /// The place: `script[3].action.host`; empty for the value itself.
    pub(in crate::lab) place: String,
    /// What is wrong there.
    pub(in crate::lab) problem: Problem,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::lab) enum Problem {
    /// It is something else.
    Expected(&'static str),
    /// A name that nothing has.
    UnknownName(String),
    /// A field that must be there is not.
    Missing,
    /// No such field.
    UnknownField,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected(what) => write!(f, "{what} is expected"),
            Self::UnknownName(name) => write!(f, "nothing is called `{name}` here"),
            Self::Missing => f.write_str("this field must be given"),
            Self::UnknownField => f.write_str("there is no such field"),
        }
    }
}

/// Names that come from outside are repeated, but not at any length.
const MAX_NAME_CHARS: usize = 40;

impl Fault {
    /// Something is wrong with `field` of the object `at`.
    #[inline(never)]
    pub(in crate::lab) fn of_field(at: &Json, field: &str, problem: Problem) -> Self {
        let field = field.chars().take(MAX_NAME_CHARS).collect();
        Self(Box::new(Found { at, field, problem }))
    }

    /// `at` is not what is expected there.
    #[inline(never)]
    pub(in crate::lab) fn expected(at: &Json, what: &'static str) -> Self {
        Self::of_field(at, "", Problem::Expected(what))
    }

    /// `at` has a name that nothing has.
    #[inline(never)]
    pub(in crate::lab) fn unknown_name(at: &Json, name: &str) -> Self {
        Self::of_field(at, "", Problem::unknown_name(name))
    }

    #[inline(never)]
    fn missing(at: &Json, field: &str) -> Self {
        Self::of_field(at, field, Problem::Missing)
    }

    /// What is wrong, and where in `whole`, which was read.
    pub(in crate::lab) fn within(self, whole: &Json) -> Wrong {
        let Found { at, field, problem } = *self.0;
        let place = place_of(at, whole).unwrap_or_default();
        Wrong { place: if field.is_empty() { place } else { joined(&place, &field) }, problem }
    }
}

impl Problem {
    fn unknown_name(name: &str) -> Self {
        Self::UnknownName(name.chars().take(MAX_NAME_CHARS).collect())
    }
}

/// Where in `value` the one at this address stands.
fn place_of(wanted: *const Json, value: &Json) -> Option<String> {
    if core::ptr::eq(wanted, value) {
        return Some(String::new());
    }
    match value {
        Json::List(values) => {
            let place = |(i, value)| Some(joined(&format!("[{i}]"), &place_of(wanted, value)?));
            values.iter().enumerate().find_map(place)
        }
        Json::Object(fields) => {
            let place = |(name, value): &(String, Json)| Some(joined(name, &place_of(wanted, value)?));
            fields.iter().find_map(place)
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::OtherNumber | Json::Text(_) => None,
    }
}

fn joined(place: &str, rest: &str) -> String {
    let dot = if place.is_empty() || rest.is_empty() || rest.starts_with('[') { "" } else { "." };
    format!("{place}{dot}{rest}")
}

/// Something that can be written as JSON.
pub(in crate::lab) trait Write {
    fn write(&self) -> Json;
}

/// Something that can be read from JSON.
pub(in crate::lab) trait Read: Sized {
    fn read(value: &Json) -> Result<Self, Fault>;

    /// What a field means that is left out; None if it must be there.
    fn left_out() -> Option<Self> {
        None
    }
}

/// The fields of an object that is being read.
pub(in crate::lab) struct Fields<'a>(&'a Json);

impl<'a> Fields<'a> {
    /// `value` as an object that has no other fields than `known`.
    #[inline(never)]
    pub(in crate::lab) fn of(value: &'a Json, known: &[&str]) -> Result<Self, Fault> {
        let Json::Object(fields) = value else { return Err(Fault::expected(value, "an object")) };
        match fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => Err(Fault::of_field(value, name, Problem::UnknownField)),
            None => Ok(Self(value)),
        }
    }

    /// `value` as one of several kinds of objects, whose field `type` has one of `names`: the place of the name, and
    /// the fields, of which there are no others than those at this place in `known`.
    #[inline(never)]
    pub(in crate::lab) fn of_one(
        value: &'a Json,
        names: &[&str],
        known: &[&[&str]],
    ) -> Result<(usize, Self), Fault> {
        let Json::Object(_) = value else { return Err(Fault::expected(value, "an object")) };
        let Some(name) = Self(value).value("type").and_then(Json::as_str) else {
            return Err(Fault::of_field(value, "type", Problem::Expected("the name of what it is")));
        };
        let Some(place) = names.iter().position(|known| *known == name) else {
            return Err(Fault::of_field(value, "type", Problem::unknown_name(name)));
        };
        Ok((place, Self::of(value, known[place])?))
    }

    #[inline(never)]
    pub(in crate::lab) fn value(&self, name: &str) -> Option<&'a Json> {
        let Json::Object(fields) = self.0 else { return None };
        fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The field, or what leaving it out means.
    #[inline(never)]
    pub(in crate::lab) fn get<T: Read>(&self, name: &str) -> Result<T, Fault> {
        match self.value(name) {
            Some(value) => T::read(value),
            None => T::left_out().ok_or_else(|| Fault::missing(self.0, name)),
        }
    }

    /// The field, or `default` if it is left out.
    #[inline(never)]
    pub(in crate::lab) fn get_or<T: Read>(&self, name: &str, default: T) -> Result<T, Fault> {
        self.value(name).map_or(Ok(default), T::read)
    }
}

/// Reads a list.
pub(in crate::lab) fn list<T: Read>(value: &Json) -> Result<Vec<T>, Fault> {
    let Json::List(values) = value else { return Err(Fault::expected(value, "a list")) };
    let mut read = Vec::with_capacity(values.len());
    for value in values {
        read.push(T::read(value)?);
    }
    Ok(read)
}

/// Adds a field.
///
/// Not inlined, nor is what reads: there are dozens of fields, and the page pays for every copy.
#[inline(never)]
pub(in crate::lab) fn put<T: Write>(fields: &mut Vec<(String, Json)>, name: &str, value: &T) {
    put_value(fields, name, value.write());
}

/// Adds a field, unless it is null: that means the same as leaving it out.
#[inline(never)]
pub(in crate::lab) fn put_given<T: Write>(fields: &mut Vec<(String, Json)>, name: &str, value: &T) {
    let value = value.write();
    if value != Json::Null {
        put_value(fields, name, value);
    }
}

#[inline(never)]
fn put_value(fields: &mut Vec<(String, Json)>, name: &str, value: Json) {
    fields.push((name.to_owned(), value));
}

/// Reads an enum from the form `{"type": "drop", "segment": 3}`, and with `both` writes it too, from one table.
macro_rules! tagged {
    ($type:ident { $($variant:ident $name:literal { $($field:ident $key:literal $(= $default:expr)?),* })+ }) => {
        impl $type {
            /// What may stand as the `type`.
            pub const NAMES: &'static [&'static str] = &[$($name),+];
        }

        impl $crate::lab::json::Read for $type {
            fn read(value: &$crate::lab::json::Json) -> Result<Self, $crate::lab::json::Fault> {
                #[derive(Clone, Copy)]
                enum Tag { $($variant),+ }
                const TAGS: &[Tag] = &[$(Tag::$variant),+];
                const KNOWN: &[&[&str]] = &[$(&["type", $($key),*]),+];
                let (place, fields) = $crate::lab::json::Fields::of_one(value, Self::NAMES, KNOWN)?;
                Ok(match TAGS[place] {
                    $(Tag::$variant => Self::$variant {
                        $($field: tagged!(@read fields, $key $(, $default)?)),*
                    },)+
                })
            }
        }
    };
    (@write $type:ident { $($variant:ident $name:literal { $($field:ident $key:literal $(= $default:expr)?),* })+ }) => {
        impl $crate::lab::json::Write for $type {
            fn write(&self) -> $crate::lab::json::Json {
                let mut fields = vec![("type".to_owned(), $crate::lab::json::Json::Null)];
                let name = match self {
                    $(Self::$variant { $($field),* } => {
                        $($crate::lab::json::put_given(&mut fields, $key, $field);)*
                        $name
                    })+
                };
                fields[0].1 = $crate::lab::json::Json::Text(name.to_owned());
                $crate::lab::json::Json::Object(fields)
            }
        }
    };
    (both $type:ident { $($table:tt)* }) => {
        tagged! { $type { $($table)* } }
        tagged! { @write $type { $($table)* } }
    };
    (@read $fields:ident, $key:literal) => { $fields.get($key)? };
    (@read $fields:ident, $key:literal, $default:expr) => { $fields.get_or($key, $default)? };
}
pub(in crate::lab) use tagged;
