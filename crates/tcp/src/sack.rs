//! Selective acknowledgement (RFC 2018): the sender's scoreboard of what the other end has received, and the holes in
//! it.

use crate::segment::SackBlocks;
use crate::seq::SeqNumber;

/// What the other end has received beyond SND.UNA, as its SACK blocks tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scoreboard {
    /// The first number of each block, and the number after its last; in order, with holes between the blocks.
    held: Vec<(SeqNumber, SeqNumber)>,
    /// During a recovery: all holes before this number were sent again (HighRxt of RFC 6675).
    repeated: Option<SeqNumber>,
}

impl Scoreboard {
    /// The blocks in order: the first number of each, and the number after its last.
    pub fn blocks(&self) -> impl Iterator<Item = (SeqNumber, SeqNumber)> {
        self.held.iter().copied()
    }

    /// There are no blocks.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Takes the blocks of an acknowledgement. Returns whether they report anything new. Blocks that do not lie between
    /// `una` and `nxt` are old or forged and are ignored.
    pub(crate) fn learn(&mut self, blocks: &SackBlocks, una: SeqNumber, nxt: SeqNumber) -> bool {
        let known = self.octets();
        let is_sound = |&(first, after): &(SeqNumber, SeqNumber)| {
            first.is_after(una) && after.is_after(first) && after.is_at_or_before(nxt)
        };
        for (mut first, mut after) in blocks.iter().filter(is_sound) {
            // Known blocks that touch the new one are merged with it.
            self.held.retain(|&(start, end)| {
                let touches = start.is_at_or_before(after) && end.is_at_or_after(first);
                if touches {
                    first = if start.is_before(first) { start } else { first };
                    after = if end.is_after(after) { end } else { after };
                }
                !touches
            });
            let place = self.held.iter().position(|(start, _)| start.is_after(first));
            self.held.insert(place.unwrap_or(self.held.len()), (first, after));
        }
        self.octets() > known
    }

    fn octets(&self) -> u32 {
        self.held.iter().map(|(first, after)| after.since(*first)).sum()
    }

    /// Forgets the blocks below `una`: they are acknowledged for good.
    pub(crate) fn advance(&mut self, una: SeqNumber) {
        self.held.retain(|(_, after)| after.is_after(una));
    }

    /// The retransmission timer expired: the other end may have dropped the data behind holes (RFC 2018 §8).
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    /// A recovery is over.
    pub(crate) const fn end_recovery(&mut self) {
        self.repeated = None;
    }

    /// The next hole that was not sent again in this recovery: its first number and its length.
    pub(crate) fn next_hole(&self, una: SeqNumber) -> Option<(SeqNumber, u32)> {
        let from = self.repeated.filter(|repeated| repeated.is_after(una)).unwrap_or(una);
        let mut start = una;
        for &(first, after) in &self.held {
            let hole = if from.is_after(start) { from } else { start };
            if hole.is_before(first) {
                return Some((hole, first.since(hole)));
            }
            start = after;
        }
        None
    }

    /// The segment that ends before `after` was sent again.
    pub(crate) fn note_repeat(&mut self, after: SeqNumber) {
        if self.repeated.is_none_or(|repeated| after.is_after(repeated)) {
            self.repeated = Some(after);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNA: SeqNumber = SeqNumber(u32::MAX - 100);

    /// A scoreboard that was told these blocks, each in its own option. The numbers are offsets from UNA.
    fn board(blocks: &[(u32, u32)]) -> Scoreboard {
        let mut board = Scoreboard::default();
        for &(first, after) in blocks {
            let option = [(UNA.add(first), UNA.add(after))].into_iter().collect();
            board.learn(&option, UNA, UNA.add(1_000));
        }
        board
    }

    fn held(board: &Scoreboard) -> Vec<(u32, u32)> {
        board.blocks().map(|(first, after)| (first.since(UNA), after.since(UNA))).collect()
    }

    #[test]
    fn blocks_that_touch_are_merged_and_stay_in_order() {
        assert_eq!(held(&board(&[(300, 400), (100, 200)])), [(100, 200), (300, 400)]);
        assert_eq!(held(&board(&[(300, 400), (100, 200), (200, 300)])), [(100, 400)]);
        assert_eq!(held(&board(&[(100, 200), (150, 180)])), [(100, 200)]);
        assert_eq!(held(&board(&[(100, 200), (50, 900)])), [(50, 900)]);
    }

    #[test]
    fn blocks_outside_what_is_in_flight_are_ignored() {
        assert_eq!(held(&board(&[(0, 10), (990, 1_001), (20, 20), (30, 25)])), []);
    }

    #[test]
    fn holes_are_found_one_after_the_other() {
        let mut board = board(&[(100, 200), (300, 400)]);
        assert_eq!(board.next_hole(UNA), Some((UNA, 100)));
        board.note_repeat(UNA.add(60));
        assert_eq!(board.next_hole(UNA), Some((UNA.add(60), 40)));
        board.note_repeat(UNA.add(100));
        assert_eq!(board.next_hole(UNA), Some((UNA.add(200), 100)));
        board.note_repeat(UNA.add(300));
        assert_eq!(board.next_hole(UNA), None);
        board.end_recovery();
        board.advance(UNA.add(200));
        assert_eq!(board.next_hole(UNA.add(200)), Some((UNA.add(200), 100)));
    }
}
