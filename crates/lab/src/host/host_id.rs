//! The two hosts: their names and addresses.

use core::fmt;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_variant::to_variant_name;
use ts_rs::TS;

/// Which of the two hosts. The names only say what they usually do: either host can listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(rename = "HostName")]
pub enum HostId {
    /// Drawn at the left.
    Client,
    /// Drawn at the right.
    Server,
}

impl HostId {
    /// Both, client first.
    pub const ALL: [Self; 2] = [Self::Client, Self::Server];

    /// 0 or 1.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The other host.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }

    /// Its address, from the blocks set aside for documentation (RFC 5737).
    #[must_use]
    pub const fn addr(self) -> Ipv4Addr {
        match self {
            Self::Client => Ipv4Addr::new(192, 0, 2, 1),
            Self::Server => Ipv4Addr::new(198, 51, 100, 7),
        }
    }

    /// `client` or `server`.
    #[must_use]
    pub fn name(self) -> &'static str {
        to_variant_name(&self).unwrap_or_default()
    }
}

impl fmt::Display for HostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
