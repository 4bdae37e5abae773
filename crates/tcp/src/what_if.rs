//! Rules of TCP that the lab can break on purpose, to show why they exist.
//!
//! With `WhatIf::default()` the stack conforms to the RFC, and no code behind these switches runs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The rules that can be broken. Each answers a question of the notes, such as "why not two segments?".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct WhatIf {
    /// Two segments open a connection: the server is ESTABLISHED as soon as the SYN arrives (C09).
    pub two_way_open: bool,
    /// No TIME-WAIT: the active closer deletes its TCB as soon as it has acknowledged the other FIN (C30, C31).
    pub no_time_wait: bool,
    /// Three segments close: the passive closer sends its FIN and deletes its TCB without waiting for the ACK (C34).
    pub three_way_close: bool,
    /// Every connection starts from the same initial sequence number (C31, C77).
    pub fixed_isn: bool,
}

impl WhatIf {
    /// No rule is broken.
    #[must_use]
    pub fn is_conformant(self) -> bool {
        self == Self::default()
    }
}

/// Everything that decides how one host's stack behaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The settings that standards allow.
    pub config: super::config::Config,
    /// The rules broken on purpose.
    pub what_if: WhatIf,
}
