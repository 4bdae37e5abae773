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
    /// What the SYNs of each end offered.
    offered: [u8; 2],
    /// By how much the stack's window field is shifted.
    shift: u8,
}

impl Connection {
    pub(crate) fn new() -> Self {
        Self { numbers: Numbers::new(), fin: None, announced: None, offered: [0; 2], shift: 0 }
    }

    /// The stack sent this; `seen` is the same in the script's numbers.
    pub(crate) fn on_outbound(&mut self, wire: &WirePacket, seen: &Segment) {
        if seen.has(flag::SYN) {
            self.fin = None;
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
