//! From words to events.

mod call;
mod packet;

use crate::error::ScriptError;
use crate::lexer::{self, Definition, Token, TokenKind};
use crate::script::{Action, Event, Script, ScriptOption, Time};

/// The IP versions in scripts. Mapped addresses use version 4 on the wire.
const IP_VERSIONS: [&str; 3] = ["ipv4", "ipv4-mapped-ipv6", "ipv6"];

/// Microseconds in a second.
const SECOND: u64 = 1_000_000;

/// Reads a script. `definitions` are names with a value, or names for `#ifdef`.
///
/// # Errors
/// The first mistake, or the first thing that is not supported.
pub fn parse(source: &str, definitions: &[Definition]) -> Result<Script, ScriptError> {
    Parser { tokens: lexer::tokens(source, definitions)?, at: 0, is_for_ipv6: false }.script()
}

pub(crate) struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// The script is for IPv6, whose ICMP has other messages.
    is_for_ipv6: bool,
}

type Parsed<T> = Result<T, ScriptError>;

impl Parser {
    fn script(&mut self) -> Parsed<Script> {
        let mut script = Script::default();
        while let TokenKind::Option(name) = self.peek().clone() {
            let option = self.option(name)?;
            let is_known = match option.name.as_str() {
                "ip_version" => IP_VERSIONS.contains(&option.value.as_str()),
                // IPv6 packets of this kind have their own notation.
                "udp_encapsulation" => false,
                _ => true,
            };
            if !is_known {
                let message = format!("--{}={} is not supported", option.name, option.value);
                return Err(ScriptError::unsupported(option.line, 1, message));
            }
            script.options.push(option);
        }
        self.is_for_ipv6 = script.is_for_ipv6();
        // Commands without a time come before the first event, to set up a machine, and after the last, to clean it up.
        // Here is nothing to clean up.
        while let TokenKind::Command(command) = self.peek().clone() {
            let line = self.line();
            self.next();
            script.events.push(Event { line, time: Time::Absolute(0), action: Action::Command(command) });
        }
        let prepared = script.events.len();
        while *self.peek() != TokenKind::End {
            if matches!(self.peek(), TokenKind::Command(_)) && self.tokens[self.at + 1].kind == TokenKind::End
            {
                self.next();
                break;
            }
            script.events.push(self.event()?);
        }
        if script.events.len() == prepared {
            return Err(self.error("a script needs at least one event"));
        }
        Ok(script)
    }

    fn option(&mut self, name: String) -> Parsed<ScriptOption> {
        let line = self.line();
        self.next();
        let mut value = String::new();
        if self.accept('=') {
            value = match self.next() {
                TokenKind::Integer(number) => number.to_string(),
                TokenKind::Decimal(text)
                | TokenKind::Address(text)
                | TokenKind::Word(text)
                | TokenKind::Text(text)
                | TokenKind::Command(text) => text,
                other => return Err(self.error_before(format!("a value cannot be {}", other.describe()))),
            };
            // Everything up to the next blank belongs to the value: `--tolerance_usecs=1_000`, `--define=A=b`.
            while self.is_glued() {
                value += self.next().describe().trim_matches('`');
            }
        }
        Ok(ScriptOption { name, value, line })
    }

    /// The next word is on the same line and cannot begin an event.
    fn is_glued(&self) -> bool {
        let (before, here) = (&self.tokens[self.at - 1], &self.tokens[self.at]);
        let is_part = match here.kind {
            TokenKind::Sign('=' | ':' | '/' | '.' | '-') | TokenKind::Word(_) => true,
            // Of an address: `fd::1`.
            TokenKind::Integer(_) => before.kind == TokenKind::Sign(':'),
            _ => false,
        };
        before.line == here.line && is_part
    }

    fn event(&mut self) -> Parsed<Event> {
        let line = self.line();
        let time = self.time()?;
        let returns = self.returns(time)?;
        let action = self.action(returns)?;
        if *self.peek() == TokenKind::Sign('{') {
            return Err(self.unsupported("what else is to be done with a packet is not supported"));
        }
        let waits_for_packet = matches!(action, Action::Expect(_));
        if !waits_for_packet && !matches!(time, Time::Absolute(_) | Time::Relative(_)) {
            let message = "only a packet that must come out can have `*` or a range for its time";
            return Err(ScriptError::syntax(line, 1, message));
        }
        if returns.is_some() && !matches!(action, Action::Call(_)) {
            return Err(ScriptError::syntax(line, 1, "only a call can return later"));
        }
        Ok(Event { line, time, action })
    }

    fn time(&mut self) -> Parsed<Time> {
        if self.accept('*') {
            return Ok(Time::Any);
        }
        let is_relative = self.accept('+');
        let start = self.micros()?;
        if !self.accept('~') {
            return Ok(if is_relative { Time::Relative(start) } else { Time::Absolute(start) });
        }
        if is_relative != self.accept('+') {
            return Err(self.error("both ends of a range are counted from the same moment"));
        }
        let end = self.micros()?;
        if end < start {
            return Err(self.error_before("the range ends before it begins"));
        }
        Ok(if is_relative { Time::RelativeRange(start, end) } else { Time::AbsoluteRange(start, end) })
    }

    /// `…t`: when a call that blocks returns.
    fn returns(&mut self, start: Time) -> Parsed<Option<u64>> {
        if *self.peek() != TokenKind::Ellipsis {
            return Ok(None);
        }
        self.next();
        self.accept('+');
        let end = self.micros()?;
        match start {
            Time::Absolute(start) | Time::Relative(start) if end >= start => Ok(Some(end)),
            _ => Err(self.error_before("the call returns before it is made")),
        }
    }

    fn micros(&mut self) -> Parsed<u64> {
        let micros = match self.next() {
            TokenKind::Integer(seconds) => {
                u64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(SECOND))
            }
            TokenKind::Decimal(text) => decimal_micros(&text),
            _ => None,
        };
        micros.ok_or_else(|| self.error_before("a time is needed here: `1.5`, `+1.5`, `*`"))
    }

    fn action(&mut self, returns: Option<u64>) -> Parsed<Action> {
        match self.peek().clone() {
            TokenKind::Sign('<') => {
                self.next();
                self.packet(true).map(Action::Inject)
            }
            TokenKind::Sign('>') => {
                self.next();
                self.packet(false).map(Action::Expect)
            }
            TokenKind::Command(command) => {
                self.next();
                Ok(Action::Command(command))
            }
            TokenKind::Code(code) => {
                self.next();
                Ok(Action::Code(code))
            }
            TokenKind::Word(_) => self.call(returns).map(Action::Call),
            other => Err(self.error(format!("{} begins no event", other.describe()))),
        }
    }

    fn peek(&self) -> &TokenKind {
        &self.tokens[self.at].kind
    }

    /// The word after the next one.
    fn peek_second(&self) -> &TokenKind {
        &self.tokens[(self.at + 1).min(self.tokens.len() - 1)].kind
    }

    fn next(&mut self) -> TokenKind {
        let kind = self.peek().clone();
        if kind != TokenKind::End {
            self.at += 1;
        }
        kind
    }

    fn line(&self) -> u32 {
        self.tokens[self.at].line
    }

    fn accept(&mut self, sign: char) -> bool {
        let found = *self.peek() == TokenKind::Sign(sign);
        if found {
            self.at += 1;
        }
        found
    }

    fn accept_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), TokenKind::Word(found) if found == word);
        if found {
            self.at += 1;
        }
        found
    }

    fn expect(&mut self, sign: char) -> Parsed<()> {
        if self.accept(sign) {
            return Ok(());
        }
        Err(self.error(format!("`{sign}` is needed here, not {}", self.peek().describe())))
    }

    /// A number that fits `T`.
    fn integer<T: TryFrom<i64>>(&mut self, what: &str) -> Parsed<T> {
        let number = match self.next() {
            TokenKind::Integer(number) => T::try_from(number).ok(),
            _ => None,
        };
        number.ok_or_else(|| self.error_before(format!("{what} is needed here")))
    }

    /// A sequence number; one below zero is counted back from 2³².
    fn seq(&mut self) -> Parsed<u32> {
        let number: i64 = self.integer("a sequence number")?;
        let range = -i64::from(u32::MAX) - 1..=i64::from(u32::MAX);
        if range.contains(&number) {
            // The cast wraps it.
            return Ok(number as u32);
        }
        Err(self.error_before("a sequence number has 32 bits"))
    }

    fn error(&self, message: impl Into<String>) -> ScriptError {
        let token = &self.tokens[self.at];
        ScriptError::syntax(token.line, token.column, message)
    }

    /// An error at the last word taken.
    fn error_before(&self, message: impl Into<String>) -> ScriptError {
        let token = &self.tokens[self.at.saturating_sub(1)];
        ScriptError::syntax(token.line, token.column, message)
    }

    fn unsupported(&self, message: impl Into<String>) -> ScriptError {
        let token = &self.tokens[self.at];
        ScriptError::unsupported(token.line, token.column, message)
    }
}

/// `1.5` in microseconds; further digits are cut off.
fn decimal_micros(text: &str) -> Option<u64> {
    let (seconds, fraction) = text.split_once('.')?;
    let seconds: u64 = if seconds.is_empty() { 0 } else { seconds.parse().ok()? };
    let fraction: String = fraction.chars().chain("000000".chars()).take(6).collect();
    seconds.checked_mul(SECOND)?.checked_add(fraction.parse().ok()?)
}

#[cfg(test)]
mod tests;
