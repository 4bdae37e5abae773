//! The tests the stack makes on its way, in the words of RFC 9293 §3.10, and what each compared.

use serde::{Deserialize, Serialize, Serializer};
use strum::VariantArray;
use ts_rs::TS;

use crate::variable::Var;

/// A test the stack made while it handled an event, with the values it compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, TS)]
#[ts(rename = "CheckView")]
pub struct Check {
    /// Which test.
    pub test: Test,
    /// The test held.
    pub passed: bool,
    /// The values compared, in the order in which the RFC's text names them.
    #[ts(as = "Vec<(Var, u32)>")]
    pub operands: Operands,
}

/// The tests, in the words of RFC 9293 §3.10. A test that holds always lets the segment pass.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "TestName")]
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
    /// The segment carries timestamps, as the two ends agreed.
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
    /// SND.UNA < SEG.ACK =< SND.NXT: the segment acknowledges something new.
    AckIsNew,
    /// The window in the segment is newer than the one known (SND.WL1, SND.WL2).
    WindowIsNewer,
    /// SEG.ACK covers our FIN.
    CoversOurFin,
    /// The text begins at RCV.NXT.
    TextIsNext,
    /// The FIN's number is RCV.NXT: nothing is missing before it.
    FinIsNext,
    /// The retry limit R2 is not reached.
    RetriesLeft,
    /// The application has read everything.
    NothingUnread,
    /// No data waits to be sent.
    NothingQueued,
    /// The usable window has room.
    WindowOpen,
    /// The timestamp of a SYN is later than those of the old connection in TIME-WAIT.
    SynTimeIsNewer,
    /// SEG.SEQ lies beyond all numbers of the old connection in TIME-WAIT.
    SynIsNewer,
    /// Congestion control allows more data in flight.
    NetworkHasRoom,
    /// Nothing is unacknowledged: a small segment may go (Nagle).
    NothingInFlight,
    /// Fewer doubtful segments were answered in the last seconds than the limit allows.
    ChallengesLeft,
    /// The segment quoted by the ICMP report is in flight.
    QuotesWhatIsInFlight,
    /// SEG.ACK is a cookie that this listener sent, plus one.
    CookieIsOurs,
}

/// Up to four named values. A fixed array, because every segment causes several checks and all of them are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Operands {
    // Two arrays take a third less memory than one array of pairs, which would be padded.
    names: [Option<Var>; 4],
    values: [u32; 4],
}

/// Pairs of name and value.
impl Serialize for Operands {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
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
