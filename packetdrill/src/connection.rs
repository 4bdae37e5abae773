//! What the script has seen of one connection: its numbers, and what the stack announced.

use crate::numbers::Numbers;
use crate::packets::WirePacket;
use crate::script::{Segment, TcpOption, flag};

/// FreeBSD's bits of `tcpi_options`.
const OPTION_TIMESTAMPS: u8 = 1;
const OPTION_SACK: u8 = 2;
const OPTION_WINDOW_SCALE: u8 = 4;

/// What the script has seen of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    pub(crate) numbers: Numbers,
    /// The stack's FIN, in the script's numbers.
    pub(crate) fin: Option<u32>,
    /// The last acknowledgement on the wire, and the window behind it.
    announced: Option<(u32, u32)>,
    /// What went in has acknowledged the stack's FIN.
    is_fin_acked: bool,
    /// The last segment that went in was the first to acknowledge the stack's FIN, and this was its number on the wire.
    ended_by: Option<u32>,
    /// What the SYNs of each end offered.
    offered: [u8; 2],
    /// By how much the stack's window field is shifted.
    shift: u8,
}

impl Connection {
    pub(crate) fn new() -> Self {
        Self {
            numbers: Numbers::new(),
            fin: None,
            announced: None,
            is_fin_acked: false,
            ended_by: None,
            offered: [0; 2],
            shift: 0,
        }
    }

    /// The stack sent this; `seen` is the same in the script's numbers.
    pub(crate) fn on_outbound(&mut self, wire: &WirePacket, seen: &Segment) {
        if seen.has(flag::SYN) {
            self.fin = None;
            self.is_fin_acked = false;
            self.offered[0] = offers(&wire.options);
            self.shift = shift_in(&wire.options);
        }
        if seen.has(flag::FIN) {
            self.fin = Some(seen.seq.wrapping_add(seen.length));
        }
        if seen.has(flag::ACK) && !seen.has(flag::RST) {
            let scales = !seen.has(flag::SYN) && self.options() & OPTION_WINDOW_SCALE != 0;
            let shift = if scales { self.shift.min(14) } else { 0 };
            self.announced = Some((wire.ack, u32::from(wire.window) << shift));
        }
    }

    /// The script sends a SYN with these options.
    pub(crate) fn on_inbound_syn(&mut self, options: &[TcpOption]) {
        self.offered[1] = offers(options);
    }

    /// `segment` goes in; `seq` is its number on the wire.
    pub(crate) fn on_inbound(&mut self, segment: &Segment, seq: u32) {
        let acknowledges_fin = self.fin.is_some_and(|fin| segment.ack == Some(fin.wrapping_add(1)));
        self.ended_by = (acknowledges_fin && !self.is_fin_acked).then_some(seq);
        self.is_fin_acked |= acknowledges_fin;
    }

    /// Rule N9: the last segment that went in would have ended the connection, but it had a number from below the
    /// window, and acknowledging `ack` once more is the answer to that.
    pub(crate) fn owes_repetition(&self, ack: u32) -> bool {
        let is_known = self.announced.is_some_and(|(announced, _)| announced == ack);
        // The sign of the difference tells which of two numbers of the circle comes first.
        is_known && self.ended_by.is_some_and(|seq| (seq.wrapping_sub(ack) as i32) < 0)
    }

    /// What both ends have offered, as FreeBSD's `tcpi_options` has it.
    pub(crate) const fn options(&self) -> u8 {
        self.offered[0] & self.offered[1]
    }

    /// Rule N4: `seq` counts from the last acknowledgement; where it is the last octet of a receive buffer of
    /// `buffer` octets or the first beyond, the same octet of the window that was really announced.
    pub(crate) fn at_our_edge(&self, seq: u32, buffer: u32) -> u32 {
        let Some((ack, window)) = self.announced else { return seq };
        let distance = seq.wrapping_sub(ack);
        if distance == buffer || distance.wrapping_add(1) == buffer {
            seq.wrapping_sub(buffer).wrapping_add(window)
        } else {
            seq
        }
    }
}

fn offers(options: &[TcpOption]) -> u8 {
    let bit = |option: &TcpOption| match option {
        TcpOption::Timestamps { .. } => OPTION_TIMESTAMPS,
        TcpOption::SackPermitted => OPTION_SACK,
        TcpOption::WindowScale(_) => OPTION_WINDOW_SCALE,
        _ => 0,
    };
    options.iter().fold(0, |bits, option| bits | bit(option))
}

fn shift_in(options: &[TcpOption]) -> u8 {
    let shift = options.iter().find_map(|option| match option {
        TcpOption::WindowScale(shift) => Some(*shift),
        _ => None,
    });
    shift.unwrap_or(0)
}
