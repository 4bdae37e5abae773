//! Templates: `**strong**`, `` `code` ``, `{slot}`, `{slot|one|many}` for the word that goes with a number, and
//! `<<a part left out when a slot in it has no value>>`.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use strum::EnumString;

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
        matches!(
            self,
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
                | Self::Result
        )
    }
}

/// How a piece is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Text,
    Code,
    Strong,
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Literal(Style, &'a str),
    Slot(Style, Slot),
    /// The first word where the slot is 1, the second elsewhere: `{bytes} {bytes|byte|bytes}`.
    Counted(Style, Slot, &'a str, &'a str),
    OptionalBegins,
    OptionalEnds,
}

/// What is wrong with a template. Found by a test, never by a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A brace is opened and not closed.
    OpenBrace,
    /// A slot that chooses between words has only one.
    OneWord,
    /// No slot has the name in the braces.
    UnknownSlot,
    /// A mark is opened and not closed.
    OpenMark,
    /// An optional part is opened twice, or not closed.
    OpenPart,
}

/// The parts of a template, in order.
pub(crate) fn parse(template: &str) -> Result<Vec<Piece<'_>>, Fault> {
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
            let (name, words) =
                name.split_once('|').map_or((name, None), |(name, words)| (name, Some(words)));
            let slot = Slot::from_str(name).map_err(|_| Fault::UnknownSlot)?;
            pieces.push(match words.map(|words| words.split_once('|').ok_or(Fault::OneWord)) {
                Some(words) => words.map(|(one, many)| Piece::Counted(style, slot, one, many))?,
                None => Piece::Slot(style, slot),
            });
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
            Piece::Slot(_, slot) | Piece::Counted(_, slot, ..) if !(required && in_part) => {
                found.insert(slot);
            }
            Piece::OptionalBegins => in_part = true,
            Piece::OptionalEnds => in_part = false,
            Piece::Slot(..) | Piece::Counted(..) | Piece::Literal(..) => {}
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
pub(crate) fn uses(template: &str, slot: Slot) -> bool {
    let is_it = |piece: &Piece<'_>| matches!(piece, Piece::Slot(_, used) if *used == slot);
    parse(template).is_ok_and(|pieces| pieces.iter().any(is_it))
}

#[cfg(test)]
mod tests {
    use super::*;

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
