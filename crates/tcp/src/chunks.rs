//! The bytes of a stream as a list of chunks. Clones share the bytes, but each record has its own list, so it is kept
//! short.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};

/// The most chunks in one list. A buffer of the default size with segments of 512 octets has fewer.
pub(crate) const MOST: usize = 128;

/// Chunks up to this size are joined with their neighbours, in a list of `bytes` bytes in total. Afterwards the list
/// has at most 33 chunks, and a byte is copied again only after the list has grown a lot.
pub(crate) const fn worth_joining(bytes: usize) -> usize {
    bytes / 16
}

/// Appends `data` to `chunks`. Joins short neighbours if there are too many chunks.
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
    fn a_long_list_becomes_short_and_keeps_its_bytes() {
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
