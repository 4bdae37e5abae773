//! Texts as a table: one file a language, which the page loads instead of carrying every language in its program.
//!
//! What is written in Rust stays the only source. Natively it is used directly. In the page's program it is never
//! called, so the compiler leaves it out, and the same functions read a table that was written from it: the strings of
//! every key, in the order of the keys. `texts!` defines such functions and the order together.

use std::sync::OnceLock;

use crate::Lang;

/// The words are in this program. Not so in the page: there they come from a file.
pub const WRITTEN: bool = cfg!(any(test, not(target_arch = "wasm32")));

/// What parts one text from the next in a file. No text contains it.
const SEPARATOR: char = '\n';
/// How the first line of a file begins; the language and the fingerprint follow.
const HEAD: &str = "tcp-state-lab-texts 1";

/// What a text is looked up by: one of so many, in a fixed order.
pub trait Key: Copy + 'static {
    /// How many there are.
    const COUNT: usize;

    /// The one at this place.
    fn nth(place: usize) -> Self;

    /// Its place.
    fn place(self) -> usize;
}

/// The keys of an enum that lists its variants.
#[macro_export]
macro_rules! keys {
    ($($key:ty),+) => {
        $(impl $crate::text::table::Key for $key {
            const COUNT: usize = Self::ALL.len();

            fn nth(place: usize) -> Self {
                Self::ALL[place]
            }

            fn place(self) -> usize {
                Self::ALL.iter().position(|key| *key == self).unwrap_or(Self::COUNT)
            }
        })+
    };
}

/// What stands under a key: a string, or several in a fixed order.
pub trait Entry {
    /// How many strings.
    const PARTS: usize;

    /// Puts them behind `table`.
    fn write(&self, table: &mut Vec<&'static str>);

    /// Takes them from where `reader` stands.
    fn read(reader: &mut Reader) -> Self;
}

impl Entry for &'static str {
    const PARTS: usize = 1;

    fn write(&self, table: &mut Vec<&'static str>) {
        table.push(self);
    }

    fn read(reader: &mut Reader) -> Self {
        reader.next()
    }
}

/// Nothing is an empty string.
impl Entry for Option<&'static str> {
    const PARTS: usize = 1;

    fn write(&self, table: &mut Vec<&'static str>) {
        table.push(self.unwrap_or_default());
    }

    fn read(reader: &mut Reader) -> Self {
        Some(reader.next()).filter(|text| !text.is_empty())
    }
}

/// A struct of strings.
#[macro_export]
macro_rules! entry {
    ($($name:ident { $($part:ident),+ })+) => {
        $(impl $crate::text::table::Entry for $name {
            const PARTS: usize = [$(stringify!($part)),+].len();

            fn write(&self, table: &mut Vec<&'static str>) {
                table.extend([$(self.$part),+]);
            }

            fn read(reader: &mut $crate::text::table::Reader) -> Self {
                // Fields are evaluated as they are written here, whatever their order in the struct.
                Self { $($part: reader.next()),+ }
            }
        })+
    };
}

/// A place in a table.
pub struct Reader {
    table: &'static [&'static str],
    next: usize,
}

impl Reader {
    /// At `start` in `table`.
    pub const fn new(table: &'static [&'static str], start: usize) -> Self {
        Self { table, next: start }
    }

    /// The string here, and one further. Beyond the end there are empty ones: a text that is missing is no reason to
    /// stop a lab.
    pub fn next(&mut self) -> &'static str {
        let text = self.table.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        text
    }
}

/// Defines functions from a key and a language to a text, and their order in the table, which begins at `from` and
/// ends at the constant `END`; and `write`, which fills that part of the table.
#[macro_export]
macro_rules! texts {
    (from $from:expr; $($(#[$doc:meta])* $name:ident($key:ident: $ty:ty, $lang:ident) -> $text:ty = $written:expr;)+) => {
        #[derive(Clone, Copy)]
        #[expect(non_camel_case_types, reason = "each is a function of this name")]
        enum Family { $($name,)+ }

        impl Family {
            /// How many strings each has.
            const LENGTHS: &[usize] = &[$(
                <$ty as $crate::text::table::Key>::COUNT * <$text as $crate::text::table::Entry>::PARTS,
            )+];

            /// Where the strings of this one begin.
            const fn start(self) -> usize {
                $from + $crate::text::table::sum(Self::LENGTHS, self as usize)
            }
        }

        /// Where this part of the table ends.
        pub const END: usize =
            $from + $crate::text::table::sum(Family::LENGTHS, Family::LENGTHS.len());

        $($(#[$doc])*
        #[must_use]
        pub fn $name($key: $ty, $lang: $crate::Lang) -> $text {
            if $crate::text::table::WRITTEN {
                $written
            } else {
                let table = $crate::text::table::loaded($lang);
                $crate::text::table::at(table, Family::$name.start(), $key)
            }
        })+

        /// Puts the strings of every key behind `table`.
        pub fn write(lang: $crate::Lang, table: &mut Vec<&'static str>) {
            use $crate::text::table::{Entry, Key};
            $(for place in 0..<$ty as Key>::COUNT {
                $name(<$ty as Key>::nth(place), lang).write(table);
            })+
        }

        /// Every function finds in `table` what is written in Rust.
        #[cfg(test)]
        pub fn check(lang: $crate::Lang, table: &'static [&'static str]) {
            use $crate::text::table::{Key, at};
            $(for place in 0..<$ty as Key>::COUNT {
                let key = <$ty as Key>::nth(place);
                assert_eq!(key.place(), place, "{key:?} is listed twice");
                let found: $text = at(table, Family::$name.start(), key);
                assert_eq!(found, $name(key, lang), "{key:?}");
            })+
        }
    };
}

pub use {entry, keys, texts};

/// The sum of the first `count` of `lengths`.
pub const fn sum(lengths: &[usize], count: usize) -> usize {
    let (mut sum, mut i) = (0, 0);
    while i < count {
        sum += lengths[i];
        i += 1;
    }
    sum
}

/// What stands under `key`, among the entries that begin at `start`.
pub fn at<K: Key, E: Entry>(table: &'static [&'static str], start: usize, key: K) -> E {
    E::read(&mut Reader::new(table, start + key.place() * E::PARTS))
}

/// A hash that a constant can be computed with (FNV-1a); `hash` is that of what came before.
pub const fn hash(mut hash: u32, bytes: &[u8]) -> u32 {
    let mut i = 0;
    while i < bytes.len() {
        // Widened, for a byte has no const conversion by trait.
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

/// The hash of nothing.
pub const HASH_OF_NOTHING: u32 = 0x811c_9dc5;

/// The tables that were loaded, by language.
static LOADED: [OnceLock<Box<[&'static str]>>; Lang::ALL.len()] =
    [const { OnceLock::new() }; Lang::ALL.len()];

/// Whether the texts of this language are there.
#[must_use]
pub fn is_loaded(lang: Lang) -> bool {
    WRITTEN || LOADED[lang as usize].get().is_some()
}

/// The table of this language. While it is missing, that of another: a reader is better served by that than by
/// nothing.
pub fn loaded(lang: Lang) -> &'static [&'static str] {
    let any = || LOADED.iter().find_map(OnceLock::get);
    LOADED[lang as usize].get().or_else(any).map_or(&[], |table| table)
}

/// Why a file of texts cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// It does not begin as such a file does.
    NotTexts,
    /// It was written for another version of the program.
    OtherVersion,
    /// It does not have all the texts.
    Incomplete,
}

impl core::fmt::Display for TableFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotTexts => "this is not a file of texts",
            Self::OtherVersion => "these texts belong to another version of the program",
            Self::Incomplete => "this file of texts is incomplete",
        })
    }
}

impl core::error::Error for TableFault {}

/// The file that holds `table`.
#[must_use]
pub fn to_file(lang: Lang, fingerprint: u32, table: &[&str]) -> String {
    let mut file = format!("{HEAD} {} {fingerprint:08x}", lang.code());
    for text in table {
        assert!(!text.contains(SEPARATOR), "a text contains what separates texts: {text}");
        file.push(SEPARATOR);
        file.push_str(text);
    }
    file
}

/// The language of a file and its texts.
///
/// # Errors
/// If the file is not one of `count` texts written for a program with this `fingerprint`.
pub fn parse(file: &str, fingerprint: u32, count: usize) -> Result<(Lang, Box<[&str]>), TableFault> {
    let mut lines = file.split(SEPARATOR);
    let head = lines.next().and_then(|line| line.strip_prefix(HEAD)).ok_or(TableFault::NotTexts)?;
    let (code, print) = head.trim_start().split_once(' ').ok_or(TableFault::NotTexts)?;
    let lang = Lang::ALL.into_iter().find(|lang| lang.code() == code).ok_or(TableFault::NotTexts)?;
    if u32::from_str_radix(print, 16) != Ok(fingerprint) {
        return Err(TableFault::OtherVersion);
    }
    let table: Box<[&str]> = lines.collect();
    if table.len() == count { Ok((lang, table)) } else { Err(TableFault::Incomplete) }
}

/// Takes a file into use, for as long as the program runs. One that is there already stays.
///
/// # Errors
/// As [`parse`].
pub fn load(file: String, fingerprint: u32, count: usize) -> Result<Lang, TableFault> {
    // Looked at before it is kept, so that a wrong file costs no memory.
    parse(&file, fingerprint, count)?;
    let (lang, table) = parse(Box::leak(file.into_boxed_str()), fingerprint, count)?;
    LOADED[lang as usize].get_or_init(|| table);
    Ok(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "tcp-state-lab-texts 1 en 0000002a\none\n\nthree";

    #[test]
    fn a_file_is_read_as_it_was_written() {
        assert_eq!(to_file(Lang::En, 42, &["one", "", "three"]), FILE);
        let (lang, table) = parse(FILE, 42, 3).expect("it is well formed");
        assert_eq!((lang, &*table), (Lang::En, &["one", "", "three"][..]));
    }

    #[test]
    fn another_file_is_refused() {
        for wrong in
            ["", "<!DOCTYPE html>\n<html>", "tcp-state-lab-texts 2 en 0000002a\none", "tcp-state-lab-texts 1"]
        {
            assert_eq!(parse(wrong, 42, 1), Err(TableFault::NotTexts), "{wrong}");
        }
        assert_eq!(parse(&FILE.replace(" en ", " fr "), 42, 3), Err(TableFault::NotTexts));
        assert_eq!(parse(FILE, 43, 3), Err(TableFault::OtherVersion));
        assert_eq!(parse(&FILE.replace("2a", "xy"), 42, 3), Err(TableFault::OtherVersion));
        assert_eq!(parse(FILE, 42, 4), Err(TableFault::Incomplete));
    }

    #[test]
    fn what_a_table_lacks_is_empty() {
        let mut reader = Reader::new(&["one"], 0);
        assert_eq!([reader.next(), reader.next()], ["one", ""]);
    }
}
