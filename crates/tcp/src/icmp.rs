//! ICMP reports: a router or a host could not pass on a segment (RFC 9293 §3.9.2.2).
//!
//! Such a report is easily forged, and most problems pass. So it counts only if it quotes a segment that is in flight
//! (RFC 5927 §4.1), and it ends only an open in progress. An open connection keeps trying (RFC 5461 §4.1).

use serde::{Deserialize, Serialize};
use strum::VariantArray;
use ts_rs::TS;

use crate::check::Test;
use crate::effect::Signal;
use crate::rule::Rule;
use crate::seq::SeqNumber;
use crate::state::State;
use crate::step::Step;
use crate::variable::Var;

/// A report about one of our segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IcmpReport {
    /// What is reported.
    pub kind: IcmpKind,
    /// The sequence number of the segment it quotes.
    pub seq: SeqNumber,
}

/// The reports that RFC 9293 §3.9.2.2 tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "IcmpName")]
pub enum IcmpKind {
    /// Destination unreachable, codes 0 and 6: no way to the network.
    NetUnreachable,
    /// Destination unreachable, codes 1, 5, 7, 8, 11, 12 and beyond 13: no way to the host.
    HostUnreachable,
    /// Destination unreachable, code 2: the host has no TCP.
    ProtocolUnreachable,
    /// Destination unreachable, code 3: no socket on that port.
    PortUnreachable,
    /// Destination unreachable, codes 9, 10 and 13: forbidden by an administrator.
    Prohibited,
    /// Destination unreachable, code 4: too large, and DF is set.
    FragmentationNeeded,
    /// Source quench: send more slowly. No longer believed (RFC 6633).
    SourceQuench,
    /// Time exceeded: the packet was on its way for too long.
    TimeExceeded,
    /// Parameter problem: a header was not understood.
    ParameterProblem,
}

impl IcmpKind {
    /// Every kind, in order.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The kind with this type and code; None for messages that are no reports, such as an echo.
    #[must_use]
    pub const fn from_wire(kind: u8, code: u8) -> Option<Self> {
        Some(match (kind, code) {
            (3, 0 | 6) => Self::NetUnreachable,
            (3, 2) => Self::ProtocolUnreachable,
            (3, 3) => Self::PortUnreachable,
            (3, 4) => Self::FragmentationNeeded,
            (3, 9 | 10 | 13) => Self::Prohibited,
            (3, _) => Self::HostUnreachable,
            (4, _) => Self::SourceQuench,
            (11, _) => Self::TimeExceeded,
            (12, _) => Self::ParameterProblem,
            _ => return None,
        })
    }

    /// Type and code.
    #[must_use]
    pub const fn to_wire(self) -> (u8, u8) {
        match self {
            Self::NetUnreachable => (3, 0),
            Self::HostUnreachable => (3, 1),
            Self::ProtocolUnreachable => (3, 2),
            Self::PortUnreachable => (3, 3),
            Self::Prohibited => (3, 13),
            Self::FragmentationNeeded => (3, 4),
            Self::SourceQuench => (4, 0),
            Self::TimeExceeded => (11, 0),
            Self::ParameterProblem => (12, 0),
        }
    }

    /// The name in RFC 792.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NetUnreachable => "net unreachable",
            Self::HostUnreachable => "host unreachable",
            Self::ProtocolUnreachable => "protocol unreachable",
            Self::PortUnreachable => "port unreachable",
            Self::Prohibited => "administratively prohibited",
            Self::FragmentationNeeded => "fragmentation needed",
            Self::SourceQuench => "source quench",
            Self::TimeExceeded => "time exceeded",
            Self::ParameterProblem => "parameter problem",
        }
    }

    /// A hard error, which will not pass (SHLD-26). "Fragmentation needed" asks for smaller segments instead, see
    /// RFC 9293 §3.9.2.2.
    #[must_use]
    pub const fn is_hard(self) -> bool {
        matches!(self, Self::ProtocolUnreachable | Self::PortUnreachable | Self::Prohibited)
    }

    /// What the application is told if this report ends the connection.
    #[must_use]
    pub const fn signal(self) -> Signal {
        match self {
            Self::ProtocolUnreachable | Self::PortUnreachable => Signal::Refused,
            Self::NetUnreachable => Signal::NetUnreachable,
            Self::HostUnreachable
            | Self::Prohibited
            | Self::FragmentationNeeded
            | Self::SourceQuench
            | Self::TimeExceeded
            | Self::ParameterProblem => Signal::HostUnreachable,
        }
    }
}

pub(crate) fn on_report(step: &mut Step<'_>, report: IcmpReport) {
    let snd = step.tcb().snd;
    let is_in_flight = report.seq.is_at_or_after(snd.una) && report.seq.is_before(snd.nxt);
    let operands = [(Var::SndUna, snd.una.0), (Var::QuotedSeq, report.seq.0), (Var::SndNxt, snd.nxt.0)];
    if !step.check(Test::QuotesWhatIsInFlight, is_in_flight, &operands) {
        return step.fire(Rule::IcmpOfNothingInFlight);
    }
    if report.kind == IcmpKind::SourceQuench {
        return step.fire(Rule::IcmpSourceQuench);
    }
    let is_opening = matches!(step.state(), State::SynSent | State::SynReceived);
    let config = &step.settings.config;
    let may_abort = !config.icmp_never_aborts && (is_opening || config.icmp_hard_aborts);
    if report.kind.is_hard() && may_abort {
        step.signal(report.kind.signal());
        return step.break_off(Rule::IcmpEndsConnection);
    }
    step.tcb_mut().soft_error = Some(report.kind);
    step.fire(Rule::IcmpNoted);
}
