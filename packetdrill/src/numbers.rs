//! Numbers of the script and numbers of the wire, one into the other.
//!
//! In a script the numbers of a SYN are absolute and all others are counted from the SYN of their direction. The
//! script's own numbers for the other end go onto the wire as they are. The stack chooses its ISN itself: it is learnt
//! from the first SYN or SYN,ACK of each connection, and a later one that repeats it must repeat it exactly.

use crate::script::{Numbering, Segment, TcpOption, flag};

/// How the numbers of one pair of ends are turned into each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// What the stack chose; 0 while it has never sent a SYN.
    local_wire: u32,
    /// What the script calls that number.
    local_script: u32,
    /// What the script chose for the other end.
    remote: u32,
    /// The stack's next SYN opens another connection, with an ISN of its own.
    renews: bool,
    /// The number of the last SYN that went in.
    last_syn: u32,
    /// Clocks of the stack: what the script calls them, what they were.
    clocks: Vec<(u32, u32)>,
}

impl Numbers {
    /// For ends that have not spoken yet.
    pub(crate) fn new() -> Self {
        Self { renews: true, ..Self::default() }
    }

    /// There is no connection between these ends, or one that a SYN may follow: the next SYN begins another.
    pub(crate) fn renew(&mut self) {
        self.renews = true;
    }

    /// A SYN with this number goes in. `teaches`: the stack does not know the other end's numbers yet.
    pub(crate) fn on_inbound_syn(&mut self, seq: u32, teaches: bool) {
        self.last_syn = seq;
        if teaches {
            self.remote = seq;
        }
    }

    /// The number on the wire of what the other end sends.
    pub(crate) fn remote_to_wire(&self, seq: u32, numbering: Numbering, is_syn: bool) -> u32 {
        if is_syn || numbering == Numbering::Absolute { seq } else { self.remote.wrapping_add(seq) }
    }

    /// The number on the wire of what the stack sent or will send.
    pub(crate) const fn local_to_wire(&self, seq: u32, is_syn: bool) -> u32 {
        let seq = if is_syn { seq.wrapping_sub(self.local_script) } else { seq };
        seq.wrapping_add(self.local_wire)
    }

    /// Options on their way in: SACK blocks and echoed clocks are the stack's numbers. Err: a clock it never showed.
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
        // Zero is what one has to say who has nothing to echo.
        if ecr == 0 {
            return Ok(ecr);
        }
        let known = self.clocks.iter().rev().find(|(script, _)| *script == ecr);
        known.map(|(_, wire)| *wire).ok_or(ecr)
    }

    /// What the stack sent, in the script's numbers. `expected` is what the script has in its place: where that is
    /// the first SYN of a connection, the stack's ISN is learnt from the pair.
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

    /// What a number on the wire acknowledges, counted from the other end's SYN.
    pub(crate) const fn relative_ack(&self, wire: u32) -> u32 {
        wire.wrapping_sub(self.remote)
    }

    const fn local_to_script(&self, seq: u32, is_syn: bool) -> u32 {
        let seq = seq.wrapping_sub(self.local_wire);
        if is_syn { seq.wrapping_add(self.local_script) } else { seq }
    }

    /// The stack's clock stood at `wire` where the script has `script`. True if it has gone on since it was first seen
    /// as the script's has, but for `slack` ticks.
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
