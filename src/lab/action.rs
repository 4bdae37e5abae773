//! What a learner, a scenario or a host page may ask of a session.

use serde::{Deserialize, Serialize};

use super::fields::wrong_field;
use super::perform::{ActionError, ActionFault};
use super::tagged::{self, tagged};
use crate::host::{HostId, How, Program};
use crate::net::LinkRule;
use crate::tcp::{Config, Endpoint, WhatIf};
use crate::time::{Duration, Instant};

/// The most JSON one action may take.
const MAX_JSON_BYTES: usize = 1_100_000;

/// One action. Where `socket` is left out, the one the page would mean is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the call or the button of the same name")]
pub enum Action {
    Socket {
        host: HostId,
    },
    Bind {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
        port: u16,
    },
    Listen {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
        #[serde(default)]
        port: Option<u16>,
        #[serde(default)]
        backlog: Option<u32>,
    },
    Accept {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
    },
    Connect {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
        #[serde(default)]
        to: Option<Endpoint>,
    },
    Send {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
        #[serde(default)]
        text: Option<String>,
        #[serde(default)]
        bytes: Option<u32>,
    },
    Recv {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
        #[serde(default)]
        max: Option<u32>,
    },
    Shutdown {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
        how: How,
    },
    Close {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
    },
    Abort {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
    },
    SetLinger {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
        seconds: Option<u16>,
    },
    SetReuseaddr {
        host: HostId,
        #[serde(default)]
        socket: Option<u32>,
        on: bool,
    },
    Crash {
        host: HostId,
    },
    Restart {
        host: HostId,
    },
    CutCable,
    MendCable,
    RunProgram {
        host: HostId,
        program: Program,
    },
    Deliver {
        segment: u32,
    },
    Drop {
        segment: u32,
    },
    Delay {
        segment: u32,
        us: Duration,
    },
    Hold {
        segment: u32,
    },
    Release {
        segment: u32,
    },
    Duplicate {
        segment: u32,
    },
    Swap {
        segment: u32,
    },
    Corrupt {
        segment: u32,
        #[serde(default)]
        byte: Option<u16>,
    },
    AddRule {
        rule: LinkRule,
    },
    ClearRules,
    SetLatency {
        from: HostId,
        us: Duration,
    },
    SetLoss {
        from: HostId,
        per_mille: u16,
    },
    SetConfig {
        host: HostId,
        config: Config,
    },
    SetWhatIf {
        host: HostId,
        what_if: WhatIf,
    },
    Step,
    Back,
    Seek {
        #[serde(default)]
        tick: Option<u32>,
        #[serde(default)]
        at_us: Option<Instant>,
    },
    Play {
        us: Duration,
    },
    Jump,
    SwitchBranch {
        branch: u32,
    },
    Answer {
        choice: String,
    },
    SkipQuestion,
    Load {
        scenario: String,
    },
}

tagged!(Action);

impl Action {
    /// Reads an action from JSON.
    ///
    /// # Errors
    /// With the field that is wrong, as far as it can be told.
    pub fn from_json(text: &str) -> Result<Self, ActionError> {
        if text.len() > MAX_JSON_BYTES {
            return Err(ActionError::new("type", ActionFault::TooGreat { limit: MAX_JSON_BYTES as u64 }));
        }
        let value = text.parse().map_err(|why: serde_json::Error| Self::malformed(&why.to_string()))?;
        Self::from_value(&value)
    }

    /// Reads an action that is JSON already.
    ///
    /// # Errors
    /// With the field that is wrong, as far as it can be told.
    pub fn from_value(value: &serde_json::Value) -> Result<Self, ActionError> {
        tagged::from_value(value).map_err(|why| {
            let why = why.to_string();
            ActionError::new(&wrong_field(value, &why), ActionFault::Malformed(why))
        })
    }

    /// The error for what is not even JSON.
    #[must_use]
    pub fn malformed(why: &str) -> ActionError {
        ActionError::new("type", ActionFault::Malformed(why.to_owned()))
    }

    /// Moves about in time or in the list of scenarios; changes nothing in the world and is not in the journal.
    #[must_use]
    pub const fn is_navigation(&self) -> bool {
        matches!(
            self,
            Self::Step
                | Self::Back
                | Self::Seek { .. }
                | Self::Play { .. }
                | Self::Jump
                | Self::SwitchBranch { .. }
                | Self::Answer { .. }
                | Self::SkipQuestion
                | Self::Load { .. }
        )
    }
}
