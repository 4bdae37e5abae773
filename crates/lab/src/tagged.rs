//! Enums that stand in JSON as objects with a `type`: `{"type": "drop", "segment": 3}`.
//!
//! serde's own `#[serde(tag = "type")]` has this form too, but reads the other fields from a copy that does not know its
//! place: an author would be told that something is wrong with `script[0].action`, and not that it is `script[0].action.host`.
//! So these enums derive serde's plain form, a name and its fields, under `#[serde(remote = "Self")]`, and their two
//! traits are written with the functions here.

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, Unexpected, VariantAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Error, Map, Value};
use serde_path_to_error::Track;

use crate::read::{unknown_field, with_place};

/// The field that says which variant it is.
const TAG: &str = "type";

/// Reads an object with a `type`; `plain` is the function that serde has derived.
pub(crate) fn deserialize<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    plain: impl FnOnce(Object) -> Result<T, Error>,
) -> Result<T, D::Error> {
    plain(Object(Map::deserialize(deserializer)?)).map_err(D::Error::custom)
}

/// Writes an object with a `type`; `plain` is what the function makes that serde has derived. Fields that are null are left
/// out, which means the same.
pub(crate) fn serialize<S: Serializer>(
    serializer: S,
    plain: Result<Value, Error>,
) -> Result<S::Ok, S::Error> {
    let (name, fields) = match plain.map_err(serde::ser::Error::custom)? {
        Value::Object(variant) => variant.into_iter().next().unwrap_or_default(),
        name => (name.as_str().unwrap_or_default().to_owned(), Value::Null),
    };
    let mut object = serializer.serialize_map(None)?;
    let fields = fields.as_object();
    // A variant that writes its own object knows better.
    let tag = fields.and_then(|fields| fields.get(TAG)).map_or(&*name, |tag| tag.as_str().unwrap_or(&name));
    object.serialize_entry(TAG, tag)?;
    for (name, value) in fields.into_iter().flatten() {
        if name != TAG && !value.is_null() {
            object.serialize_entry(name, value)?;
        }
    }
    object.end()
}

/// An object with a `type`, as serde's plain form of an enum.
pub(crate) struct Object(Map<String, Value>);

impl<'de> Deserializer<'de> for Object {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Object {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name = match self.0.get(TAG) {
            Some(Value::String(name)) => name.as_str(),
            Some(_) => return Err(Error::custom(format_args!("at {TAG}: a name is expected"))),
            None => return Err(Error::missing_field(TAG)),
        };
        match seed.deserialize(name.into_deserializer()) {
            Ok(variant) => Ok((variant, self)),
            Err(error) => {
                let error: Error = error;
                Err(Error::custom(format_args!("at {TAG}: {error}")))
            }
        }
    }
}

impl<'de> VariantAccess<'de> for Object {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.0.keys().find(|name| *name != TAG) {
            Some(name) => Err(unknown_field(name, &[])),
            None => Ok(()),
        }
    }

    /// The one value of such a variant is the whole object, `type` and all.
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        let mut track = Track::new();
        let object = serde_path_to_error::Deserializer::new(Value::Object(self.0), &mut track);
        seed.deserialize(object).map_err(|error| Error::custom(with_place(&track.path(), &error.to_string())))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        Err(Error::invalid_type(Unexpected::Map, &visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        mut self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.remove(TAG);
        self.newtype_variant_seed(Fields(visitor))
    }
}

/// The fields of a variant.
struct Fields<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Fields<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_map(self.0)
    }
}
