//! From text to a value (RFC 8259).

use core::fmt;

use super::Json;

/// How deep lists and objects may be nested: more than any file of ours, less than any stack.
const MAX_DEPTH: u32 = 64;

/// What is wrong with a text that should be JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is expected at line {}, column {}", self.expected, self.line, self.column)
    }
}

impl core::error::Error for SyntaxError {}

pub(super) fn parse(text: &str) -> Result<Json, SyntaxError> {
    let mut parser = Parser { text, at: 0 };
    let parsed = parser.value(0).and_then(|value| {
        parser.space();
        if parser.at == text.len() { Ok(value) } else { Err("the end") }
    });
    parsed.map_err(|expected| {
        let before = text.get(..floor(text, parser.at)).unwrap_or_default();
        let (mut line, mut column) = (1, 1);
        for c in before.chars() {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        SyntaxError { line, column, expected }
    })
}

/// The last boundary between characters at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

type Parsed<T> = Result<T, &'static str>;

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What is left of the text.
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8, expected: &'static str) -> Parsed<()> {
        self.space();
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(expected)
        }
    }

    fn value(&mut self, depth: u32) -> Parsed<Json> {
        if depth > MAX_DEPTH {
            return Err("less nesting");
        }
        self.space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Json::Text(self.string()?)),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err("a value"),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Parsed<Json> {
        if self.rest().starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err("a value")
        }
    }

    fn object(&mut self, depth: u32) -> Parsed<Json> {
        self.at += 1;
        let mut fields: Vec<(String, Json)> = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(fields));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err("the name of a field");
            }
            let name = self.string()?;
            if fields.iter().any(|(known, _)| *known == name) {
                return Err("a field that is not there twice");
            }
            self.take(b':', "`:`")?;
            fields.push((name, self.value(depth + 1)?));
            self.space();
            if self.peek() == Some(b',') {
                self.at += 1;
            } else {
                self.take(b'}', "`,` or `}`")?;
                return Ok(Json::Object(fields));
            }
        }
    }

    fn list(&mut self, depth: u32) -> Parsed<Json> {
        self.at += 1;
        let mut values = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::List(values));
        }
        loop {
            values.push(self.value(depth + 1)?);
            self.space();
            if self.peek() == Some(b',') {
                self.at += 1;
            } else {
                self.take(b']', "`,` or `]`")?;
                return Ok(Json::List(values));
            }
        }
    }

    fn number(&mut self) -> Parsed<Json> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let token = self.text.get(start..self.at).unwrap_or_default();
        let digits = token.strip_prefix('-').unwrap_or(token);
        let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
            && (digits == "0"
                || digits.strip_prefix('0').is_none_or(|rest| rest.starts_with(['.', 'e', 'E'])));
        if !is_number {
            self.at = start;
            return Err("a number");
        }
        Ok(token.parse().map_or(Json::OtherNumber, Json::Number))
    }

    fn string(&mut self) -> Parsed<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let (plain, rest) =
                rest.find(['"', '\\']).and_then(|end| rest.split_at_checked(end)).ok_or("`\"`")?;
            if let Some(control) = plain.find(|c: char| u32::from(c) < 0x20) {
                self.at += control;
                return Err("no line break in a text");
            }
            text += plain;
            let is_end = rest.starts_with('"');
            self.at += plain.len() + 1;
            if is_end {
                return Ok(text);
            }
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        let kind = self.peek().ok_or("an escape")?;
        self.at += 1;
        Ok(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let first = self.hex()?;
                // Characters beyond the first plane are written as two halves.
                let code = if (0xD800..0xDC00).contains(&first) {
                    if !self.rest().starts_with("\\u") {
                        return Err("the second half of a character");
                    }
                    self.at += 2;
                    let second = self.hex()?;
                    0x1_0000 + ((first - 0xD800) << 10) + (second.wrapping_sub(0xDC00) & 0x3FF)
                } else {
                    first
                };
                char::from_u32(code).ok_or("a character")?
            }
            _ => return Err("an escape"),
        })
    }

    fn hex(&mut self) -> Parsed<u32> {
        let digits = self.text.get(self.at..self.at + 4).ok_or("four hexadecimal digits")?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err("four hexadecimal digits");
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| "four hexadecimal digits")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_read_is_what_is_written() {
        for text in [
            "null",
            "[]",
            "{}",
            r#"{"a":[1,2,{"b":true}],"c":"\u00e9 \"q\" \\ 中文 \ud83d\ude00","d":18446744073709551615}"#,
        ] {
            let value = parse(text).expect("JSON");
            assert_eq!(parse(&value.to_string()), Ok(value), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_not_whole_are_known_as_such() {
        for text in ["-1", "1.5", "1e3", "18446744073709551616", "-0"] {
            assert_eq!(parse(text), Ok(Json::OtherNumber), "{text}");
        }
    }

    #[test]
    fn errors_name_line_and_column() {
        let cases = [
            ("", 1, 1),
            ("{\n  \"a\": 1,\n  b: 2 }", 3, 3),
            ("[1, 2", 1, 6),
            ("[01]", 1, 2),
            ("\"文 \\x\"", 1, 6),
            ("{\"a\":1,\"a\":2}", 1, 11),
            ("[1] 2", 1, 5),
            ("tru", 1, 1),
            ("\"open", 1, 2),
        ];
        for (text, line, column) in cases {
            let error = parse(text).expect_err(text);
            assert_eq!((error.line, error.column), (line, column), "{text}: {error}");
        }
        assert_eq!(parse(&"[".repeat(100_000)).expect_err("deep").expected, "less nesting");
    }

    proptest! {
        /// A library is the judge: whatever one of the two takes, the other takes and means the same by.
        #[test]
        fn we_agree_with_a_library(text in r#"[\[\]{}:,"\\u0-9a-ftrlsn .eE+-]{0,24}"#) {
            let ours = parse(&text);
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            match (&ours, &theirs) {
                (Ok(ours), Ok(theirs)) => {
                    if !ours.to_string().contains("null") {
                        prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&ours.to_string()).expect("JSON"), theirs);
                    }
                }
                // A field twice is an error here and not there; a malformed number may differ in where it ends.
                (Err(_), Ok(_)) => prop_assert!(text.contains(':'), "{}", text),
                (Ok(_), Err(_)) => prop_assert!(text.contains(['.', 'e', 'E', '+', '-']) || text.contains("\\u"), "{}", text),
                (Err(_), Err(_)) => {}
            }
        }
    }
}
