//! The tests the stack makes on its way, in the words of RFC 9293 §3.10, and what each compared.

use serde::{Deserialize, Serialize};

use crate::variable::Var;

/// A test the stack made on the way, with what it compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Check {
    /// Which test.
    pub test: Test,
    /// It held.
    pub passed: bool,
    /// What was compared, in the order the text names them.
    pub operands: Operands,
}

/// The tests, in the words of RFC 9293 §3.10. "Holds" is always the way that lets the segment go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// The RST bit is off.
    NotRst,
    /// The ACK bit is on.
    HasAck,
    /// The ACK bit is off (LISTEN: nothing can be acknowledged yet).
    NotAck,
    /// The SYN bit is on.
    HasSyn,
    /// The SYN bit is off.
    NotSyn,
    /// The FIN bit is on.
    HasFin,
    /// The backlog has room.
    BacklogHasRoom,
    /// SYN-SENT: ISS < SEG.ACK =< SND.NXT.
    AckOfOurSyn,
    /// It carries timestamps, as agreed.
    HasTimestamps,
    /// SEG.TSval >= TS.Recent.
    TimestampNotTooOld,
    /// The segment overlaps the receive window.
    InWindow,
    /// SEG.SEQ = RCV.NXT: an RST is believed only then.
    RstExact,
    /// SND.UNA - MAX.SND.WND =< SEG.ACK.
    AckNotTooOld,
    /// SEG.ACK =< SND.NXT.
    AckNotBeyondSent,
    /// SND.UNA < SEG.ACK =< SND.NXT: it acknowledges something new.
    AckIsNew,
    /// The window it carries is newer than the one known (SND.WL1, SND.WL2).
    WindowIsNewer,
    /// SEG.ACK covers our FIN.
    CoversOurFin,
    /// The text begins at RCV.NXT.
    TextIsNext,
    /// The FIN's number is RCV.NXT: nothing is missing before it.
    FinIsNext,
    /// The retry limit R2 is not reached.
    RetriesLeft,
    /// Nothing that the application has not read.
    NothingUnread,
    /// Nothing waits to be sent.
    NothingQueued,
    /// The usable window has room.
    WindowOpen,
    /// The timestamp of a SYN is later than those of the connection that is in TIME-WAIT.
    SynTimeIsNewer,
    /// SEG.SEQ lies beyond all numbers of the connection that is in TIME-WAIT.
    SynIsNewer,
    /// Congestion control lets more be in flight.
    NetworkHasRoom,
    /// Nothing is unacknowledged: a small segment may go (Nagle).
    NothingInFlight,
    /// Fewer doubtful segments were answered lately than the limit allows.
    ChallengesLeft,
    /// The segment that a report quotes is in flight.
    QuotesWhatIsInFlight,
    /// SEG.ACK is a cookie that this listener gave, and one more.
    CookieIsOurs,
}

impl Test {
    /// Every test, in order.
    pub const ALL: [Self; 30] = [
        Self::NotRst,
        Self::HasAck,
        Self::NotAck,
        Self::HasSyn,
        Self::NotSyn,
        Self::HasFin,
        Self::BacklogHasRoom,
        Self::AckOfOurSyn,
        Self::HasTimestamps,
        Self::TimestampNotTooOld,
        Self::InWindow,
        Self::RstExact,
        Self::AckNotTooOld,
        Self::AckNotBeyondSent,
        Self::AckIsNew,
        Self::WindowIsNewer,
        Self::CoversOurFin,
        Self::TextIsNext,
        Self::FinIsNext,
        Self::RetriesLeft,
        Self::NothingUnread,
        Self::NothingQueued,
        Self::WindowOpen,
        Self::SynTimeIsNewer,
        Self::SynIsNewer,
        Self::NetworkHasRoom,
        Self::NothingInFlight,
        Self::ChallengesLeft,
        Self::QuotesWhatIsInFlight,
        Self::CookieIsOurs,
    ];
}

/// Up to four named values. A fixed array, because every segment makes several checks and all of them are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Operands {
    // Names and values apart: a third less to keep than pairs, which would be padded.
    names: [Option<Var>; 4],
    values: [u32; 4],
}

impl Operands {
    pub(crate) fn new(values: &[(Var, u32)]) -> Self {
        let mut operands = Self::default();
        for (i, (name, value)) in values.iter().enumerate().take(4) {
            operands.names[i] = Some(*name);
            operands.values[i] = *value;
        }
        operands
    }

    /// The values in order.
    pub fn iter(&self) -> impl Iterator<Item = (Var, u32)> + '_ {
        self.names.into_iter().flatten().zip(self.values)
    }

    /// The value of `var`, if it was compared.
    #[must_use]
    pub fn value(&self, var: Var) -> Option<u32> {
        self.iter().find(|&(v, _)| v == var).map(|(_, value)| value)
    }
}
