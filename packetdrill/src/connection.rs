//! What is known about one connection from its packets: its numbers, and the window that the stack announced.

use crate::numbers::Numbers;
use crate::packets::WirePacket;
use crate::script::{Segment, TcpOption, flag};

/// The largest shift of a window (RFC 7323 §2.3).
const MAX_SHIFT: u8 = 14;

/// What is known about one connection from its packets.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    pub(crate) numbers: Numbers,
    /// The stack's FIN, in the script's numbers.
    pub(crate) fin: Option<u32>,
    /// The last acknowledgement on the wire, and the window that it announced.
    announced: Option<(u32, u32)>,
    /// The window that the script expects there, if any.
    expected_window: Option<u32>,
    /// The stack's FIN was acknowledged.
    is_fin_acked: bool,
    /// If the last segment sent to the stack was the first to acknowledge its FIN: the segment's number on the wire.
    ended_by: Option<u32>,
    /// The window scale in the last SYN of the stack.
    shift: Option<u8>,
    /// The SYN of the script's end has window scale too.
    is_scale_offered: bool,
}

impl Connection {
    pub(crate) fn new() -> Self {
        Self {
            numbers: Numbers::new(),
            fin: None,
            announced: None,
            expected_window: None,
            is_fin_acked: false,
            ended_by: None,
            shift: None,
            is_scale_offered: false,
        }
    }

    /// The stack has sent a segment; `seen` is the same segment in the script's numbers.
    pub(crate) fn on_outbound(&mut self, wire: &WirePacket, seen: &Segment) {
        if seen.has(flag::SYN) {
            self.fin = None;
            self.is_fin_acked = false;
            self.shift = shift_in(&wire.options);
        }
        if seen.has(flag::FIN) {
            self.fin = Some(seen.seq.wrapping_add(seen.length));
        }
        if seen.has(flag::ACK) && !seen.has(flag::RST) {
            let shift = if seen.has(flag::SYN) { 0 } else { self.agreed_shift() };
            self.announced = Some((wire.ack, u32::from(wire.window) << shift));
        }
    }

    /// The script's counterpart of the last segment that the stack sent.
    pub(crate) fn on_expected(&mut self, expected: &Segment) {
        if expected.has(flag::ACK) && !expected.has(flag::RST) {
            let shift = if expected.has(flag::SYN) { 0 } else { self.agreed_shift() };
            self.expected_window = expected.window.map(|window| u32::from(window) << shift);
        }
    }

    /// The script sends a SYN with these options.
    pub(crate) fn on_inbound_syn(&mut self, options: &[TcpOption]) {
        self.is_scale_offered = shift_in(options).is_some();
    }

    /// `segment` is sent to the stack; `seq` is its number on the wire.
    pub(crate) fn on_inbound(&mut self, segment: &Segment, seq: u32) {
        let acknowledges_fin = self.fin.is_some_and(|fin| segment.ack == Some(fin.wrapping_add(1)));
        self.ended_by = (acknowledges_fin && !self.is_fin_acked).then_some(seq);
        self.is_fin_acked |= acknowledges_fin;
    }

    /// Rule N9: the last segment sent to the stack would have ended the connection, but its number was below the
    /// window. The right answer to that is to acknowledge `ack` once more.
    pub(crate) fn owes_repetition(&self, ack: u32) -> bool {
        let is_known = self.announced.is_some_and(|(announced, _)| announced == ack);
        // Sequence numbers wrap: the sign of the difference tells which one comes first.
        is_known && self.ended_by.is_some_and(|seq| (seq.wrapping_sub(ack) as i32) < 0)
    }

    /// The window scale of the stack.
    fn agreed_shift(&self) -> u8 {
        self.shift.filter(|_| self.is_scale_offered).map_or(0, |shift| shift.min(MAX_SHIFT))
    }

    /// The largest window that the stack can announce.
    pub(crate) fn widest_window(&self) -> u32 {
        u32::from(u16::MAX) << self.agreed_shift()
    }

    /// Rule N4: if `seq` is the last octet of a receive buffer of `buffer` octets or of the window in the script, or
    /// the first octet beyond, returns the same octet of the window that was really announced. Numbers count from the
    /// last acknowledgement.
    pub(crate) fn at_our_edge(&self, seq: u32, buffer: u32) -> u32 {
        let Some((ack, window)) = self.announced else { return seq };
        let distance = seq.wrapping_sub(ack);
        let is_edge = |edge: &u32| distance == *edge || distance.wrapping_add(1) == *edge;
        let edge = [Some(buffer), self.expected_window].into_iter().flatten().find(is_edge);
        edge.map_or(seq, |edge| seq.wrapping_sub(edge).wrapping_add(window))
    }
}

fn shift_in(options: &[TcpOption]) -> Option<u8> {
    options.iter().find_map(|option| match option {
        TcpOption::WindowScale(shift) => Some(*shift),
        _ => None,
    })
}
