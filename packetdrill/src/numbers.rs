//! Converts sequence numbers between the script and the wire.
//!
//! In a script the numbers of a SYN are absolute, and all others count from the SYN of their direction. The numbers
//! that the script chooses for its own end are used on the wire. The stack chooses its ISN itself: it is learnt from
//! the first SYN or SYN,ACK of each connection, and a repeat must have the same number.

use crate::script::{Numbering, Segment, TcpOption, flag};

/// The numbers of one pair of ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// The stack's ISN on the wire; 0 before its first SYN.
    local_wire: u32,
    /// The same number in the script.
    local_script: u32,
    /// The ISN that the script chose for its own end.
    remote: u32,
    /// The stack's next SYN opens a new connection, with a new ISN.
    renews: bool,
    /// The number of the last SYN sent to the stack.
    last_syn: u32,
    /// Timestamps of the stack: in the script, and on the wire.
    clocks: Vec<(u32, u32)>,
}

impl Numbers {
    /// For ends that have not sent anything yet.
    pub(crate) fn new() -> Self {
        Self { renews: true, ..Self::default() }
    }

    /// There is no connection between these ends, or it may be replaced: the next SYN opens a new one.
    pub(crate) fn renew(&mut self) {
        self.renews = true;
    }

    /// A SYN with this number is sent to the stack. `teaches`: the stack does not know the other end's numbers yet.
    pub(crate) fn on_inbound_syn(&mut self, seq: u32, teaches: bool) {
        self.last_syn = seq;
        if teaches {
            self.remote = seq;
        }
    }

    /// The number on the wire of a segment from the script's end.
    pub(crate) fn remote_to_wire(&self, seq: u32, numbering: Numbering, is_syn: bool) -> u32 {
        if is_syn || numbering == Numbering::Absolute { seq } else { self.remote.wrapping_add(seq) }
    }

    /// The number on the wire of a segment from the stack.
    pub(crate) const fn local_to_wire(&self, seq: u32, is_syn: bool) -> u32 {
        let seq = if is_syn { seq.wrapping_sub(self.local_script) } else { seq };
        seq.wrapping_add(self.local_wire)
    }

    /// The options of a segment to the stack on the wire: SACK blocks and echoed timestamps are numbers of the stack.
    /// Err: an echo of a timestamp that the stack never sent.
    pub(crate) fn options_to_wire(&self, options: &[TcpOption]) -> Result<Vec<TcpOption>, u32> {
        let translated = options.iter().map(|option| {
            Ok(match option {
                TcpOption::Sack(blocks) => TcpOption::Sack(
                    blocks
                        .iter()
                        .map(|&(l, r)| (self.local_to_wire(l, false), self.local_to_wire(r, false)))
                        .collect(),
                ),
                TcpOption::Timestamps { val, ecr } => {
                    TcpOption::Timestamps { val: *val, ecr: self.clock_to_wire(*ecr)? }
                }
                other => other.clone(),
            })
        });
        translated.collect()
    }

    fn clock_to_wire(&self, ecr: u32) -> Result<u32, u32> {
        // An end that has nothing to echo sends zero.
        if ecr == 0 {
            return Ok(ecr);
        }
        let known = self.clocks.iter().rev().find(|(script, _)| *script == ecr);
        known.map(|(_, wire)| *wire).ok_or(ecr)
    }

    /// A segment from the stack, in the script's numbers. If it is the first SYN of a connection, the stack's ISN is
    /// learnt by comparing it with `expected`, the script's segment.
    pub(crate) fn outbound(&mut self, actual: &Segment, expected: Option<&Segment>) -> Segment {
        let is_syn = actual.has(flag::SYN);
        if is_syn && self.renews {
            self.renews = false;
            self.clocks.clear();
            self.local_wire = actual.seq;
            self.local_script = expected.map_or(0, |expected| expected.seq);
            if actual.has(flag::ACK) {
                self.remote = self.last_syn;
            }
        }
        let absolute = expected.is_some_and(|expected| expected.numbering == Numbering::Absolute);
        let seq = if absolute { actual.seq } else { self.local_to_script(actual.seq, is_syn) };
        let ack = actual.ack.map(|ack| if is_syn || absolute { ack } else { self.relative_ack(ack) });
        let options = actual.options.as_ref().map(|options| {
            options.iter().map(|option| match option {
                TcpOption::Sack(blocks) => TcpOption::Sack(
                    blocks.iter().map(|&(l, r)| (self.relative_ack(l), self.relative_ack(r))).collect(),
                ),
                other => other.clone(),
            })
        });
        Segment { seq, ack, options: options.map(Iterator::collect), ..actual.clone() }
    }

    /// The script's number for an acknowledgement on the wire, counted from the other end's SYN.
    pub(crate) const fn relative_ack(&self, wire: u32) -> u32 {
        wire.wrapping_sub(self.remote)
    }

    const fn local_to_script(&self, seq: u32, is_syn: bool) -> u32 {
        let seq = seq.wrapping_sub(self.local_wire);
        if is_syn { seq.wrapping_add(self.local_script) } else { seq }
    }

    /// The stack's timestamp is `wire` where the script has `script`. True if both clocks have advanced by the same
    /// time since they were first seen, with a tolerance of `slack` ticks.
    pub(crate) fn learn_clock(&mut self, script: u32, wire: u32, slack: u32) -> bool {
        let (first_script, first_wire) = self.clocks.first().copied().unwrap_or((script, wire));
        self.clocks.push((script, wire));
        let gone = wire.wrapping_sub(first_wire);
        let ahead = gone.wrapping_sub(script.wrapping_sub(first_script)) as i32;
        ahead.unsigned_abs() <= slack
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(flags: u8, seq: u32, ack: Option<u32>) -> Segment {
        Segment {
            flags,
            seq,
            numbering: Numbering::Usual,
            length: 0,
            ack,
            window: None,
            urgent: None,
            options: Some(Vec::new()),
        }
    }

    #[test]
    fn before_any_syn_local_numbers_are_absolute() {
        let mut numbers = Numbers::new();
        assert_eq!(numbers.local_to_wire(34, false), 34);
        assert_eq!(numbers.outbound(&segment(flag::RST, 34, None), None).seq, 34);
    }

    #[test]
    fn an_active_open_is_learnt_from_the_syn() {
        let mut numbers = Numbers::new();
        let seen = numbers.outbound(&segment(flag::SYN, 9_000, None), Some(&segment(flag::SYN, 0, None)));
        assert_eq!(seen.seq, 0);
        numbers.on_inbound_syn(17, true);
        assert_eq!(numbers.local_to_wire(1, true), 9_001);
        assert_eq!(numbers.remote_to_wire(1, Numbering::Usual, false), 18);
        let seen = numbers.outbound(&segment(flag::ACK, 9_001, Some(18)), None);
        assert_eq!((seen.seq, seen.ack), (1, Some(1)));
    }

    #[test]
    fn a_repeated_syn_must_repeat_its_number() {
        let mut numbers = Numbers::new();
        let script = segment(flag::SYN, 100, None);
        numbers.outbound(&segment(flag::SYN, 9_000, None), Some(&script));
        assert_eq!(numbers.outbound(&segment(flag::SYN, 9_000, None), Some(&script)).seq, 100);
        assert_eq!(numbers.outbound(&segment(flag::SYN, 9_004, None), Some(&script)).seq, 104);
        numbers.renew();
        assert_eq!(numbers.outbound(&segment(flag::SYN, 7, None), Some(&script)).seq, 100);
    }

    #[test]
    fn a_stray_syn_teaches_nothing_until_it_is_answered() {
        let mut numbers = Numbers::new();
        numbers.on_inbound_syn(0, true);
        numbers.outbound(&segment(flag::SYN | flag::ACK, 50, Some(1)), None);
        numbers.on_inbound_syn(70_000, false);
        assert_eq!(numbers.outbound(&segment(flag::ACK, 51, Some(1)), None).ack, Some(1));
        numbers.renew();
        numbers.outbound(&segment(flag::SYN | flag::ACK, 80, Some(70_001)), None);
        assert_eq!(numbers.remote_to_wire(1, Numbering::Usual, false), 70_001);
    }

    #[test]
    fn clocks_are_echoed_as_the_stack_showed_them() {
        let mut numbers = Numbers::new();
        let echo = |ecr| vec![TcpOption::Timestamps { val: Some(5), ecr }];
        assert_eq!(numbers.options_to_wire(&echo(77)), Err(77));
        assert!(numbers.learn_clock(100, 4_321, 0));
        assert_eq!(numbers.options_to_wire(&echo(100)), Ok(echo(4_321)));
        assert_eq!(numbers.options_to_wire(&echo(0)), Ok(echo(0)));
        assert_eq!(numbers.options_to_wire(&echo(101)), Err(101));
    }

    #[test]
    fn a_clock_goes_on_as_the_script_has_it() {
        let mut numbers = Numbers::new();
        assert!(numbers.learn_clock(100, u32::MAX, 0));
        assert!(numbers.learn_clock(105, 4, 0));
        assert!(!numbers.learn_clock(107, 5, 0));
        assert!(numbers.learn_clock(107, 5, 1));
    }
}
