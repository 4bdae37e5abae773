//! Three ways to write a sequence number: with the notes' letters, counted from the initial number, or as it is.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantNames};

use lab::host::HostId;
use lab::net::{Record, What};
use tcp::{Control, Endpoint, Segment, SeqNumber};

/// How numbers are written.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantNames,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Notation {
    /// x, y, u, v, w, as in the notes.
    #[default]
    Symbolic,
    /// Counted from the initial sequence number: the SYN is 0.
    Relative,
    /// As they stand in the header.
    Raw,
}

impl Notation {
    /// All three, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Symbolic, Self::Relative, Self::Raw];
}

/// A number farther than this from every known number is shown raw: `y+1905238811` would help nobody.
const FAR: u32 = 1 << 24;

/// How many pairs of endpoints are remembered, those used last. So what must be known at a place in a long run stays
/// small. The numbers of older pairs are shown raw.
const PAIRS: usize = 16;
/// How many letters of one pair are remembered, the latest.
const MARKS: usize = 40;

/// The letters.
const LETTERS: [char; 5] = ['x', 'y', 'u', 'v', 'w'];

/// The symbols of a run. The client counts from x, the server from y; at release the FIN of the end that closes first
/// has number u, the acknowledgement of it carries v, the other FIN has w. A second connection gets x′, y′ and so on, a
/// third x″, and then the primes are counted: x₃, x₄.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The one used last is the last.
    connections: Vec<Connection>,
    /// How often each letter was given.
    given: [u32; LETTERS.len()],
}

/// One pair of endpoints. Later connections between the same two get letters with primes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Connection {
    /// The client's end first.
    ends: [Endpoint; 2],
    /// In the order in which they were seen.
    marks: Vec<Mark>,
    /// Who closed first in the present use of the pair, and its u.
    release: Option<(HostId, SeqNumber)>,
}

/// A number with a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    owner: HostId,
    at: SeqNumber,
    letter: char,
    primes: u32,
}

impl Mark {
    /// `x`, `x′`, `x″`, `x₃`.
    fn text(self) -> String {
        let mut text = String::from(self.letter);
        match self.primes {
            0 => {}
            1 => text.push('′'),
            2 => text.push('″'),
            primes => text.extend(primes.to_string().bytes().map(|digit| {
                char::from_u32(u32::from('₀') + u32::from(digit - b'0')).expect("a digit has a lowered form")
            })),
        }
        text
    }
}

/// The place of a letter in [`LETTERS`].
fn index_of(letter: char) -> usize {
    LETTERS.iter().position(|known| *known == letter).expect("all letters are listed")
}

impl Numbers {
    /// Reads the segments that were sent in `record`.
    pub fn read(&mut self, record: &Record) {
        if let (What::Transition { transition, .. }, Some(host)) = (&record.what, record.host) {
            for (segment, _) in transition.sent() {
                self.observe(segment, host);
            }
        }
    }

    /// Gives letters to the numbers that `segment`, sent by `from`, introduces. Call it in the order of sending.
    pub fn observe(&mut self, segment: &Segment, from: HostId) {
        if !segment.has(Control::SYN) && !segment.has(Control::FIN) && !segment.has(Control::ACK) {
            return;
        }
        let place = self.place(segment, from);
        if segment.has(Control::SYN) {
            let letter = if from == HostId::Client { 'x' } else { 'y' };
            let is_new = self.mark(place, from, segment.seq, letter);
            let connection = &mut self.connections[place];
            // Nobody repeats a SYN after a FIN. So this is a new connection with the same initial number (by a rule
            // broken on purpose), and the letters of the release are free again.
            if connection.release.take().is_some() && !is_new {
                let given = &mut self.given;
                connection.marks.retain(|mark| {
                    let stays = matches!(mark.letter, 'x' | 'y');
                    given[index_of(mark.letter)] -= u32::from(!stays);
                    stays
                });
            }
        }
        if segment.has(Control::FIN) {
            let fin = segment.fin_seq();
            match self.connections[place].release {
                // The same FIN again.
                Some((first, u)) if first == from && u == fin => {}
                Some((first, _)) if first != from => {
                    self.mark(place, from, fin, 'w');
                }
                // The first; or a later connection that began with the same numbers, and its first.
                Some(_) | None => {
                    self.connections[place].release = Some((from, fin));
                    self.mark(place, from, fin, 'u');
                }
            }
        } else if segment.has(Control::ACK) && !segment.has(Control::SYN) {
            let release = self.connections[place].release;
            if let Some((first, u)) = release
                && first != from
                && segment.ack == u.add(1)
                && !self.has(place, from, &['v', 'w'])
            {
                self.mark(place, from, segment.seq, 'v');
            }
        }
    }

    /// `value`, a number of `owner` on the connection between `ends`.
    #[must_use]
    pub fn seq_text(
        &self,
        ends: (Endpoint, Endpoint),
        owner: HostId,
        value: SeqNumber,
        notation: Notation,
    ) -> String {
        self.text(ends, owner, value, notation, &[])
    }

    /// `value` where it acknowledges numbers of `owner`. An acknowledgement number equal to u does not cover the FIN, and
    /// its sender may not know of the FIN yet, so it is written as x plus a count.
    #[must_use]
    pub fn ack_text(
        &self,
        ends: (Endpoint, Endpoint),
        owner: HostId,
        value: SeqNumber,
        notation: Notation,
    ) -> String {
        self.text(ends, owner, value, notation, &['u', 'v', 'w'])
    }

    fn text(
        &self,
        ends: (Endpoint, Endpoint),
        owner: HostId,
        value: SeqNumber,
        notation: Notation,
        // Letters that only count from their number on, not for the number itself.
        beyond: &[char],
    ) -> String {
        let raw = || value.to_string();
        let connection =
            self.connections.iter().rev().find(|connection| {
                connection.ends == [ends.0, ends.1] || connection.ends == [ends.1, ends.0]
            });
        let Some(connection) = connection else { return raw() };
        let marks = connection.marks.iter().rev().filter(|mark| mark.owner == owner);
        match notation {
            Notation::Raw => raw(),
            Notation::Relative => {
                let iss = marks.clone().filter(|mark| matches!(mark.letter, 'x' | 'y'));
                let offset = iss.map(|mark| value.since(mark.at)).min().filter(|offset| *offset < FAR);
                offset.map_or_else(raw, |offset| offset.to_string())
            }
            Notation::Symbolic => {
                // The latest mark comes first, and wins between equal distances: w rather than v.
                let distances = marks.map(|mark| (value.since(mark.at), mark));
                let counts = |&(offset, mark): &(u32, &Mark)| offset > 0 || !beyond.contains(&mark.letter);
                let near = distances.filter(counts).min_by_key(|(offset, _)| *offset);
                near.filter(|(offset, _)| *offset < FAR).map_or_else(raw, |(offset, mark)| {
                    let text = mark.text();
                    if offset > 0 { format!("{text}+{offset}") } else { text }
                })
            }
        }
    }

    /// A segment in the notes' style: `[SYN=1, ACK=1, seq=y, ack=x+1]`; text is given by its length.
    #[must_use]
    pub fn segment_text(&self, segment: &Segment, from: HostId, notation: Notation) -> String {
        const BITS: [(Control, &str); 6] = [
            (Control::SYN, "SYN"),
            (Control::FIN, "FIN"),
            (Control::RST, "RST"),
            (Control::ACK, "ACK"),
            (Control::PSH, "PSH"),
            (Control::URG, "URG"),
        ];
        let ends = (segment.source, segment.destination);
        let bits = BITS.iter().filter(|(bit, _)| segment.has(*bit)).map(|(_, name)| format!("{name}=1"));
        let mut parts: Vec<String> = bits.collect();
        // u and w are the numbers of the FINs alone: a segment that was sent before the FIN may have the same number.
        let beyond: &[char] = if segment.has(Control::FIN) { &[] } else { &['u', 'w'] };
        parts.push(format!("seq={}", self.text(ends, from, segment.seq, notation, beyond)));
        if segment.has(Control::ACK) {
            parts.push(format!("ack={}", self.ack_text(ends, from.other(), segment.ack, notation)));
        }
        if !segment.text.is_empty() {
            parts.push(format!("{} B", segment.text.len()));
        }
        format!("[{}]", parts.join(", "))
    }

    fn place(&mut self, segment: &Segment, from: HostId) -> usize {
        let ends = match from {
            HostId::Client => [segment.source, segment.destination],
            HostId::Server => [segment.destination, segment.source],
        };
        let connections = &mut self.connections;
        match connections.iter().position(|connection| connection.ends == ends) {
            Some(place) => connections[place..].rotate_left(1),
            None => {
                if connections.len() == PAIRS {
                    connections.remove(0);
                }
                connections.push(Connection { ends, marks: Vec::new(), release: None });
            }
        }
        connections.len() - 1
    }

    /// Gives `at` a letter. False if it has it already.
    fn mark(&mut self, place: usize, owner: HostId, at: SeqNumber, letter: char) -> bool {
        let mine = |mark: &&Mark| mark.owner == owner && mark.letter == letter;
        if self.connections[place].marks.iter().filter(mine).any(|mark| mark.at == at) {
            return false;
        }
        // Both ends share the letter u: in the second connection it is u′, whoever closes first there.
        let given = &mut self.given[index_of(letter)];
        let marks = &mut self.connections[place].marks;
        if marks.len() == MARKS {
            marks.remove(0);
        }
        marks.push(Mark { owner, at, letter, primes: *given });
        *given += 1;
        true
    }

    /// Whether `owner` was given one of `letters` since its last initial number.
    fn has(&self, place: usize, owner: HostId, letters: &[char]) -> bool {
        let marks = self.connections[place].marks.iter().rev().filter(|mark| mark.owner == owner);
        marks.take_while(|mark| !matches!(mark.letter, 'x' | 'y')).any(|mark| letters.contains(&mark.letter))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use tcp::Options;

    const X: u32 = 1_000;
    const Y: u32 = 5_000;

    /// `"C SYN x"`-like: who, control, seq, ack, text length.
    fn segment(from: HostId, control: Control, seq: u32, ack: u32, len: usize) -> Segment {
        let client = Endpoint::new([10, 0, 0, 1].into(), 40_000);
        let server = Endpoint::new([10, 0, 0, 2].into(), 80);
        let (source, destination) = if from == HostId::Client { (client, server) } else { (server, client) };
        Segment {
            source,
            destination,
            seq: SeqNumber(seq),
            ack: SeqNumber(ack),
            control,
            window: 65_535,
            urgent: 0,
            ttl: 64,
            options: Options::default(),
            text: Bytes::from(vec![b'a'; len]),
        }
    }

    #[track_caller]
    fn check(notation: Notation, run: &[(HostId, Control, u32, u32, usize)], expect: &[&str]) {
        let mut numbers = Numbers::default();
        let texts = run.iter().map(|&(from, control, seq, ack, len)| {
            let segment = segment(from, control, seq, ack, len);
            numbers.observe(&segment, from);
            numbers.segment_text(&segment, from, notation)
        });
        assert_eq!(texts.collect::<Vec<_>>(), expect);
    }

    const C: HostId = HostId::Client;
    const S: HostId = HostId::Server;
    const SYN: Control = Control::SYN;
    const ACK: Control = Control::ACK;
    const SYN_ACK: Control = Control::SYN.union(Control::ACK);
    const FIN_ACK: Control = Control::FIN.union(Control::ACK);
    const DATA: Control = Control::PSH.union(Control::ACK);

    #[test]
    fn the_notes_letters_appear_in_the_notes_places() {
        check(
            Notation::Symbolic,
            &[
                (C, SYN, X, 0, 0),
                (S, SYN_ACK, Y, X + 1, 0),
                (C, ACK, X + 1, Y + 1, 0),
                (C, DATA, X + 1, Y + 1, 5),
                (S, ACK, Y + 1, X + 6, 0),
                (C, FIN_ACK, X + 6, Y + 1, 0),
                (S, ACK, Y + 1, X + 7, 0),
                (S, DATA, Y + 1, X + 7, 3),
                (C, ACK, X + 7, Y + 4, 0),
                (S, FIN_ACK, Y + 4, X + 7, 0),
                (C, ACK, X + 7, Y + 5, 0),
            ],
            &[
                "[SYN=1, seq=x]",
                "[SYN=1, ACK=1, seq=y, ack=x+1]",
                "[ACK=1, seq=x+1, ack=y+1]",
                "[ACK=1, PSH=1, seq=x+1, ack=y+1, 5 B]",
                "[ACK=1, seq=y+1, ack=x+6]",
                "[FIN=1, ACK=1, seq=u, ack=y+1]",
                "[ACK=1, seq=v, ack=u+1]",
                "[ACK=1, PSH=1, seq=v, ack=u+1, 3 B]",
                "[ACK=1, seq=u+1, ack=v+3]",
                "[FIN=1, ACK=1, seq=w, ack=u+1]",
                "[ACK=1, seq=u+1, ack=w+1]",
            ],
        );
    }

    #[test]
    fn the_active_closer_has_u_whoever_it_is() {
        check(
            Notation::Symbolic,
            &[
                (C, SYN, X, 0, 0),
                (S, SYN_ACK, Y, X + 1, 0),
                (S, FIN_ACK, Y + 1, X + 1, 0),
                (C, ACK, X + 1, Y + 2, 0),
                (C, FIN_ACK, X + 1, Y + 2, 0),
                (S, ACK, Y + 2, X + 2, 0),
            ],
            &[
                "[SYN=1, seq=x]",
                "[SYN=1, ACK=1, seq=y, ack=x+1]",
                "[FIN=1, ACK=1, seq=u, ack=x+1]",
                "[ACK=1, seq=v, ack=u+1]",
                "[FIN=1, ACK=1, seq=w, ack=u+1]",
                "[ACK=1, seq=u+1, ack=w+1]",
            ],
        );
    }

    #[test]
    fn a_simultaneous_close_has_no_v() {
        check(
            Notation::Symbolic,
            &[
                (C, SYN, X, 0, 0),
                (S, SYN_ACK, Y, X + 1, 0),
                (C, FIN_ACK, X + 1, Y + 1, 0),
                (S, FIN_ACK, Y + 1, X + 1, 0),
                (C, ACK, X + 2, Y + 2, 0),
                (S, ACK, Y + 2, X + 2, 0),
            ],
            &[
                "[SYN=1, seq=x]",
                "[SYN=1, ACK=1, seq=y, ack=x+1]",
                "[FIN=1, ACK=1, seq=u, ack=y+1]",
                "[FIN=1, ACK=1, seq=w, ack=x+1]",
                "[ACK=1, seq=u+1, ack=w+1]",
                "[ACK=1, seq=w+1, ack=u+1]",
            ],
        );
    }

    #[test]
    fn a_later_initial_number_gets_a_prime_and_a_far_number_stays_raw() {
        check(
            Notation::Symbolic,
            &[
                (C, SYN, X, 0, 0),
                (S, SYN_ACK, Y, X + 1, 0),
                (C, SYN, X, 0, 0),
                (S, SYN_ACK, Y + 700, X + 1, 0),
                (C, Control::RST, X + 1, 0, 0),
                (C, Control::RST, 4_000_000_000, 0, 0),
            ],
            &[
                "[SYN=1, seq=x]",
                "[SYN=1, ACK=1, seq=y, ack=x+1]",
                "[SYN=1, seq=x]",
                "[SYN=1, ACK=1, seq=y′, ack=x+1]",
                "[RST=1, seq=x+1]",
                "[RST=1, seq=4000000000]",
            ],
        );
    }

    #[test]
    fn after_two_primes_they_are_counted() {
        let mut numbers = Numbers::default();
        let texts = (0..13).map(|i| {
            let segment = segment(C, SYN, X + i * 1_000, 0, 0);
            numbers.observe(&segment, C);
            numbers.segment_text(&segment, C, Notation::Symbolic)
        });
        let texts: Vec<_> = texts.collect();
        let expect = ["x", "x′", "x″", "x₃", "x₄"].map(|x| format!("[SYN=1, seq={x}]"));
        assert_eq!((&texts[..5], &*texts[12]), (&expect[..], "[SYN=1, seq=x₁₂]"));
    }

    #[test]
    fn of_very_many_connections_the_latest_are_remembered() {
        let mut numbers = Numbers::default();
        let syn = |i: u32| {
            let mut segment = segment(C, SYN, i * 100_000_000, 0, 0);
            segment.source.port = 40_000 + i as u16;
            segment
        };
        (0..30).for_each(|i| numbers.observe(&syn(i), C));
        assert_eq!(numbers.connections.len(), PAIRS);
        assert_eq!(numbers.segment_text(&syn(29), C, Notation::Symbolic), "[SYN=1, seq=x₂₉]");
        assert_eq!(numbers.segment_text(&syn(3), C, Notation::Symbolic), "[SYN=1, seq=300000000]");
        // One pair used again and again keeps its latest letters too.
        (0..200).for_each(|i| numbers.observe(&segment(C, SYN, i, 0, 0), C));
        assert!(numbers.connections.iter().all(|connection| connection.marks.len() <= MARKS));
    }

    #[test]
    fn relative_numbers_count_from_the_syn_and_raw_ones_are_left_alone() {
        let run = [(C, SYN, X, 0, 0), (S, SYN_ACK, Y, X + 1, 0)];
        check(Notation::Relative, &run, &["[SYN=1, seq=0]", "[SYN=1, ACK=1, seq=0, ack=1]"]);
        check(Notation::Raw, &run, &["[SYN=1, seq=1000]", "[SYN=1, ACK=1, seq=5000, ack=1001]"]);
    }
}
