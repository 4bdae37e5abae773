//! CountedRule rules of the link: "drop the first FIN from the server".

use core::fmt;

use bytes::Bytes;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::input::InputError;
use super::link::Link;
use super::packet::{DEFAULT_REPORT, Verdict};
use crate::host::HostId;
use tcp::wire;
use tcp::{Control, Segment};

/// How many standing rules a link takes.
const MAX_RULES: usize = 100;

/// A verdict on a packet that will be sent later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LinkRule {
    /// Whose packets.
    pub from: HostId,
    /// Which of them.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub matches: Match,
    /// Which of the matching packets sent since the rule was made, counted from 1. The rule is removed when it fires.
    /// 0: every matching packet.
    #[serde(default = "first")]
    #[ts(as = "Option<_>", optional)]
    pub nth: u32,
    /// What happens to it.
    #[serde(deserialize_with = "verdict")]
    #[ts(type = "Verdict | \"unreachable\"")]
    pub verdict: Verdict,
}

const fn first() -> u32 {
    1
}

/// In its own form, or `"unreachable"` alone.
fn verdict<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Verdict, D::Error> {
    struct NameOrObject;

    impl<'de> Visitor<'de> for NameOrObject {
        type Value = Verdict;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a verdict, such as \"drop\",")
        }

        fn visit_str<E: de::Error>(self, name: &str) -> Result<Verdict, E> {
            if name == "unreachable" {
                return Ok(Verdict::Unreachable(DEFAULT_REPORT));
            }
            Verdict::deserialize(name.into_deserializer())
        }

        fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Verdict, A::Error> {
            Verdict::deserialize(MapAccessDeserializer::new(object))
        }
    }

    deserializer.deserialize_any(NameOrObject)
}

/// Which segments a rule matches. A field that is left out matches any segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Match {
    /// SYN is set, or is not.
    pub syn: Option<bool>,
    /// ACK is set, or is not.
    pub ack: Option<bool>,
    /// FIN is set, or is not.
    pub fin: Option<bool>,
    /// RST is set, or is not.
    pub rst: Option<bool>,
    /// It carries text, or does not.
    pub text: Option<bool>,
}

impl Match {
    /// Whether `segment` matches.
    #[must_use]
    pub fn covers(self, segment: &Segment) -> bool {
        let wanted = [
            (self.syn, segment.has(Control::SYN)),
            (self.ack, segment.has(Control::ACK)),
            (self.fin, segment.has(Control::FIN)),
            (self.rst, segment.has(Control::RST)),
            (self.text, !segment.text.is_empty()),
        ];
        wanted.into_iter().all(|(want, is)| want.is_none_or(|want| want == is))
    }
}

/// The standing rules of a link that have not been used up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct StandingRules(Vec<CountedRule>);

/// A rule, and how many segments that match it were sent since it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct CountedRule {
    rule: LinkRule,
    seen: u32,
}

impl StandingRules {
    /// The rules in the order in which they are tried.
    pub(super) fn iter(&self) -> impl Iterator<Item = &LinkRule> {
        self.0.iter().map(|standing| &standing.rule)
    }

    pub(super) fn add(&mut self, rule: LinkRule) -> Result<(), InputError> {
        match rule.verdict {
            Verdict::Release => return Err(InputError::ReleaseByRule),
            Verdict::Delay(length) => Link::check_length(length)?,
            _ => {}
        }
        if self.0.len() >= MAX_RULES {
            return Err(InputError::TooManyRules);
        }
        self.0.push(CountedRule { rule, seen: 0 });
        Ok(())
    }

    /// Takes back the rule at `index` of [`Self::iter`].
    pub(super) fn remove(&mut self, index: u32) -> Result<LinkRule, InputError> {
        let place = index as usize;
        if place >= self.0.len() {
            return Err(InputError::NoSuchRule(index));
        }
        Ok(self.0.remove(place).rule)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// What the first rule that fires does to the packet `bytes`, just sent by `from`. Every matching rule counts the
    /// packet, also after one has fired: so of two rules one can say "the first FIN" and the other "the second FIN".
    pub(super) fn verdict(&mut self, from: HostId, bytes: &Bytes) -> Option<Verdict> {
        if self.0.is_empty() {
            return None;
        }
        let segment = wire::decode(bytes).ok()?;
        let mut fires = None;
        for (place, standing) in self.0.iter_mut().enumerate() {
            let rule = &standing.rule;
            if rule.from == from && rule.matches.covers(&segment) {
                standing.seen = standing.seen.saturating_add(1);
                if fires.is_none() && (rule.nth == 0 || standing.seen == rule.nth) {
                    fires = Some((place, rule.nth, rule.verdict));
                }
            }
        }
        let (place, nth, verdict) = fires?;
        if nth != 0 {
            self.0.remove(place);
        }
        Some(verdict)
    }
}
