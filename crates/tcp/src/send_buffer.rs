//! Data that the application has sent and the other end has not acknowledged yet.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};

use crate::chunks;

/// The bytes from SND.UNA on: first those in flight, then those not sent yet. The chunks share the bytes that the
/// application handed over, so that a clone of the buffer (each record keeps one) does not copy data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SendBuffer {
    chunks: VecDeque<Bytes>,
    bytes: u32,
}

impl SendBuffer {
    /// How many bytes it holds.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.bytes
    }

    /// It holds no bytes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// How many octets of memory its list takes; the data is shared.
    pub(super) fn octets(&self) -> usize {
        self.chunks.capacity() * size_of::<Bytes>()
    }

    /// Appends `data`.
    pub(crate) fn push(&mut self, data: Bytes) {
        if !data.is_empty() {
            // The configured capacity bounds the sum far below 2^32.
            self.bytes += data.len() as u32;
            chunks::push(&mut self.chunks, data);
        }
    }

    /// Drops the first `count` bytes: they are acknowledged.
    pub(crate) fn discard(&mut self, count: u32) {
        let mut left = count.min(self.bytes) as usize;
        self.bytes -= left as u32;
        while left > 0 {
            let Some(first) = self.chunks.front_mut() else { break };
            if first.len() > left {
                let _ = first.split_to(left);
                break;
            }
            left -= first.len();
            self.chunks.pop_front();
        }
    }

    /// At most `max` bytes from `offset` on. They are copied only if they span two chunks.
    #[must_use]
    pub fn slice(&self, offset: u32, max: u32) -> Bytes {
        let mut skip = offset as usize;
        let mut want = max.min(self.bytes.saturating_sub(offset)) as usize;
        let mut joined = BytesMut::new();
        for chunk in &self.chunks {
            if want == 0 {
                break;
            }
            if skip >= chunk.len() {
                skip -= chunk.len();
                continue;
            }
            let take = want.min(chunk.len() - skip);
            if joined.is_empty() && take == want {
                return chunk.slice(skip..skip + take);
            }
            joined.extend_from_slice(&chunk[skip..skip + take]);
            want -= take;
            skip = 0;
        }
        joined.freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_span_chunks_and_discards_split_them() {
        let mut buffer = SendBuffer::default();
        buffer.push(Bytes::from_static(b"abc"));
        buffer.push(Bytes::from_static(b"defg"));
        assert_eq!(&buffer.slice(1, 4)[..], b"bcde");
        assert_eq!(&buffer.slice(3, 99)[..], b"defg");
        buffer.discard(4);
        assert_eq!((buffer.len(), &buffer.slice(0, 2)[..]), (3, &b"ef"[..]));
        buffer.discard(99);
        assert!(buffer.is_empty() && buffer.slice(0, 1).is_empty());
    }
}
