//! The bytes of a stream as a list of chunks that share their data, kept short: a record has a copy of the list.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};

/// The most chunks of one list. A buffer of the default size holds fewer segments than that if they have 512 octets.
pub(crate) const MOST: usize = 128;

/// How much of `bytes` in all two neighbours may have to be joined: what is left of a list is then at most 33 chunks, and
/// an octet is copied again only when the list has grown by much.
pub(crate) const fn worth_joining(bytes: usize) -> usize {
    bytes / 16
}

/// Puts `data` at the end of `chunks`. Joins short neighbours if there are too many.
pub(crate) fn push(chunks: &mut VecDeque<Bytes>, data: Bytes) {
    chunks.push_back(data);
    if chunks.len() <= MOST {
        return;
    }
    let most = worth_joining(chunks.iter().map(Bytes::len).sum());
    let mut joined = BytesMut::new();
    for chunk in core::mem::take(chunks) {
        if joined.len() + chunk.len() > most && !joined.is_empty() {
            chunks.push_back(joined.split().freeze());
        }
        if chunk.len() > most {
            chunks.push_back(chunk);
        } else {
            joined.extend_from_slice(&chunk);
        }
    }
    if !joined.is_empty() {
        chunks.push_back(joined.freeze());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_made_short_and_says_the_same() {
        let mut chunks = VecDeque::new();
        let mut said = Vec::new();
        for i in 0..10_000_u32 {
            let data = i.to_be_bytes().repeat(if i % 500 == 0 { 3_000 } else { 1 });
            said.extend_from_slice(&data);
            push(&mut chunks, data.into());
            assert!(chunks.len() <= MOST);
        }
        assert_eq!(chunks.make_contiguous().concat(), said);
    }
}
