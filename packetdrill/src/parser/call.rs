//! Calls: `connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)`.

use super::{Parsed, Parser};
use crate::lexer::TokenKind;
use crate::script::{CallSpec, Expr};

impl Parser {
    pub(super) fn call(&mut self, returns: Option<u64>) -> Parsed<CallSpec> {
        let TokenKind::Word(name) = self.next() else {
            return Err(self.error_before("the name of a call is needed here"));
        };
        self.expect('(')?;
        let arguments = self.list(')')?;
        self.expect('=')?;
        let result = self.expr()?;
        let errno = match self.peek().clone() {
            TokenKind::Word(word) => {
                self.next();
                Some(word)
            }
            _ => None,
        };
        if self.accept('(') {
            self.note()?;
        }
        Ok(CallSpec { name, arguments, result, errno, returns })
    }

    /// The text in parentheses after a result is only a comment.
    fn note(&mut self) -> Parsed<()> {
        while !self.accept(')') {
            if self.next() == TokenKind::End {
                return Err(self.error("a note has no end"));
            }
        }
        Ok(())
    }

    /// Expressions separated by commas, up to `close`.
    fn list(&mut self, close: char) -> Parsed<Vec<Expr>> {
        let mut items = Vec::new();
        if self.accept(close) {
            return Ok(items);
        }
        loop {
            items.push(self.expr()?);
            if !self.accept(',') {
                break;
            }
        }
        self.expect(close)?;
        Ok(items)
    }

    fn expr(&mut self) -> Parsed<Expr> {
        let first = self.operand()?;
        if !self.accept('|') {
            return Ok(first);
        }
        let mut parts = vec![first];
        loop {
            parts.push(self.operand()?);
            if !self.accept('|') {
                return Ok(Expr::Or(parts));
            }
        }
    }

    fn operand(&mut self) -> Parsed<Expr> {
        match self.next() {
            TokenKind::Ellipsis | TokenKind::Sign('?') => Ok(Expr::Ellipsis),
            TokenKind::Integer(number) => Ok(Expr::Number(number)),
            TokenKind::Decimal(text) | TokenKind::Address(text) | TokenKind::Text(text) => {
                Ok(Expr::Text(text))
            }
            TokenKind::Sign('[') => self.list(']').map(Expr::List),
            TokenKind::Sign('{') => self.fields(),
            TokenKind::Word(word) if self.accept('(') => self.list(')').map(|items| Expr::Apply(word, items)),
            TokenKind::Word(word) => Ok(Expr::Word(word)),
            other => Err(self.error_before(format!("{} is no value", other.describe()))),
        }
    }

    /// `a=1, b(2)=[…]}`, or without names: `..., 100}`. A number in parentheses is a length and is ignored.
    fn fields(&mut self) -> Parsed<Expr> {
        let mut fields = Vec::new();
        let has_names =
            matches!((self.peek(), self.peek_second()), (TokenKind::Word(_), TokenKind::Sign('=' | '(')));
        if !has_names {
            let items = self.list('}')?;
            return Ok(if items == [Expr::Ellipsis] { Expr::Ellipsis } else { Expr::List(items) });
        }
        loop {
            let TokenKind::Word(name) = self.next() else {
                return Err(self.error_before("the name of a field is needed here"));
            };
            if self.accept('(') {
                self.list(')')?;
            }
            self.expect('=')?;
            fields.push((name, self.expr()?));
            if !self.accept(',') {
                break;
            }
        }
        self.expect('}')?;
        Ok(Expr::Fields(fields))
    }
}
