//! From plain data to text.
//!
//! What is written is the contract with JavaScript and with old links, so every name stands here or in a table that
//! uses this, and tests compare it with what serde makes of the same types. Objects are given as one text of names and
//! a list of values: the page pays for each call and each copy, and there are hundreds of fields.

use core::fmt::{self, Write as _};

use super::Json;
use std::collections::BTreeMap;

/// Something that can be written as JSON.
pub trait Write {
    /// Writes it.
    fn write(&self, out: &mut Writer);
}

/// JSON that is being written.
#[derive(Debug, Default)]
pub struct Writer(String);

/// `value` as JSON.
#[must_use]
pub fn to_text(value: &dyn Write) -> String {
    let mut out = Writer::default();
    value.write(&mut out);
    out.0
}

impl Writer {
    /// Goes on to the next element, before which there is nothing or a comma.
    fn next(&mut self) {
        if !self.0.ends_with(['[', '{', ':']) {
            self.0.push(',');
        }
    }

    #[inline(never)]
    fn number(&mut self, number: u64) {
        let _ = write!(self.0, "{number}");
    }

    /// A text between quotation marks.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        let _ = write_text(&mut self.0, text);
    }

    /// What is shown as a text, between quotation marks.
    pub fn shown(&mut self, value: &dyn fmt::Display) {
        self.text(&value.to_string());
    }

    #[inline(never)]
    fn field(&mut self, name: &str, value: &dyn Write) {
        self.next();
        self.text(name);
        self.0.push(':');
        value.write(self);
    }

    #[inline(never)]
    fn element(&mut self, value: &dyn Write) {
        self.next();
        value.write(self);
    }

    /// A list.
    pub fn list<'a, T: Write + 'a>(&mut self, values: impl IntoIterator<Item = &'a T>) {
        self.0.push('[');
        for value in values {
            self.element(value);
        }
        self.0.push(']');
    }

    /// An object. The names are divided by spaces.
    #[inline(never)]
    pub fn object(&mut self, names: &str, values: &[&dyn Write]) {
        self.0.push('{');
        for (name, &value) in names.trim_ascii_end().split(' ').zip(values) {
            self.field(name, value);
        }
        self.0.push('}');
    }

    /// The same without the values that are null: in an action that means the same as leaving them out.
    #[inline(never)]
    pub fn given(&mut self, names: &str, values: &[&dyn Write]) {
        self.0.push('{');
        for (name, &value) in names.trim_ascii_end().split(' ').zip(values) {
            let before = self.0.len();
            self.field(name, value);
            // What is no null ends otherwise: with a quotation mark, a bracket, a digit or another word.
            if self.0.ends_with(":null") {
                self.0.truncate(before);
            }
        }
        self.0.push('}');
    }
}

fn write_text(f: &mut String, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            c if u32::from(c) < 0x20 => write!(f, "\\u{:04x}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

impl Write for Json {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Null | Self::OtherNumber => out.0.push_str("null"),
            Self::Bool(value) => value.write(out),
            Self::Number(number) => out.number(*number),
            Self::Text(text) => out.text(text),
            Self::List(values) => out.list(values),
            Self::Object(fields) => {
                out.0.push('{');
                for (name, value) in fields {
                    out.field(name, value);
                }
                out.0.push('}');
            }
        }
    }
}

macro_rules! numbers {
    ($($type:ty)+) => {
        $(impl Write for $type {
            fn write(&self, out: &mut Writer) {
                out.number(*self as u64);
            }
        })+
    };
}

numbers! { u8 u16 u32 u64 usize }

impl Write for i64 {
    fn write(&self, out: &mut Writer) {
        if *self < 0 {
            out.0.push('-');
        }
        out.number(self.unsigned_abs());
    }
}

impl Write for bool {
    fn write(&self, out: &mut Writer) {
        out.0.push_str(if *self { "true" } else { "false" });
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, out: &mut Writer) {
        (*self).write(out);
    }
}

impl Write for str {
    fn write(&self, out: &mut Writer) {
        out.text(self);
    }
}

impl Write for String {
    fn write(&self, out: &mut Writer) {
        out.text(self);
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, out: &mut Writer) {
        match self {
            Some(value) => value.write(out),
            None => out.0.push_str("null"),
        }
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.list(self);
    }
}

impl<T: Write> Write for [T] {
    fn write(&self, out: &mut Writer) {
        out.list(self);
    }
}

impl<T: Write, const N: usize> Write for [T; N] {
    fn write(&self, out: &mut Writer) {
        out.list(self);
    }
}

impl<A: Write, B: Write> Write for (A, B) {
    fn write(&self, out: &mut Writer) {
        out.0.push('[');
        out.element(&self.0);
        out.element(&self.1);
        out.0.push(']');
    }
}

impl<T: Write> Write for BTreeMap<&str, T> {
    fn write(&self, out: &mut Writer) {
        out.0.push('{');
        for (name, value) in self.iter() {
            out.field(name, value);
        }
        out.0.push('}');
    }
}

/// Structs that are written as objects of all their fields.
#[macro_export]
macro_rules! objects {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {
        $(impl $crate::json::Write for $type {
            fn write(&self, out: &mut $crate::json::Writer) {
                let Self { $($field,)+ .. } = self;
                out.object(concat!($(stringify!($field), " "),+), &[$($field),+]);
            }
        })+
    };
}
pub use objects;

/// Enums that are written as objects, whose field `$tag` says which variant it is.
macro_rules! variants {
    ($type:ident by $tag:literal { $($variant:ident $name:literal { $($field:ident),* })+ }) => {
        impl $crate::json::Write for $type {
            fn write(&self, out: &mut $crate::json::Writer) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        out.object(concat!($tag $(, " ", stringify!($field))*), &[&$name $(, $field)*]);
                    })+
                }
            }
        }
    };
}
pub(crate) use variants;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_what_a_library_reads() {
        for text in ["", "a\"b\\c\n\u{1}[{:", "报文段 🦀"] {
            assert_eq!(serde_json::from_str::<String>(&to_text(&text)).expect("JSON"), text);
        }
    }

    #[test]
    fn elements_are_divided_wherever_the_last_one_ended() {
        let empty: Vec<u8> = vec![];
        let lists = (vec![empty.clone(), empty], vec!["[", "{", ":"]);
        assert_eq!(to_text(&lists), r#"[[[],[]],["[","{",":"]]"#);
        assert_eq!(to_text(&[Some(i64::MIN), None]), "[-9223372036854775808,null]");
        assert_eq!(to_text(&(u64::MAX, true)), "[18446744073709551615,true]");
    }

    #[test]
    fn what_is_null_can_be_left_out() {
        let mut out = Writer::default();
        out.given("type socket port", &[&"bind", &None::<u32>, &80_u16]);
        assert_eq!(out.0, r#"{"type":"bind","port":80}"#);
    }
}
