//! What a learner, a scenario or a host page may ask of a session.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use ts_rs::TS;

use super::perform::{ActionError, ActionFault};
use super::read::{Problem, Wrong, parse, read};
use super::tagged;
use crate::host::{HostId, How, Program};
use crate::net::{LinkRule, Verdict};
use tcp::time::{Duration, Instant};
use tcp::{Config, Endpoint, WhatIf};

/// The most JSON one action may take.
pub const MAX_JSON_BYTES: usize = 1_100_000;

/// One action. Where `socket` is left out, the one the page would mean is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(remote = "Self", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the call or the button of the same name")]
#[ts(tag = "type", optional_fields = nullable)]
pub enum Action {
    Socket {
        host: HostId,
    },
    Bind {
        host: HostId,
        socket: Option<u32>,
        port: u16,
    },
    Listen {
        host: HostId,
        socket: Option<u32>,
        port: Option<u16>,
        backlog: Option<u32>,
    },
    Accept {
        host: HostId,
        socket: Option<u32>,
    },
    Connect {
        host: HostId,
        socket: Option<u32>,
        to: Option<Endpoint>,
    },
    Send {
        host: HostId,
        socket: Option<u32>,
        text: Option<String>,
        bytes: Option<u32>,
    },
    Recv {
        host: HostId,
        socket: Option<u32>,
        max: Option<u32>,
    },
    Shutdown {
        host: HostId,
        socket: Option<u32>,
        how: How,
    },
    Close {
        host: HostId,
        socket: Option<u32>,
    },
    Abort {
        host: HostId,
        socket: Option<u32>,
    },
    Setsockopt {
        host: HostId,
        socket: Option<u32>,
        #[ts(type = "SocketOptionName")]
        option: String,
        /// Counted as in C: 0 or 1, seconds, or milliseconds (`TCP_USER_TIMEOUT`). Without one `SO_LINGER` is off.
        value: Option<u32>,
    },
    SetLinger {
        host: HostId,
        socket: Option<u32>,
        seconds: Option<u16>,
    },
    SetReuseaddr {
        host: HostId,
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
    /// What is to become of one packet. Its `type` is the name of the verdict, see `on_segment`.
    #[serde(
        rename = "deliver",
        alias = "drop",
        alias = "unreachable",
        alias = "delay",
        alias = "hold",
        alias = "release",
        alias = "duplicate",
        alias = "swap",
        alias = "corrupt",
        with = "on_segment"
    )]
    #[ts(untagged, type = "VerdictAction")]
    Verdict {
        segment: u32,
        verdict: Verdict,
    },
    AddRule {
        rule: LinkRule,
    },
    RemoveRule {
        /// The place of the rule in `Snapshot.link.rules`, from 0.
        index: u32,
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
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        config: Config,
    },
    SetWhatIf {
        host: HostId,
        #[serde(default)]
        #[ts(as = "Option<_>", optional)]
        what_if: WhatIf,
    },
    Step,
    Back,
    Seek {
        tick: Option<u32>,
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

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tagged::serialize(serializer, Self::serialize(self, serde_json::value::Serializer))
    }
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        tagged::deserialize(deserializer, Self::deserialize)
    }
}

/// A verdict on one packet: `{"type": "drop", "segment": 3}`, `{"type": "delay", "segment": 3, "us": 500}`.
mod on_segment {
    use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer};
    use serde::{Serialize, Serializer};
    use serde_json::Value;

    use crate::net::{DEFAULT_REPORT, Verdict};
    use crate::read::unknown_field;
    use tcp::IcmpKind;
    use tcp::time::Duration;

    #[derive(Serialize, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct OnSegment {
        r#type: String,
        segment: u32,
        us: Option<Duration>,
        kind: Option<IcmpKind>,
        byte: Option<u16>,
    }

    pub(super) fn serialize<S: Serializer>(
        segment: &u32,
        verdict: &Verdict,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let name = match serde_json::to_value(verdict).map_err(serde::ser::Error::custom)? {
            Value::Object(form) => form.into_iter().next().map(|(name, _)| name),
            name => name.as_str().map(str::to_owned),
        };
        let (us, kind, byte) = match *verdict {
            Verdict::Delay(us) => (Some(us), None, None),
            Verdict::Unreachable(kind) => (None, Some(kind), None),
            Verdict::Corrupt { byte } => (None, None, byte),
            _ => (None, None, None),
        };
        let r#type = name.unwrap_or_default();
        OnSegment { r#type, segment: *segment, us, kind, byte }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<(u32, Verdict), D::Error> {
        let OnSegment { r#type, segment, us, kind, byte } = OnSegment::deserialize(deserializer)?;
        let (verdict, own) = match r#type.as_str() {
            "delay" => (Verdict::Delay(us.ok_or_else(|| D::Error::missing_field("us"))?), "us"),
            "unreachable" => (Verdict::Unreachable(kind.unwrap_or(DEFAULT_REPORT)), "kind"),
            "corrupt" => (Verdict::Corrupt { byte }, "byte"),
            name => (Verdict::deserialize(name.into_deserializer())?, ""),
        };
        for (field, is_given) in [("us", us.is_some()), ("kind", kind.is_some()), ("byte", byte.is_some())] {
            if is_given && field != own {
                return Err(unknown_field(field, &[]));
            }
        }
        Ok((segment, verdict))
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
        parse(text).and_then(|value| read(&value)).map_err(wrong)
    }

    /// Reads an action that is JSON already.
    ///
    /// # Errors
    /// With the field that is wrong.
    pub fn from_value(value: &Value) -> Result<Self, ActionError> {
        read(value).map_err(wrong)
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

fn wrong(Wrong { place, problem }: Wrong) -> ActionError {
    let field = if place.is_empty() || matches!(problem, Problem::NotJson(_)) { "type" } else { &place };
    ActionError::new(field, ActionFault::Malformed(problem.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_actions_of_their_own_names() {
        for text in [
            r#"{"type":"deliver","segment":3}"#,
            r#"{"type":"drop","segment":3}"#,
            r#"{"type":"hold","segment":3}"#,
            r#"{"type":"release","segment":3}"#,
            r#"{"type":"duplicate","segment":3}"#,
            r#"{"type":"swap","segment":3}"#,
            r#"{"type":"corrupt","segment":3}"#,
            r#"{"type":"corrupt","byte":9,"segment":3}"#,
            r#"{"type":"delay","segment":3,"us":500}"#,
            r#"{"type":"unreachable","kind":"time-exceeded","segment":3}"#,
        ] {
            let action = Action::from_json(text).expect(text);
            assert!(matches!(action, Action::Verdict { segment: 3, .. }), "{text}");
            assert_eq!(serde_json::to_string(&action).expect("plain data"), text);
        }
        let unreachable = Action::from_json(r#"{"type":"unreachable","segment":3}"#).expect("by default");
        let verdict = Verdict::Unreachable(crate::net::DEFAULT_REPORT);
        assert_eq!(unreachable, Action::Verdict { segment: 3, verdict });
    }

    #[test]
    fn a_verdict_takes_no_fields_of_another() {
        for (text, expect) in [
            (r#"{"type":"delay","segment":3}"#, "us: this field must be given"),
            (r#"{"type":"delay","segment":3,"us":5,"byte":1}"#, "byte: there is no such field"),
            (r#"{"type":"drop","segment":3,"us":5}"#, "us: there is no such field"),
            (r#"{"type":"corrupt","segment":3,"kind":"prohibited"}"#, "kind: there is no such field"),
            (r#"{"type":"unreachable","segment":3,"byte":1}"#, "byte: there is no such field"),
            (r#"{"type":"dorp","segment":3}"#, "type: nothing is called `dorp` here, did you mean `drop`?"),
        ] {
            assert_eq!(Action::from_json(text).expect_err(text).to_string(), expect);
        }
    }

    #[test]
    fn what_is_left_out_is_not_written() {
        for text in [
            r#"{"type":"step"}"#,
            r#"{"type":"connect","host":"client"}"#,
            r#"{"type":"connect","host":"client","to":{"addr":"192.0.2.1","port":80}}"#,
        ] {
            let action = Action::from_json(text).expect(text);
            assert_eq!(serde_json::to_string(&action).expect("plain data"), text);
        }
    }
}
