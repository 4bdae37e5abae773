//! Data that arrived and was not read yet: the bytes in order, and those that wait behind a hole.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};

use crate::chunks;
use crate::segment::SackBlocks;
use crate::seq::SeqNumber;

/// Data on its way to the application. Clones share the bytes, as in the send buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReceiveBuffer {
    readable: VecDeque<Bytes>,
    readable_bytes: u32,
    /// Blocks beyond RCV.NXT, sorted, not overlapping. Neighbours may touch.
    waiting: Vec<(SeqNumber, Bytes)>,
    /// The first numbers of the blocks that arrived last, the latest first: the order in which SACK reports them.
    latest: Vec<SeqNumber>,
    /// The number of a FIN that arrived while data before it is missing.
    waiting_fin: Option<SeqNumber>,
}

/// How many arrivals are remembered for SACK: as many as an option has blocks.
const LATEST: usize = 4;

impl ReceiveBuffer {
    /// Bytes the application may read now.
    #[must_use]
    pub const fn readable_bytes(&self) -> u32 {
        self.readable_bytes
    }

    /// How many octets of memory its lists take; the data is shared.
    pub(super) fn octets(&self) -> usize {
        self.readable.capacity() * size_of::<Bytes>()
            + self.waiting.capacity() * size_of::<(SeqNumber, Bytes)>()
    }

    /// The blocks that wait behind a hole: first number and length of each.
    pub fn waiting_blocks(&self) -> impl Iterator<Item = (SeqNumber, u32)> + '_ {
        self.waiting.iter().map(|(seq, data)| (*seq, data.len() as u32))
    }

    /// The blocks that wait behind a hole, with blocks that touch merged: the first number of each, and the number
    /// after its last. A block that begins at `next`, RCV.NXT, is left out: it came with the SYN and has no hole before
    /// it.
    fn blocks_behind_holes(&self, next: SeqNumber) -> Vec<(SeqNumber, SeqNumber)> {
        let mut blocks: Vec<(SeqNumber, SeqNumber)> = Vec::new();
        for (seq, data) in self.waiting.iter().filter(|(seq, _)| *seq != next) {
            let end = seq.add(data.len() as u32);
            match blocks.last_mut() {
                Some((_, after)) if after == seq => *after = end,
                _ => blocks.push((*seq, end)),
            }
        }
        blocks
    }

    /// Of the numbers from `first` to before `after`, the first range that was already received. `next` is RCV.NXT.
    pub(crate) fn known(
        &self,
        next: SeqNumber,
        first: SeqNumber,
        after: SeqNumber,
    ) -> Option<(SeqNumber, SeqNumber)> {
        if first.is_before(next) {
            return Some((first, if after.is_before(next) { after } else { next }));
        }
        // From here on all numbers are distances from `next`.
        let (first, after) = (first.since(next), after.since(next));
        self.blocks_behind_holes(next).into_iter().find_map(|(start, end)| {
            let (start, end) = (start.since(next).max(first), end.since(next).min(after));
            (start < end).then(|| (next.add(start), next.add(end)))
        })
    }

    /// The blocks of a SACK option: those behind holes, the one that changed last comes first (RFC 2018 §4).
    #[must_use]
    pub fn sack_blocks(&self, next: SeqNumber) -> SackBlocks {
        let mut blocks = self.blocks_behind_holes(next);
        blocks.sort_by_key(|&(first, after)| {
            let is_in = |seq: &SeqNumber| seq.is_at_or_after(first) && seq.is_before(after);
            self.latest.iter().position(is_in).unwrap_or(LATEST)
        });
        blocks.into_iter().collect()
    }

    /// The number of a FIN that waits behind a hole.
    #[must_use]
    pub const fn waiting_fin(&self) -> Option<SeqNumber> {
        self.waiting_fin
    }

    /// Takes the next bytes in order, and then the waiting blocks that follow them without a hole. Returns how many
    /// bytes became readable. `next` is RCV.NXT, the number of the first octet of `data`.
    pub(crate) fn accept(&mut self, next: SeqNumber, data: Bytes) -> u32 {
        let before = self.readable_bytes;
        self.push_readable(data);
        while let Some((seq, _)) = self.waiting.first() {
            let expected = next.add(self.readable_bytes - before);
            if seq.is_after(expected) {
                break;
            }
            let (seq, block) = self.waiting.remove(0);
            let known = expected.since(seq) as usize;
            if known < block.len() {
                self.push_readable(block.slice(known..));
            }
        }
        if self.waiting.is_empty() {
            self.latest.clear();
        }
        self.readable_bytes - before
    }

    /// Keeps `data`, which begins at `seq`, until the hole before it is filled. Octets that are already kept are not
    /// replaced.
    pub(crate) fn keep(&mut self, seq: SeqNumber, data: Bytes) {
        self.latest.retain(|known| *known != seq);
        self.latest.insert(0, seq);
        self.latest.truncate(LATEST);
        let mut seq = seq;
        let mut data = data;
        let mut merged = Vec::with_capacity(self.waiting.len() + 1);
        let mut blocks = core::mem::take(&mut self.waiting).into_iter().peekable();
        // Blocks that begin before the new data: what they hold is cut off its front.
        while let Some((start, block)) = blocks.next_if(|(start, _)| start.is_at_or_before(seq)) {
            let end = start.add(block.len() as u32);
            if end.is_after(seq) {
                let covered = (end.since(seq) as usize).min(data.len());
                data = data.slice(covered..);
                seq = end;
            }
            merged.push((start, block));
        }
        // Blocks after it: the new data only fills the gaps between them.
        for (start, block) in blocks {
            let end = seq.add(data.len() as u32);
            let gap = (start.since(seq) as usize).min(data.len());
            if !data.is_empty() && start.is_after(seq) {
                merged.push((seq, data.slice(..gap)));
            }
            let block_end = start.add(block.len() as u32);
            if end.is_after(block_end) {
                data = data.slice(block_end.since(seq) as usize..);
                seq = block_end;
            } else {
                data = Bytes::new();
            }
            merged.push((start, block));
        }
        if !data.is_empty() {
            merged.push((seq, data));
        }
        self.waiting = merged;
        if self.waiting.len() > chunks::MOST {
            self.join_neighbours();
        }
    }

    /// Many short blocks that touch become fewer longer ones.
    fn join_neighbours(&mut self) {
        let most = chunks::worth_joining(self.waiting.iter().map(|(_, data)| data.len()).sum());
        for (seq, data) in core::mem::take(&mut self.waiting) {
            match self.waiting.last_mut() {
                Some((start, block))
                    if start.add(block.len() as u32) == seq && block.len() + data.len() <= most =>
                {
                    let mut longer = BytesMut::from(core::mem::take(block));
                    longer.extend_from_slice(&data);
                    *block = longer.freeze();
                }
                _ => self.waiting.push((seq, data)),
            }
        }
    }

    pub(crate) const fn keep_fin(&mut self, seq: SeqNumber) {
        self.waiting_fin = Some(seq);
    }

    /// The FIN was received in order. Data that claims to lie beyond it is dropped.
    pub(crate) fn end(&mut self) {
        self.waiting_fin = None;
        self.waiting.clear();
        self.latest.clear();
    }

    /// Hands at most `max` bytes to the application.
    pub(crate) fn read(&mut self, max: u32) -> Bytes {
        let want = max.min(self.readable_bytes) as usize;
        self.readable_bytes -= want as u32;
        if let Some(first) = self.readable.front_mut()
            && first.len() >= want
        {
            let data = first.split_to(want);
            if first.is_empty() {
                self.readable.pop_front();
            }
            return data;
        }
        let mut data = BytesMut::with_capacity(want);
        while data.len() < want {
            let Some(first) = self.readable.front_mut() else { break };
            let take = first.len().min(want - data.len());
            data.extend_from_slice(&first.split_to(take));
            if first.is_empty() {
                self.readable.pop_front();
            }
        }
        data.freeze()
    }

    /// Throws away the readable bytes: nobody will read them.
    pub(crate) fn clear(&mut self) {
        self.readable.clear();
        self.readable_bytes = 0;
    }

    fn push_readable(&mut self, data: Bytes) {
        if !data.is_empty() {
            self.readable_bytes += data.len() as u32;
            chunks::push(&mut self.readable, data);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(first: u8, count: usize) -> Bytes {
        (0..count).map(|i| first.wrapping_add(i as u8)).collect()
    }

    /// Keeps blocks of one numbered stream, given as `(offset, length)`, then fills the hole before them and reads all.
    #[track_caller]
    fn check(blocks: &[(u32, usize)], hole: usize, readable: u32) {
        let start = SeqNumber(u32::MAX - 5);
        let mut buffer = ReceiveBuffer::default();
        for &(offset, length) in blocks {
            buffer.keep(start.add(offset), text(offset as u8, length));
            let ends: Vec<_> =
                buffer.waiting_blocks().map(|(s, n)| (s.since(start), s.since(start) + n)).collect();
            assert!(ends.windows(2).all(|w| w[0].1 <= w[1].0), "blocks overlap: {ends:?}");
        }
        assert_eq!(buffer.accept(start, text(0, hole)), readable);
        let read = buffer.read(u32::MAX);
        assert_eq!(read, text(0, readable as usize));
    }

    #[test]
    fn filling_a_hole_makes_waiting_blocks_readable() {
        check(&[(4, 3)], 4, 7);
        check(&[(4, 3), (9, 2)], 4, 7);
        check(&[(9, 2), (4, 5)], 4, 11);
    }

    #[test]
    fn overlapping_blocks_are_kept_once() {
        check(&[(4, 4), (6, 4)], 4, 10);
        check(&[(6, 4), (4, 4)], 4, 10);
        check(&[(6, 2), (4, 8)], 4, 12);
        check(&[(5, 1), (7, 1), (9, 1), (3, 9)], 3, 12);
        check(&[(3, 9), (5, 2), (3, 9)], 3, 12);
    }

    #[test]
    fn the_filling_segment_may_overlap_waiting_blocks() {
        check(&[(4, 4)], 6, 8);
        check(&[(4, 2)], 9, 9);
    }

    #[test]
    fn bytes_behind_one_hole_become_few_blocks() {
        let start = SeqNumber(u32::MAX - 5);
        let mut buffer = ReceiveBuffer::default();
        for offset in 1..20_000 {
            buffer.keep(start.add(offset), text(offset as u8, 1));
            assert!(buffer.waiting_blocks().count() <= chunks::MOST);
        }
        assert_eq!(buffer.accept(start, text(0, 1)), 19_999 + 1);
        assert_eq!(buffer.read(u32::MAX), text(0, 20_000));
    }

    #[test]
    fn the_block_that_changed_last_comes_first() {
        let start = SeqNumber(u32::MAX - 5);
        let mut buffer = ReceiveBuffer::default();
        for offset in [2, 6, 10, 4] {
            buffer.keep(start.add(offset), text(offset as u8, 1));
        }
        buffer.keep(start.add(7), text(7, 1));
        let blocks: Vec<_> =
            buffer.sack_blocks(start).iter().map(|(s, e)| (s.since(start), e.since(start))).collect();
        assert_eq!(blocks, [(6, 8), (4, 5), (10, 11), (2, 3)]);
        buffer.accept(start, text(0, 12));
        assert!(buffer.sack_blocks(start).is_empty());
    }

    #[test]
    fn reads_cross_chunks_and_stop_at_the_end() {
        let mut buffer = ReceiveBuffer::default();
        buffer.accept(SeqNumber(1), text(0, 3));
        buffer.accept(SeqNumber(4), text(3, 3));
        assert_eq!(buffer.read(2), text(0, 2));
        assert_eq!(buffer.read(3), text(2, 3));
        assert_eq!(buffer.read(9), text(5, 1));
        assert_eq!((buffer.readable_bytes(), buffer.read(9).len()), (0, 0));
    }
}
