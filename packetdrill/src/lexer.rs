//! From text to words: removes comments, applies `#ifdef`, and notes the place of every word.

use crate::error::ScriptError;

/// A word of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// As it is written.
    pub(crate) text: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// `--name`.
    Option(String),
    /// `...`.
    Ellipsis,
    /// `1`, `-1`, `0x1`.
    Integer(i64),
    /// `1.5`, as it is written.
    Decimal(String),
    /// `192.0.2.1`.
    Address(String),
    /// Letters, digits, underscores.
    Word(String),
    /// `"…"`.
    Text(String),
    /// `` `…` ``.
    Command(String),
    /// `%{ … }%`.
    Code(String),
    /// Any other sign.
    Sign(char),
    /// The end of the script.
    End,
}

impl TokenKind {
    /// The name used in errors.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Option(name) => format!("`--{name}`"),
            Self::Ellipsis => "`...`".to_owned(),
            Self::Integer(number) => format!("`{number}`"),
            Self::Decimal(text) | Self::Address(text) | Self::Word(text) => format!("`{text}`"),
            Self::Text(_) => "a text".to_owned(),
            Self::Command(_) => "a command".to_owned(),
            Self::Code(_) => "code".to_owned(),
            Self::Sign(sign) => format!("`{sign}`"),
            Self::End => "the end of the script".to_owned(),
        }
    }
}

/// A defined name. It may stand for a value, and `#ifdef` asks whether it is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name.
    pub name: String,
    /// Its value, if it has one.
    pub value: Option<String>,
}

/// The words of `source`, [`TokenKind::End`] last.
pub(crate) fn tokens(source: &str, definitions: &[Definition]) -> Result<Vec<Token>, ScriptError> {
    let source = without_left_out(source, definitions)?;
    let mut lexer = Lexer { chars: source.chars().collect(), at: 0, line: 1, column: 1 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_blank()?;
        let (start, line, column) = (lexer.at, lexer.line, lexer.column);
        let kind = match lexer.token()? {
            TokenKind::Word(word) => replaced(word, definitions),
            other => other,
        };
        let is_end = kind == TokenKind::End;
        tokens.push(Token { kind, text: lexer.chars[start..lexer.at].iter().collect(), line, column });
        if is_end {
            return Ok(tokens);
        }
    }
}

/// The value of a defined name: a string or a command in quotes, a number, or another name.
fn replaced(word: String, definitions: &[Definition]) -> TokenKind {
    let definition = definitions.iter().find(|definition| definition.name == word);
    let Some(value) = definition.and_then(|definition| definition.value.as_deref()) else {
        return TokenKind::Word(word);
    };
    let quoted = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(text) = quoted('"') {
        TokenKind::Text(text.to_owned())
    } else if let Some(command) = quoted('`') {
        TokenKind::Command(command.to_owned())
    } else if let Ok(number) = value.parse() {
        TokenKind::Integer(number)
    } else {
        TokenKind::Word(value.to_owned())
    }
}

/// Blanks the parts whose `#ifdef` is false, and the `#` lines themselves. Line numbers stay the same.
fn without_left_out(source: &str, definitions: &[Definition]) -> Result<String, ScriptError> {
    let mut kept = String::with_capacity(source.len());
    let mut open: Option<(u32, bool)> = None;
    for (line, text) in (1..).zip(source.lines()) {
        let mut words = text.split_whitespace();
        match (words.next(), open) {
            (Some("#ifdef"), None) => {
                let Some(name) = words.next() else {
                    return Err(ScriptError::syntax(line, 1, "`#ifdef` needs a name"));
                };
                open = Some((line, definitions.iter().any(|definition| definition.name == name)));
            }
            (Some("#ifdef"), Some(_)) => {
                return Err(ScriptError::syntax(line, 1, "`#ifdef` cannot stand inside another"));
            }
            (Some("#endif"), Some(_)) => open = None,
            (Some("#endif"), None) => {
                return Err(ScriptError::syntax(line, 1, "`#endif` without `#ifdef`"));
            }
            (_, None | Some((_, true))) => kept.push_str(text),
            (_, Some((_, false))) => {}
        }
        kept.push('\n');
    }
    if !source.ends_with('\n') {
        kept.pop();
    }
    match open {
        Some((line, _)) => Err(ScriptError::syntax(line, 1, "this `#ifdef` has no `#endif`")),
        None => Ok(kept),
    }
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: u32,
    column: u32,
}

impl Lexer {
    fn peek(&self, offset: usize) -> Option<char> {
        self.chars.get(self.at + offset).copied()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek(0)?;
        self.at += 1;
        if char == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(char)
    }

    fn starts(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(offset, char)| self.peek(offset) == Some(char))
    }

    fn take(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(char) = self.peek(0).filter(|char| wanted(*char)) {
            taken.push(char);
            self.next();
        }
        taken
    }

    fn error(&self, message: impl Into<String>) -> ScriptError {
        ScriptError::syntax(self.line, self.column, message)
    }

    fn skip_blank(&mut self) -> Result<(), ScriptError> {
        loop {
            if self.starts("//") {
                self.take_while(|char| char != '\n');
            } else if self.starts("/*") {
                let error = self.error("this comment has no end");
                self.take(2);
                while !self.starts("*/") {
                    self.next().ok_or_else(|| error.clone())?;
                }
                self.take(2);
            } else if self.peek(0).is_some_and(char::is_whitespace) {
                self.next();
            } else {
                return Ok(());
            }
        }
    }

    fn token(&mut self) -> Result<TokenKind, ScriptError> {
        let Some(first) = self.peek(0) else { return Ok(TokenKind::End) };
        if self.starts("...") {
            self.take(3);
            return Ok(TokenKind::Ellipsis);
        }
        if self.starts("--") && self.peek(2).is_some_and(is_word) {
            self.take(2);
            return Ok(TokenKind::Option(self.take_while(is_word)));
        }
        if self.starts("%{") {
            return self.code();
        }
        match first {
            '"' => self.quoted('"').map(TokenKind::Text),
            '`' => self.quoted('`').map(TokenKind::Command),
            _ if self.is_number() => self.number(),
            _ if is_word(first) => Ok(TokenKind::Word(self.take_while(is_word))),
            _ => {
                self.next();
                Ok(TokenKind::Sign(first))
            }
        }
    }

    fn quoted(&mut self, quote: char) -> Result<String, ScriptError> {
        let error = self.error(format!("this {quote} has no match"));
        self.next();
        let mut text = String::new();
        loop {
            match self.next().ok_or_else(|| error.clone())? {
                '\\' if self.peek(0) == Some(quote) => {
                    self.next();
                    text.push(quote);
                }
                char if char == quote => return Ok(text),
                char => text.push(char),
            }
        }
    }

    fn code(&mut self) -> Result<TokenKind, ScriptError> {
        let error = self.error("this %{ has no }%");
        self.take(2);
        let mut code = String::new();
        while !self.starts("}%") {
            code.push(self.next().ok_or_else(|| error.clone())?);
        }
        self.take(2);
        Ok(TokenKind::Code(code.trim().to_owned()))
    }

    /// A number begins here: a digit, or a minus or a dot followed by a digit. Digits followed by letters are a word
    /// (`4a2b`), except after `0x`.
    fn is_number(&self) -> bool {
        let digit = |offset| self.peek(offset).is_some_and(|char: char| char.is_ascii_digit());
        let start = usize::from(self.peek(0) == Some('-'));
        if self.peek(start) == Some('.') {
            return digit(start + 1);
        }
        if !digit(start) {
            return false;
        }
        if start == 0 && (self.starts("0x") || self.starts("0X")) {
            return true;
        }
        let length = self.chars[self.at + start..].iter().take_while(|char| is_word(**char)).count();
        self.chars[self.at + start..self.at + start + length].iter().all(char::is_ascii_digit)
    }

    fn number(&mut self) -> Result<TokenKind, ScriptError> {
        let error = self.error("this number is too large");
        if self.starts("0x") || self.starts("0X") {
            self.take(2);
            let digits = self.take_while(is_word);
            return i64::from_str_radix(&digits, 16)
                .map(TokenKind::Integer)
                .map_err(|_| ScriptError { message: "this is no hexadecimal number".to_owned(), ..error });
        }
        let mut text = String::new();
        if self.peek(0) == Some('-') {
            text.extend(self.next());
        }
        text += &self.take_while(|char| char.is_ascii_digit());
        let mut dots = 0;
        // `1...2` is two numbers with an ellipsis in between, `1.5` is one number.
        while self.peek(0) == Some('.') && self.peek(1).is_some_and(|char| char.is_ascii_digit()) {
            text.extend(self.next());
            text += &self.take_while(|char| char.is_ascii_digit());
            dots += 1;
        }
        match dots {
            0 => text.parse().map(TokenKind::Integer).map_err(|_| error),
            1 => Ok(TokenKind::Decimal(text)),
            3 => Ok(TokenKind::Address(text)),
            _ => Err(ScriptError { message: format!("`{text}` is no number"), ..error }),
        }
    }
}

fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str, definitions: &[Definition]) -> Vec<TokenKind> {
        let mut kinds: Vec<_> =
            tokens(source, definitions).expect("lexes").into_iter().map(|token| token.kind).collect();
        assert_eq!(kinds.pop(), Some(TokenKind::End));
        kinds
    }

    fn defined(name: &str, value: Option<&str>) -> Vec<Definition> {
        vec![Definition { name: name.to_owned(), value: value.map(str::to_owned) }]
    }

    #[test]
    fn numbers_words_and_signs() {
        let expected = [
            TokenKind::Sign('+'),
            TokenKind::Decimal(".05".to_owned()),
            TokenKind::Sign('>'),
            TokenKind::Word("S".to_owned()),
            TokenKind::Sign('.'),
            TokenKind::Integer(0),
            TokenKind::Sign(':'),
            TokenKind::Integer(-1),
            TokenKind::Integer(31),
            TokenKind::Word("4a2b".to_owned()),
            TokenKind::Address("192.0.2.1".to_owned()),
        ];
        assert_eq!(kinds("+.05 > S. 0:-1 0x1F 4a2b 192.0.2.1", &[]), expected);
    }

    #[test]
    fn an_ellipsis_between_numbers() {
        let expected = [TokenKind::Integer(1), TokenKind::Ellipsis, TokenKind::Decimal("2.5".to_owned())];
        assert_eq!(kinds("1...2.5", &[]), expected);
    }

    #[test]
    fn comments_go_and_places_stay() {
        let tokens = tokens("// a\n/* b\n c */ d `e\n\\`f`\n  g", &[]).expect("lexes");
        let places: Vec<_> = tokens.iter().map(|token| (token.line, token.column)).collect();
        assert_eq!(places, [(3, 7), (3, 9), (5, 3), (5, 4)]);
        assert_eq!(tokens[1].kind, TokenKind::Command("e\n`f".to_owned()));
    }

    #[test]
    fn conditional_parts_and_replaced_words() {
        let source = "#ifdef A\na\n#endif\n#ifdef B\nb\n#endif\nc";
        assert_eq!(kinds(source, &defined("A", None)), ["a", "c"].map(|w| TokenKind::Word(w.to_owned())));
        assert_eq!(kinds("x", &defined("x", Some("7"))), [TokenKind::Integer(7)]);
        assert_eq!(kinds("x", &defined("x", Some("`y`"))), [TokenKind::Command("y".to_owned())]);
    }

    #[test]
    fn what_has_no_end_is_reported_where_it_begins() {
        for (source, place) in [
            ("a\n /* b", (2, 2)),
            ("a \"b", (1, 3)),
            ("%{ a", (1, 1)),
            ("\n#ifdef A\n", (2, 1)),
            ("#endif", (1, 1)),
        ] {
            let error = tokens(source, &[]).expect_err(source);
            assert_eq!((error.line, error.column), place, "{source:?}: {}", error.message);
        }
    }
}
