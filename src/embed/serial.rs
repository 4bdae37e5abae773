//! From any type that serde can write to JSON.
//!
//! Only as much as plain data needs. Nothing here can fail, and what every field has in common is not inlined: the
//! page pays for each copy.

use core::fmt::{self, Display, Write as _};

use serde::ser::{self, Impossible, Serialize};

use crate::lab::json::write_text;

/// `value` as JSON.
///
/// # Panics
/// If it has numbers with fractions or octets, or keys that are no texts: no plain data of the lab has.
#[must_use]
pub(super) fn to_text(value: &impl Serialize) -> String {
    let mut out = String::new();
    let Ok(()) = value.serialize(&mut Text(&mut out));
    out
}

struct Text<'a>(&'a mut String);

/// An error that does not happen.
#[derive(Debug)]
enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl core::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: Display>(why: T) -> Self {
        panic!("plain data can be written: {why}")
    }
}

impl Text<'_> {
    #[inline(never)]
    fn text(&mut self, text: &str) {
        let _ = write_text(self.0, text);
    }

    #[inline(never)]
    fn number(&mut self, number: impl Display) {
        let _ = write!(self.0, "{number}");
    }

    /// Goes on to the next element, before which there is nothing or a comma.
    #[inline(never)]
    fn next(&mut self) {
        if !self.0.ends_with(['[', '{', ':']) {
            self.0.push(',');
        }
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.next();
        self.text(name);
        self.0.push(':');
    }

    /// Opens an object of one field, for a variant that holds something.
    fn variant(&mut self, name: &str) {
        self.0.push('{');
        self.name(name);
    }
}

/// What is open and must be closed.
struct Open<'a, 'b> {
    text: &'b mut Text<'a>,
    end: &'static str,
}

impl<'a, 'b> Open<'a, 'b> {
    fn new(text: &'b mut Text<'a>, begin: char, end: &'static str) -> Self {
        text.0.push(begin);
        Self { text, end }
    }

    fn end(self) -> Result<(), Never> {
        self.text.0.push_str(self.end);
        Ok(())
    }

    #[inline(never)]
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.text.next();
        value.serialize(&mut *self.text)
    }

    #[inline(never)]
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Never> {
        self.text.name(name);
        value.serialize(&mut *self.text)
    }
}

/// Numbers of these types.
macro_rules! numbers {
    ($($name:ident $type:ty as $wide:ty),+) => {
        $(fn $name(self, number: $type) -> Result<(), Never> {
            self.number(<$wide>::from(number));
            Ok(())
        })+
    };
}

impl<'a, 'b> ser::Serializer for &'b mut Text<'a> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Open<'a, 'b>;
    type SerializeTuple = Open<'a, 'b>;
    type SerializeTupleStruct = Open<'a, 'b>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Open<'a, 'b>;
    type SerializeStruct = Open<'a, 'b>;
    type SerializeStructVariant = Open<'a, 'b>;

    numbers! {
        serialize_i8 i8 as i64, serialize_i16 i16 as i64, serialize_i32 i32 as i64, serialize_i64 i64 as i64,
        serialize_u8 u8 as u64, serialize_u16 u16 as u64, serialize_u32 u32 as u64, serialize_u64 u64 as u64
    }

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Never> {
        unreachable!("no value of ours has a fraction")
    }

    fn serialize_f64(self, _: f64) -> Result<(), Never> {
        unreachable!("no value of ours has a fraction")
    }

    fn serialize_char(self, c: char) -> Result<(), Never> {
        self.text(c.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        self.text(text);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Never> {
        unreachable!("octets are written as a list")
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), Never> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.variant(name);
        value.serialize(&mut *self)?;
        self.0.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a, 'b>, Never> {
        Ok(Open::new(self, '[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a, 'b>, Never> {
        Ok(Open::new(self, '[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a, 'b>, Never> {
        Ok(Open::new(self, '[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Never>, Never> {
        unreachable!("the values of our variants have names")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a, 'b>, Never> {
        Ok(Open::new(self, '{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a, 'b>, Never> {
        Ok(Open::new(self, '{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Open<'a, 'b>, Never> {
        self.variant(name);
        Ok(Open::new(self, '{', "}}"))
    }
}

/// The kinds of what is open differ for serde, not for JSON.
macro_rules! open {
    ($($kind:ident $add:ident as $how:ident($($name:ident: $type:ty)?);)+) => {
        $(impl ser::$kind for Open<'_, '_> {
            type Ok = ();
            type Error = Never;

            fn $add<T: Serialize + ?Sized>(&mut self, $($name: $type,)? value: &T) -> Result<(), Never> {
                self.$how($($name,)? value)
            }

            fn end(self) -> Result<(), Never> {
                Open::end(self)
            }
        })+
    };
}

open! {
    SerializeSeq serialize_element as element();
    SerializeTuple serialize_element as element();
    SerializeTupleStruct serialize_field as element();
    SerializeStruct serialize_field as field(name: &'static str);
    SerializeStructVariant serialize_field as field(name: &'static str);
}

impl ser::SerializeMap for Open<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.text.0.push(':');
        value.serialize(&mut *self.text)
    }

    fn end(self) -> Result<(), Never> {
        Open::end(self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// One of everything.
    #[derive(serde::Serialize)]
    struct All {
        numbers: (u8, i64, u64, Option<i32>, Option<u16>),
        lists: [Vec<bool>; 2],
        texts: [&'static str; 3],
        map: BTreeMap<&'static str, u32>,
        empty: BTreeMap<&'static str, u32>,
        nested: Vec<Kind>,
        character: char,
        unit: (),
    }

    #[derive(serde::Serialize)]
    enum Kind {
        Unit,
        Newtype(u32),
        Struct { a: u8, b: Tagged },
    }

    #[derive(serde::Serialize)]
    #[serde(tag = "type", rename_all = "kebab-case")]
    enum Tagged {
        OfUnit,
        OfFields { c: &'static str },
    }

    #[test]
    fn it_is_what_the_general_library_writes() {
        let all = All {
            numbers: (0, i64::MIN, u64::MAX, None, Some(1)),
            lists: [vec![], vec![true, false]],
            texts: ["", "a\"b\\c\n\u{1}[{:", "报文段 🦀"],
            map: BTreeMap::from([("x", 1), ("y:", 2)]),
            empty: BTreeMap::new(),
            nested: vec![
                Kind::Unit,
                Kind::Newtype(5),
                Kind::Struct { a: 1, b: Tagged::OfUnit },
                Kind::Struct { a: 2, b: Tagged::OfFields { c: "[" } },
            ],
            character: '字',
            unit: (),
        };
        let theirs = serde_json::to_value(&all).expect("plain data");
        let ours: serde_json::Value = serde_json::from_str(&to_text(&all)).expect("JSON");
        assert_eq!(ours, theirs);
    }
}
