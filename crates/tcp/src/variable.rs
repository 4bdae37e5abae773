//! The variables of RFC 9293 §3.3.1 and the counts that checks compare.

use serde::{Deserialize, Serialize};
use serde_variant::to_variant_name;
use ts_rs::TS;

/// A variable of RFC 9293 §3.3.1, or a count, that a check compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(rename = "VariableName")]
pub enum Var {
    /// First number of the segment; in the other end's sequence space.
    #[serde(rename = "SEG.SEQ")]
    SegSeq,
    /// Acknowledgement number; in our sequence space.
    #[serde(rename = "SEG.ACK")]
    SegAck,
    /// How many sequence numbers the segment uses: a count.
    #[serde(rename = "SEG.LEN")]
    SegLen,
    /// The window in the segment: a count of octets.
    #[serde(rename = "SEG.WND")]
    SegWnd,
    /// TSval: when the segment was sent, by the other end's clock.
    #[serde(rename = "SEG.TSval")]
    SegTsval,
    /// The latest timestamp received in order; by the other end's clock.
    #[serde(rename = "TS.Recent")]
    TsRecent,
    /// The first number of the segment that an ICMP report quotes; ours.
    #[serde(rename = "ICMP.SEQ")]
    QuotedSeq,
    /// Oldest unacknowledged number; ours.
    #[serde(rename = "SND.UNA")]
    SndUna,
    /// Next number to send; ours.
    #[serde(rename = "SND.NXT")]
    SndNxt,
    /// The window the other end allows us.
    #[serde(rename = "SND.WND")]
    SndWnd,
    /// SEG.SEQ of the last window update; the other end's space.
    #[serde(rename = "SND.WL1")]
    SndWl1,
    /// SEG.ACK of the last window update; ours.
    #[serde(rename = "SND.WL2")]
    SndWl2,
    /// The largest window the other end ever allowed.
    #[serde(rename = "MAX.SND.WND")]
    MaxSndWnd,
    /// Our initial sequence number.
    #[serde(rename = "ISS")]
    Iss,
    /// The number of our FIN.
    #[serde(rename = "FIN")]
    FinSeq,
    /// The other end's initial sequence number.
    #[serde(rename = "IRS")]
    Irs,
    /// Next number expected; the other end's space.
    #[serde(rename = "RCV.NXT")]
    RcvNxt,
    /// Our receive window.
    #[serde(rename = "RCV.WND")]
    RcvWnd,
    /// How often a segment was sent again: a count.
    #[serde(rename = "retries")]
    Retries,
    /// The limit of a count of attempts.
    #[serde(rename = "limit")]
    RetryLimit,
    /// Doubtful segments answered in the last seconds: a count.
    #[serde(rename = "answered")]
    Answered,
    /// cwnd: how many octets congestion control allows in flight.
    #[serde(rename = "CWND")]
    Cwnd,
    /// ssthresh: where slow start ends.
    #[serde(rename = "SSTHRESH")]
    Ssthresh,
    /// Bytes waiting: a count.
    #[serde(rename = "bytes")]
    Bytes,
    /// Connections waiting in the backlog: a count.
    #[serde(rename = "waiting")]
    Waiting,
    /// How many connections the backlog has room for: a count.
    #[serde(rename = "backlog")]
    Backlog,
}

/// Which end's sequence space a variable belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Space {
    /// Counted from ISS.
    Ours,
    /// Counted from IRS.
    Theirs,
    /// Not a sequence number.
    Count,
}

impl Var {
    /// The sequence space it belongs to.
    #[must_use]
    pub const fn space(self) -> Space {
        match self {
            Self::SegAck
            | Self::QuotedSeq
            | Self::SndUna
            | Self::SndNxt
            | Self::SndWl2
            | Self::Iss
            | Self::FinSeq => Space::Ours,
            Self::SegSeq | Self::SndWl1 | Self::Irs | Self::RcvNxt => Space::Theirs,
            Self::SegLen
            | Self::SegWnd
            | Self::SegTsval
            | Self::TsRecent
            | Self::SndWnd
            | Self::MaxSndWnd
            | Self::RcvWnd
            | Self::Retries
            | Self::RetryLimit
            | Self::Answered
            | Self::Cwnd
            | Self::Ssthresh
            | Self::Bytes
            | Self::Waiting
            | Self::Backlog => Space::Count,
        }
    }

    /// The name in the RFC's spelling.
    #[must_use]
    pub fn name(self) -> &'static str {
        to_variant_name(&self).unwrap_or_default()
    }
}
