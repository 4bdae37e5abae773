//! `{"type": "drop", "segment": 3}`: the form in which actions and conditions stand in files and cross to JavaScript.
//!
//! Serde can do this by itself, but then buffers and reads every field a second way, for each type anew; it was half
//! of the page's size. Here the tag is moved in the JSON value, and one way of reading serves all.

use serde::{Deserialize, Serialize};
use serde_json::{Error, Map, Value};

const TAG: &str = "type";

/// Reads a value with a tag by what serde derives for an enum: `{"drop": {"segment": 3}}`.
pub(super) fn read<T>(value: Value, derived: impl Fn(&Value) -> Result<T, Error>) -> Result<T, Error> {
    let Value::Object(mut fields) = value else {
        return Err(serde::de::Error::custom("an object with a `type` is expected"));
    };
    let tag = match fields.remove(TAG) {
        Some(Value::String(tag)) => tag,
        Some(_) => return Err(serde::de::Error::custom("`type` is a text")),
        None => return Err(serde::de::Error::missing_field(TAG)),
    };
    if fields.is_empty()
        && let Ok(unit) = derived(&Value::from(tag.as_str()))
    {
        return Ok(unit);
    }
    derived(&Value::Object(Map::from_iter([(tag, Value::Object(fields))])))
}

/// Moves the name that serde derives for a variant back among the fields.
pub(super) fn write(derived: Value) -> Value {
    let (tag, fields) = match derived {
        Value::Object(variant) => match variant.into_iter().next() {
            Some((tag, Value::Object(fields))) => (tag, fields),
            Some((tag, _)) => (tag, Map::new()),
            None => return Value::Null,
        },
        Value::String(tag) => (tag, Map::new()),
        other => return other,
    };
    let mut tagged = Map::from_iter([(TAG.to_owned(), Value::from(tag))]);
    tagged.extend(fields);
    Value::Object(tagged)
}

/// The traits for a type whose derived (inherent) functions have the outer tag.
macro_rules! tagged {
    ($($type:ty),+) => {
        $(impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                $crate::lab::tagged::read(value, |value| Self::deserialize(value)).map_err(serde::de::Error::custom)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let derived = Self::serialize(self, serde_json::value::Serializer);
                let value = derived.map_err(serde::ser::Error::custom)?;
                serde::Serialize::serialize(&$crate::lab::tagged::write(value), serializer)
            }
        })+
    };
}
pub(super) use tagged;

/// Reads from a JSON value, the one way in which anything here is read.
pub(super) fn from_value<T: for<'de> Deserialize<'de>>(value: &Value) -> Result<T, Error> {
    T::deserialize(value)
}

/// Writes to a JSON value, the one way in which anything here is written.
pub(crate) fn to_value<T: Serialize>(value: &T) -> Value {
    // Maps here have text keys and numbers are whole: nothing of ours cannot be JSON.
    value.serialize(serde_json::value::Serializer).unwrap_or_default()
}
