//! Sentences set from templates, with the typography of their language.

use crate::template::{Piece, Slot, Style, filled, parse};
use crate::text::{self, Phrase};
use crate::{Lang, Span};
use tcp::State;

/// Sets one explanation: knows which states were named already, so that each gets its Chinese gloss once.
pub(crate) struct Writer<'a> {
    lang: Lang,
    fill: &'a dyn Fn(Slot) -> Option<String>,
    glossed: Vec<State>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(lang: Lang, fill: &'a dyn Fn(Slot) -> Option<String>) -> Self {
        Self { lang, fill, glossed: Vec::new() }
    }

    /// The spans of `template`; none if a slot outside optional parts has no value, for half a sentence teaches
    /// nothing. The tests see to it that this never happens.
    pub(crate) fn write(&mut self, template: &str) -> Vec<Span> {
        let Ok(pieces) = parse(template) else { return Vec::new() };
        let mut spans = Spans::new(self.lang);
        let mut i = 0;
        while i < pieces.len() {
            match pieces[i] {
                Piece::Literal(style, literal) => self.push(&mut spans, style, literal, false),
                Piece::Slot(style, slot) => match (self.fill)(slot) {
                    Some(value) => {
                        let style = if slot.is_code() && style == Style::Text { Style::Code } else { style };
                        self.push(&mut spans, style, &value, true);
                    }
                    None => return Vec::new(),
                },
                Piece::Counted(style, slot, one, many) => match (self.fill)(slot) {
                    Some(count) => self.push(&mut spans, style, if count == "1" { one } else { many }, false),
                    None => return Vec::new(),
                },
                Piece::OptionalBegins => {
                    let end = pieces[i..].iter().position(|piece| *piece == Piece::OptionalEnds);
                    let part = &pieces[i..i + end.unwrap_or(0)];
                    let lacks = |piece: &Piece<'_>| match piece {
                        Piece::Slot(_, slot) | Piece::Counted(_, slot, ..) => (self.fill)(*slot).is_none(),
                        Piece::Literal(..) | Piece::OptionalBegins | Piece::OptionalEnds => false,
                    };
                    if part.iter().any(lacks) {
                        i += end.unwrap_or(0);
                    }
                }
                Piece::OptionalEnds => {}
            }
            i += 1;
        }
        spans.finish()
    }

    fn push(&mut self, spans: &mut Spans, style: Style, text: &str, is_value: bool) {
        spans.push(style, text, is_value);
        if style == Style::Code {
            let state = State::ALL.iter().copied().find(|state| state.name() == text);
            if let Some(state) = state.filter(|state| !self.glossed.contains(state))
                && let Some(gloss) = gloss(state, self.lang)
            {
                self.glossed.push(state);
                spans.push(Style::Text, &gloss, false);
            }
        }
    }
}

/// Spans under construction, with the typography of the language kept on the way.
struct Spans {
    lang: Lang,
    done: Vec<Span>,
}

impl Spans {
    const fn new(lang: Lang) -> Self {
        Self { lang, done: Vec::new() }
    }

    fn push(&mut self, style: Style, text: &str, is_value: bool) {
        let mut text = text.to_owned();
        match self.lang {
            Lang::ZhHans => self.space_han(&mut text, style),
            Lang::En if is_value && style != Style::Code && self.at_sentence_start() => capitalize(&mut text),
            Lang::En => {}
        }
        if text.is_empty() {
            return;
        }
        match (style, self.done.last_mut()) {
            (Style::Text, Some(Span::Text(last)))
            | (Style::Code, Some(Span::Code(last)))
            | (Style::Strong, Some(Span::Strong(last))) => last.push_str(&text),
            (Style::Text, _) => self.done.push(Span::Text(text)),
            (Style::Code, _) => self.done.push(Span::Code(text)),
            (Style::Strong, _) => self.done.push(Span::Strong(text)),
        }
    }

    /// One blank between Han and Latin or digits, none between Han and Han or beside full-width punctuation. Within
    /// a literal the author has seen to it; here it is a matter of where pieces meet.
    fn space_han(&mut self, text: &mut String, style: Style) {
        let last = self.done.last().and_then(|span| span.as_str().chars().next_back());
        let (Some(last), Some(first)) = (last, text.chars().next()) else { return };
        if first == ' ' {
            let second = text.chars().nth(1);
            if last == ' ' || is_wide(last) && second.is_none_or(is_wide) && second.is_some() {
                text.remove(0);
            }
        } else if last == ' ' && is_wide(first) {
            let before = self.done.last().and_then(|span| span.as_str().chars().rev().nth(1));
            if before.is_some_and(is_wide)
                && let Some(Span::Text(previous)) = self.done.last_mut()
            {
                previous.pop();
            }
        } else if is_han(last) && is_latin(first) || is_latin(last) && is_han(first) {
            match (self.done.last_mut(), style) {
                (Some(Span::Text(previous)), _) => previous.push(' '),
                (_, Style::Text) => text.insert(0, ' '),
                (_, Style::Code | Style::Strong) => self.done.push(Span::Text(" ".to_owned())),
            }
        }
    }

    fn at_sentence_start(&self) -> bool {
        self.done.last().is_none_or(|span| {
            let before = span.as_str();
            before.ends_with(". ") || before.ends_with(": ") && before.len() < 2
        })
    }

    fn finish(self) -> Vec<Span> {
        self.done
    }
}

/// What stands behind the name of a state the first time that it is used. In English its name says it all.
pub(crate) fn gloss(state: State, lang: Lang) -> Option<String> {
    let gloss = || filled(text::phrase(Phrase::Gloss, lang), &[("gloss", &text::state(state, lang).name)]);
    lang.has_glosses().then(gloss)
}

/// `text` as the middle of a sentence: in English with a small first letter.
pub(crate) fn uncapitalized(text: &str, lang: Lang) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1).filter(|_| lang == Lang::En) {
        first.make_ascii_lowercase();
    }
    text
}

fn capitalize(text: &mut str) {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
}

/// A Han character.
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// A Han character or full-width punctuation.
#[must_use]
pub const fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
}

/// A letter or digit that wants a blank between itself and Han; a bracket opens or closes a segment.
#[must_use]
pub const fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '[' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(slot: Slot) -> Option<String> {
        match slot {
            Slot::Host => Some("the client".to_owned()),
            Slot::To => Some("SYN-SENT".to_owned()),
            Slot::Wait => Some("2 秒".to_owned()),
            Slot::Bytes => Some("1".to_owned()),
            Slot::Retries => Some("3".to_owned()),
            _ => None,
        }
    }

    #[track_caller]
    fn check(lang: Lang, template: &str, expect: &str) {
        let spans = Writer::new(lang, &fill).write(template);
        assert_eq!(crate::plain(&spans), expect);
    }

    #[test]
    fn marks_and_slots_become_spans() {
        let spans = Writer::new(Lang::En, &fill).write("{host} enters {to}: **now**.");
        let expect = [
            Span::Text("The client enters ".into()),
            Span::Code("SYN-SENT".into()),
            Span::Text(": ".into()),
            Span::Strong("now".into()),
            Span::Text(".".into()),
        ];
        assert_eq!(spans, expect);
    }

    #[test]
    fn an_optional_part_goes_when_its_slot_is_empty() {
        check(Lang::En, "{host} waits<<, then sends {reply}>>.", "The client waits.");
        check(Lang::En, "{host} waits<< in {to}>>.", "The client waits in SYN-SENT.");
    }

    #[test]
    fn a_word_goes_with_its_number() {
        check(Lang::En, "{host} takes {bytes} {bytes|byte|bytes}.", "The client takes 1 byte.");
        check(Lang::En, "After {retries} {retries|repeat|repeats}.", "After 3 repeats.");
        check(Lang::En, "{host} waits<< for {limit|one|many}>>.", "The client waits.");
    }

    #[test]
    fn a_missing_value_outside_optional_parts_leaves_nothing() {
        check(Lang::En, "{host} sends {reply}.", "");
    }

    #[test]
    fn a_state_gets_its_chinese_name_once() {
        check(
            Lang::ZhHans,
            "进入 {to}，仍处于 `SYN-SENT`。",
            "进入 SYN-SENT（同步已发送），仍处于 SYN-SENT。",
        );
        check(Lang::ZhHans, "进入 {to} 之后", "进入 SYN-SENT（同步已发送）之后");
    }

    #[test]
    fn han_and_latin_are_parted_by_one_blank() {
        check(Lang::ZhHans, "推迟 {wait} 到达", "推迟 2 秒到达");
        check(Lang::ZhHans, "推迟{wait}到达", "推迟 2 秒到达");
    }
}
