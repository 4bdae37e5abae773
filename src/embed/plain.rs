//! Plain JavaScript data as JSON values. Here alone numbers can have fractions, and lose them.

use core::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::lab::json::Json;

/// A value that came from JavaScript.
pub(super) struct FromJs(pub(super) Json);

impl<'de> Deserialize<'de> for FromJs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = FromJs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("plain data")
            }

            fn visit_unit<E>(self) -> Result<FromJs, E> {
                Ok(FromJs(Json::Null))
            }

            fn visit_none<E>(self) -> Result<FromJs, E> {
                Ok(FromJs(Json::Null))
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<FromJs, D::Error> {
                FromJs::deserialize(deserializer)
            }

            fn visit_bool<E>(self, value: bool) -> Result<FromJs, E> {
                Ok(FromJs(Json::Bool(value)))
            }

            fn visit_u64<E>(self, number: u64) -> Result<FromJs, E> {
                Ok(FromJs(Json::Number(number)))
            }

            fn visit_i64<E>(self, number: i64) -> Result<FromJs, E> {
                Ok(FromJs(u64::try_from(number).map_or(Json::OtherNumber, Json::Number)))
            }

            fn visit_f64<E>(self, number: f64) -> Result<FromJs, E> {
                // The whole numbers that JavaScript can tell apart reach to 2^53.
                const GREATEST: f64 = 9_007_199_254_740_992.0;
                let is_whole = (0.0..=GREATEST).contains(&number) && number.trunc() == number;
                Ok(FromJs(if is_whole { Json::Number(number as u64) } else { Json::OtherNumber }))
            }

            fn visit_str<E>(self, text: &str) -> Result<FromJs, E> {
                Ok(FromJs(Json::Text(text.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FromJs, A::Error> {
                let mut values = Vec::new();
                while let Some(FromJs(value)) = list.next_element()? {
                    values.push(value);
                }
                Ok(FromJs(Json::List(values)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FromJs, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, FromJs(value))) = map.next_entry()? {
                    fields.push((name, value));
                }
                Ok(FromJs(Json::Object(fields)))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
