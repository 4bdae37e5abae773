//! The eleven states of a connection (RFC 9293 §3.3.2).

use core::fmt;

use serde::{Deserialize, Serialize};
use serde_variant::to_variant_name;
use strum::VariantArray;
use ts_rs::TS;

/// The state of one end of a connection. In the order of RFC 9293, but with CLOSED first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, VariantArray,
)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
#[ts(rename = "StateName")]
pub enum State {
    /// There is no connection.
    Closed,
    /// Waiting for a connection request from any remote end.
    Listen,
    /// A connection request was sent; waiting for a matching one.
    SynSent,
    /// A connection request was received and one was sent; waiting for the acknowledgement.
    #[serde(rename = "SYN-RECEIVED")]
    SynReceived,
    /// Open: data goes both ways.
    Established,
    /// Our FIN was sent; waiting for its acknowledgement or the other end's FIN.
    #[serde(rename = "FIN-WAIT-1")]
    FinWait1,
    /// Our FIN is acknowledged; waiting for the other end's.
    #[serde(rename = "FIN-WAIT-2")]
    FinWait2,
    /// The other end's FIN arrived; waiting for the local application to close.
    CloseWait,
    /// Both FINs have crossed; waiting for the acknowledgement of ours.
    Closing,
    /// The other end closed first and our FIN was sent; waiting for its acknowledgement.
    LastAck,
    /// Both directions are done; waiting until every segment of the connection has died out.
    TimeWait,
}

impl State {
    /// All eleven, in order.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The RFC's spelling: `SYN-SENT`.
    #[must_use]
    pub fn name(self) -> &'static str {
        to_variant_name(&self).unwrap_or_default()
    }

    /// Both ends' numbers are known and agreed (RFC 9293 §3.5.3): ESTABLISHED and everything after it.
    #[must_use]
    pub const fn is_synchronized(self) -> bool {
        !matches!(self, Self::Closed | Self::Listen | Self::SynSent | Self::SynReceived)
    }

    /// New data may still be sent: our direction is open.
    #[must_use]
    pub const fn may_send(self) -> bool {
        matches!(self, Self::Established | Self::CloseWait)
    }

    /// New data may still arrive: the other end's direction is open.
    #[must_use]
    pub const fn may_receive(self) -> bool {
        matches!(self, Self::Established | Self::FinWait1 | Self::FinWait2)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
