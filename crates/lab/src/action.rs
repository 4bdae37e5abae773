//! What a learner, a scenario or a host page may ask of a session.

use super::json::{self, Json, tagged};
use super::perform::{ActionError, ActionFault};
use crate::host::{HostId, How, Program};
use crate::net::LinkRule;
use tcp::time::{Duration, Instant};
use tcp::{Config, Endpoint, IcmpKind, WhatIf};

/// The most JSON one action may take.
const MAX_JSON_BYTES: usize = 1_100_000;

/// One action. Where `socket` is left out, the one the page would mean is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the call or the button of the same name")]
pub enum Action {
    Socket { host: HostId },
    Bind { host: HostId, socket: Option<u32>, port: u16 },
    Listen { host: HostId, socket: Option<u32>, port: Option<u16>, backlog: Option<u32> },
    Accept { host: HostId, socket: Option<u32> },
    Connect { host: HostId, socket: Option<u32>, to: Option<Endpoint> },
    Send { host: HostId, socket: Option<u32>, text: Option<String>, bytes: Option<u32> },
    Recv { host: HostId, socket: Option<u32>, max: Option<u32> },
    Shutdown { host: HostId, socket: Option<u32>, how: How },
    Close { host: HostId, socket: Option<u32> },
    Abort { host: HostId, socket: Option<u32> },
    Setsockopt { host: HostId, socket: Option<u32>, option: String, value: Option<u32> },
    SetLinger { host: HostId, socket: Option<u32>, seconds: Option<u16> },
    SetReuseaddr { host: HostId, socket: Option<u32>, on: bool },
    Crash { host: HostId },
    Restart { host: HostId },
    CutCable,
    MendCable,
    RunProgram { host: HostId, program: Program },
    Deliver { segment: u32 },
    Drop { segment: u32 },
    Unreachable { segment: u32, kind: Option<IcmpKind> },
    Delay { segment: u32, us: Duration },
    Hold { segment: u32 },
    Release { segment: u32 },
    Duplicate { segment: u32 },
    Swap { segment: u32 },
    Corrupt { segment: u32, byte: Option<u16> },
    AddRule { rule: LinkRule },
    RemoveRule { index: u32 },
    ClearRules,
    SetLatency { from: HostId, us: Duration },
    SetLoss { from: HostId, per_mille: u16 },
    SetConfig { host: HostId, config: Config },
    SetWhatIf { host: HostId, what_if: WhatIf },
    Step,
    Back,
    Seek { tick: Option<u32>, at_us: Option<Instant> },
    Play { us: Duration },
    Jump,
    SwitchBranch { branch: u32 },
    Answer { choice: String },
    SkipQuestion,
    Load { scenario: String },
}

tagged! {
    both Action {
        Socket "socket" { host "host" }
        Bind "bind" { host "host", socket "socket", port "port" }
        Listen "listen" { host "host", socket "socket", port "port", backlog "backlog" }
        Accept "accept" { host "host", socket "socket" }
        Connect "connect" { host "host", socket "socket", to "to" }
        Send "send" { host "host", socket "socket", text "text", bytes "bytes" }
        Recv "recv" { host "host", socket "socket", max "max" }
        Shutdown "shutdown" { host "host", socket "socket", how "how" }
        Close "close" { host "host", socket "socket" }
        Abort "abort" { host "host", socket "socket" }
        Setsockopt "setsockopt" { host "host", socket "socket", option "option", value "value" }
        SetLinger "set_linger" { host "host", socket "socket", seconds "seconds" }
        SetReuseaddr "set_reuseaddr" { host "host", socket "socket", on "on" }
        Crash "crash" { host "host" }
        Restart "restart" { host "host" }
        CutCable "cut_cable" {}
        MendCable "mend_cable" {}
        RunProgram "run_program" { host "host", program "program" }
        Deliver "deliver" { segment "segment" }
        Drop "drop" { segment "segment" }
        Unreachable "unreachable" { segment "segment", kind "kind" }
        Delay "delay" { segment "segment", us "us" }
        Hold "hold" { segment "segment" }
        Release "release" { segment "segment" }
        Duplicate "duplicate" { segment "segment" }
        Swap "swap" { segment "segment" }
        Corrupt "corrupt" { segment "segment", byte "byte" }
        AddRule "add_rule" { rule "rule" }
        RemoveRule "remove_rule" { index "index" }
        ClearRules "clear_rules" {}
        SetLatency "set_latency" { from "from", us "us" }
        SetLoss "set_loss" { from "from", per_mille "per_mille" }
        SetConfig "set_config" { host "host", config "config" }
        SetWhatIf "set_what_if" { host "host", what_if "what_if" }
        Step "step" {}
        Back "back" {}
        Seek "seek" { tick "tick", at_us "at_us" }
        Play "play" { us "us" }
        Jump "jump" {}
        SwitchBranch "switch_branch" { branch "branch" }
        Answer "answer" { choice "choice" }
        SkipQuestion "skip_question" {}
        Load "load" { scenario "scenario" }
    }
}

impl Action {
    /// Reads an action from JSON.
    ///
    /// # Errors
    /// With the field that is wrong, as far as it can be told.
    pub fn from_json(text: &str) -> Result<Self, ActionError> {
        if text.len() > MAX_JSON_BYTES {
            return Err(ActionError::new("type", ActionFault::TooGreat { limit: MAX_JSON_BYTES as u64 }));
        }
        let value = Json::parse(text)
            .map_err(|why| ActionError::new("type", ActionFault::Malformed(why.to_string())))?;
        Self::from_value(&value)
    }

    /// Reads an action that is JSON already.
    ///
    /// # Errors
    /// With the field that is wrong.
    pub fn from_value(value: &Json) -> Result<Self, ActionError> {
        json::read(value).map_err(|wrong| {
            let field = if wrong.place.is_empty() { "type" } else { &wrong.place };
            ActionError::new(field, ActionFault::Malformed(wrong.problem.to_string()))
        })
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
