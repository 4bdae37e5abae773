//! Templates: `**strong**`, `` `code` ``, `{slot}`, and `<<a part left out when a slot in it has no value>>`.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use strum::EnumString;

use super::text::{self, Phrase};
use super::{Lang, Span};
use tcp::State;

/// What a template can ask of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Slot {
    /// The host on which it happened.
    Host,
    /// The other host.
    Peer,
    /// The segment that arrived, or that something was done to.
    Segment,
    /// The first segment sent.
    Reply,
    /// The state before.
    From,
    /// The state after.
    To,
    /// How many bytes the application gave or got.
    Bytes,
    /// SEG.SEQ.
    Seq,
    /// SEG.ACK.
    Ack,
    /// RCV.NXT before.
    Expected,
    /// SND.UNA before.
    Una,
    /// SND.NXT before.
    Next,
    /// SEG.WND.
    Window,
    /// How often it was sent again.
    Retries,
    /// How often it may be sent again.
    Limit,
    /// The retransmission time-out now.
    Rto,
    /// Twice the maximum segment lifetime.
    Msl2,
    /// A length of time.
    Wait,
    /// Connections waiting in the backlog.
    Waiting,
    /// How many the backlog holds.
    Backlog,
    /// The socket call.
    Call,
    /// What it returned.
    Result,
    /// Why it failed, or why a packet died.
    Error,
    /// Who decided about a packet.
    By,
    /// The timer that expired.
    Timer,
    /// What an ICMP report says.
    Icmp,
    /// The congestion window now.
    Cwnd,
    /// The congestion window before, if it was another.
    OldCwnd,
    /// The threshold of slow start now.
    Ssthresh,
}

impl Slot {
    /// Set in the type of code: numbers, segments, states and calls.
    #[must_use]
    pub const fn is_code(self) -> bool {
        match self {
            Self::Segment
            | Self::Reply
            | Self::From
            | Self::To
            | Self::Seq
            | Self::Ack
            | Self::Expected
            | Self::Una
            | Self::Next
            | Self::Call
            | Self::Result => true,
            Self::Host
            | Self::Peer
            | Self::Bytes
            | Self::Window
            | Self::Retries
            | Self::Limit
            | Self::Rto
            | Self::Msl2
            | Self::Wait
            | Self::Waiting
            | Self::Backlog
            | Self::Error
            | Self::By
            | Self::Timer
            | Self::Icmp
            | Self::Cwnd
            | Self::OldCwnd
            | Self::Ssthresh => false,
        }
    }
}

/// How a piece is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Text,
    Code,
    Strong,
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Literal(Style, &'a str),
    Slot(Style, Slot),
    OptionalBegins,
    OptionalEnds,
}

/// What is wrong with a template. Found by a test, never by a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A brace is opened and not closed.
    OpenBrace,
    /// No slot has the name in the braces.
    UnknownSlot,
    /// A mark is opened and not closed.
    OpenMark,
    /// An optional part is opened twice, or not closed.
    OpenPart,
}

/// The parts of a template, in order.
fn parse(template: &str) -> Result<Vec<Piece<'_>>, Fault> {
    let mut pieces = Vec::new();
    let mut style = Style::Text;
    let mut in_part = false;
    let mut rest = template;
    while !rest.is_empty() {
        let special = rest.find(['{', '`', '*', '<', '>']).unwrap_or(rest.len());
        let (literal, tail) = rest.split_at_checked(special).unwrap_or_default();
        if !literal.is_empty() {
            pieces.push(Piece::Literal(style, literal));
        }
        rest = if let Some(tail) = tail.strip_prefix('{') {
            let (name, tail) = tail.split_once('}').ok_or(Fault::OpenBrace)?;
            let slot = Slot::from_str(name).map_err(|_| Fault::UnknownSlot)?;
            pieces.push(Piece::Slot(style, slot));
            tail
        } else if let Some(tail) = tail.strip_prefix('`') {
            style = if style == Style::Code { Style::Text } else { Style::Code };
            tail
        } else if let Some(tail) = tail.strip_prefix("**") {
            style = if style == Style::Strong { Style::Text } else { Style::Strong };
            tail
        } else if let Some(tail) = tail.strip_prefix("<<").filter(|_| !in_part) {
            in_part = true;
            pieces.push(Piece::OptionalBegins);
            tail
        } else if let Some(tail) = tail.strip_prefix(">>").filter(|_| in_part) {
            in_part = false;
            pieces.push(Piece::OptionalEnds);
            tail
        } else if tail.starts_with("<<") || tail.starts_with(">>") {
            return Err(Fault::OpenPart);
        } else {
            // A lone `<`, `>` or `*` is what it looks like.
            let end = tail.chars().next().map_or(0, char::len_utf8);
            let (sign, tail) = tail.split_at_checked(end).unwrap_or_default();
            if !sign.is_empty() {
                pieces.push(Piece::Literal(style, sign));
            }
            tail
        };
    }
    match (style, in_part) {
        (Style::Text, false) => Ok(pieces),
        (_, false) => Err(Fault::OpenMark),
        (_, true) => Err(Fault::OpenPart),
    }
}

/// The slots a template uses; `required` leaves out those in optional parts.
///
/// # Errors
/// What is wrong with the template.
pub fn slots(template: &str, required: bool) -> Result<BTreeSet<Slot>, Fault> {
    let mut in_part = false;
    let mut found = BTreeSet::new();
    for piece in parse(template)? {
        match piece {
            Piece::Slot(_, slot) if !(required && in_part) => {
                found.insert(slot);
            }
            Piece::OptionalBegins => in_part = true,
            Piece::OptionalEnds => in_part = false,
            Piece::Slot(..) | Piece::Literal(..) => {}
        }
    }
    Ok(found)
}

/// A sentence without marks, with values for its slots. A slot that has none stays as it is.
#[must_use]
pub fn filled(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        let value = values.iter().find(|(known, _)| *known == name);
        text += before;
        text += &value.map_or_else(|| format!("{{{name}}}"), |(_, value)| value.to_string());
        rest = after;
    }
    text + rest
}

/// The template uses this slot.
pub(super) fn uses(template: &str, slot: Slot) -> bool {
    let is_it = |piece: &Piece<'_>| matches!(piece, Piece::Slot(_, used) if *used == slot);
    parse(template).is_ok_and(|pieces| pieces.iter().any(is_it))
}

/// Sets one explanation: knows which states were named already, so that each gets its Chinese gloss once.
pub(super) struct Writer<'a> {
    lang: Lang,
    fill: &'a dyn Fn(Slot) -> Option<String>,
    glossed: Vec<State>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(lang: Lang, fill: &'a dyn Fn(Slot) -> Option<String>) -> Self {
        Self { lang, fill, glossed: Vec::new() }
    }

    /// The spans of `template`; none if a slot outside optional parts has no value, for half a sentence teaches
    /// nothing. The tests see to it that this never happens.
    pub(super) fn write(&mut self, template: &str) -> Vec<Span> {
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
                Piece::OptionalBegins => {
                    let end = pieces[i..].iter().position(|piece| *piece == Piece::OptionalEnds);
                    let part = &pieces[i..i + end.unwrap_or(0)];
                    let lacks =
                        |piece: &Piece<'_>| matches!(piece, Piece::Slot(_, s) if (self.fill)(*s).is_none());
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
            let state = State::ALL.into_iter().find(|state| state.name() == text);
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
pub(super) fn gloss(state: State, lang: Lang) -> Option<String> {
    let gloss = || filled(text::phrase(Phrase::Gloss, lang), &[("gloss", &text::state(state, lang).name)]);
    lang.has_glosses().then(gloss)
}

/// `text` as the middle of a sentence: in English with a small first letter.
pub(super) fn uncapitalized(text: &str, lang: Lang) -> String {
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
            _ => None,
        }
    }

    #[track_caller]
    fn check(lang: Lang, template: &str, expect: &str) {
        let spans = Writer::new(lang, &fill).write(template);
        assert_eq!(super::super::plain(&spans), expect);
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

    #[test]
    fn a_value_is_not_looked_into_for_slots() {
        assert_eq!(filled("{a} and {b}, {c}", &[("a", &"{b}"), ("b", &2)]), "{b} and 2, {c}");
        assert_eq!(filled("} {a} {", &[]), "} {a} {");
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(slots("{nobody}", false), Err(Fault::UnknownSlot));
        assert_eq!(slots("{host", false), Err(Fault::OpenBrace));
        assert_eq!(slots("`x", false), Err(Fault::OpenMark));
        assert_eq!(slots("<<x", false), Err(Fault::OpenPart));
        assert_eq!(slots("ISS < SEG.ACK", false), Ok(BTreeSet::new()));
    }
}
