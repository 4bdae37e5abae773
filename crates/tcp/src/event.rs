//! What can happen to one end of a connection (RFC 9293 §3.10).

use crate::icmp::IcmpReport;
use crate::segment::Segment;
use crate::timer::TimerKind;
use crate::user_calls::Call;

/// What can happen to one end of a connection: the application calls, a segment arrives, a timer expires (RFC 9293
/// §3.10), or the network reports a problem (§3.9.2.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The application asks for something.
    Call(Call),
    /// A segment with a good checksum arrives.
    SegmentArrives(Segment),
    /// A timer expires.
    Timeout(TimerKind),
    /// An ICMP message reports that a segment could not be delivered.
    IcmpArrives(IcmpReport),
}
