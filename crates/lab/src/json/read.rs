//! From a value to what it means.

use core::fmt;

use super::Json;

/// What is wrong with a value that is being read: of several things the first. Who finds one goes on with anything that
/// has the right type, and [`read`] throws it away in the end: the page would pay for a way out at each of the dozens of
/// fields. A value is known by its address, and where that stands is looked for when it is to be told.
#[derive(Debug, Default)]
pub(crate) struct Faults(Option<Found>);

#[derive(Debug)]
struct Found {
    at: *const Json,
    /// The field of this object; empty for the value itself.
    field: String,
    problem: Problem,
}

/// What is wrong with a value, and where.
pub(crate) struct Wrong {
    /// The place: `script[3].action.host`; empty for the value itself.
    pub(crate) place: String,
    /// What is wrong there.
    pub(crate) problem: Problem,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
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

impl Faults {
    /// Something is wrong with `field` of the object `at`.
    #[inline(never)]
    pub(crate) fn of_field(&mut self, at: &Json, field: &str, problem: Problem) {
        let field = || field.chars().take(MAX_NAME_CHARS).collect();
        self.0.get_or_insert_with(|| Found { at, field: field(), problem });
    }

    /// `at` is not what is expected there.
    #[inline(never)]
    pub(crate) fn expected(&mut self, at: &Json, what: &'static str) {
        self.of_field(at, "", Problem::Expected(what));
    }

    /// The place in `names` of a `name` that stands in `field` of `at`, or in `at` itself.
    #[inline(never)]
    pub(crate) fn place_of(&mut self, at: &Json, field: &str, name: &str, names: &[&str]) -> usize {
        names.iter().position(|known| *known == name).unwrap_or_else(|| {
            let name = name.chars().take(MAX_NAME_CHARS).collect();
            self.of_field(at, field, Problem::UnknownName(name));
            0
        })
    }
}

/// What `whole` means.
///
/// # Errors
/// The first thing that is wrong with it.
pub(crate) fn read<T: Read>(whole: &Json) -> Result<T, Wrong> {
    let mut faults = Faults::default();
    let read = T::read(whole, &mut faults);
    match faults.0 {
        Some(Found { at, field, problem }) => {
            let place = place_of(at, whole).unwrap_or_default();
            Err(Wrong { place: joined(&place, &field), problem })
        }
        None => Ok(read),
    }
}

/// Where in `value` the one at this address stands.
pub(crate) fn place_of(wanted: *const Json, value: &Json) -> Option<String> {
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

/// Something that can be read from JSON.
pub(crate) trait Read: Sized {
    /// What `value` means; anything if `faults` is told that it means nothing.
    fn read(value: &Json, faults: &mut Faults) -> Self;

    /// What a field means that is left out; None if it must be there.
    fn left_out() -> Option<Self> {
        None
    }
}

/// The fields of an object that is being read.
pub(crate) struct Fields<'a, 'f> {
    object: &'a Json,
    faults: &'f mut Faults,
}

impl<'a, 'f> Fields<'a, 'f> {
    /// `object` as an object that has no other fields than `known`.
    #[inline(never)]
    pub(crate) fn of(object: &'a Json, known: &[&str], faults: &'f mut Faults) -> Self {
        if let Json::Object(fields) = object {
            if let Some((name, _)) = fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
                faults.of_field(object, name, Problem::UnknownField);
            }
        } else {
            faults.expected(object, "an object");
        }
        Self { object, faults }
    }

    /// `object` as one of several kinds of objects, whose field `type` has one of `names`: the place of the name, and
    /// the fields, of which there are no others than those at this place in `known`.
    #[inline(never)]
    pub(crate) fn of_one(
        object: &'a Json,
        names: &[&str],
        known: &[&[&str]],
        faults: &'f mut Faults,
    ) -> (usize, Self) {
        let place = match (object, object.field("type").and_then(Json::as_str)) {
            (_, Some(name)) => faults.place_of(object, "type", name, names),
            (Json::Object(_), None) => {
                faults.of_field(object, "type", Problem::Expected("the name of what it is"));
                0
            }
            // Which of them was meant is no question any more.
            _ => 0,
        };
        (place, Self::of(object, known[place], faults))
    }

    pub(crate) fn value(&self, name: &str) -> Option<&'a Json> {
        self.object.field(name)
    }

    /// The field, or what leaving it out means.
    ///
    /// Not inlined, nor is what else reads: there are dozens of fields, and the page pays for every copy.
    #[inline(never)]
    pub(crate) fn get<T: Read>(&mut self, name: &str) -> T {
        match self.value(name) {
            Some(value) => T::read(value, self.faults),
            None => T::left_out().unwrap_or_else(|| {
                self.faults.of_field(self.object, name, Problem::Missing);
                T::read(&Json::Null, self.faults)
            }),
        }
    }

    /// The field, or `default` if it is left out.
    #[inline(never)]
    pub(crate) fn get_or<T: Read>(&mut self, name: &str, default: T) -> T {
        match self.value(name) {
            Some(value) => T::read(value, self.faults),
            None => default,
        }
    }
}

/// The fields of an object of which any may be left out, taken one after the other in the order of their names: so these
/// stand in the page only once.
pub(crate) struct InOrder<'a, 'f> {
    fields: Fields<'a, 'f>,
    names: core::str::Split<'static, char>,
}

impl<'a, 'f> InOrder<'a, 'f> {
    /// `object` as an object that has no other fields than `names`, which spaces divide.
    #[inline(never)]
    pub(crate) fn of(object: &'a Json, names: &'static str, faults: &'f mut Faults) -> Self {
        let names = names.trim_ascii_end().split(' ');
        let known: Vec<_> = names.clone().collect();
        Self { fields: Fields::of(object, &known, faults), names }
    }

    /// The next field, or `default` if it is left out.
    #[inline(never)]
    pub(crate) fn next_or<T: Read>(&mut self, default: T) -> T {
        self.fields.get_or(self.names.next().unwrap_or(""), default)
    }
}

/// Reads a list.
pub(crate) fn list<T: Read>(value: &Json, faults: &mut Faults) -> Vec<T> {
    if let Json::List(values) = value {
        values.iter().map(|value| T::read(value, faults)).collect()
    } else {
        faults.expected(value, "a list");
        Vec::new()
    }
}

/// Reads an enum from the form `{"type": "drop", "segment": 3}`, and with `both` writes it too, from one table.
macro_rules! tagged {
    ($type:ident { $($variant:ident $name:literal { $($field:ident $key:literal $(= $default:expr)?),* })+ }) => {
        impl $type {
            /// What may stand as the `type`.
            pub const NAMES: &'static [&'static str] = &[$($name),+];
        }

        impl $crate::json::Read for $type {
            fn read(value: &$crate::json::Json, faults: &mut $crate::json::Faults) -> Self {
                #[derive(Clone, Copy)]
                enum Tag { $($variant),+ }
                const TAGS: &[Tag] = &[$(Tag::$variant),+];
                const KNOWN: &[&[&str]] = &[$(&["type", $($key),*]),+];
                let (place, mut fields) = $crate::json::Fields::of_one(value, Self::NAMES, KNOWN, faults);
                match TAGS[place] {
                    $(Tag::$variant => Self::$variant {
                        $($field: tagged!(@read fields, $key $(, $default)?)),*
                    },)+
                }
            }
        }
    };
    (@write $type:ident { $($variant:ident $name:literal { $($field:ident $key:literal $(= $default:expr)?),* })+ }) => {
        impl $crate::json::Write for $type {
            fn write(&self, out: &mut $crate::json::Writer) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        out.given(concat!("type" $(, " ", $key)*), &[&$name $(, $field)*]);
                    })+
                }
            }
        }
    };
    (both $type:ident { $($table:tt)* }) => {
        tagged! { $type { $($table)* } }
        tagged! { @write $type { $($table)* } }
    };
    (@read $fields:ident, $key:literal) => { $fields.get($key) };
    (@read $fields:ident, $key:literal, $default:expr) => { $fields.get_or($key, $default) };
}
pub(crate) use tagged;
