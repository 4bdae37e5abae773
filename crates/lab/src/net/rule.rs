//! Standing rules of the link: "drop the first FIN from the server".

use serde::{Deserialize, Serialize};

use super::packet::Verdict;
use crate::host::HostId;
use tcp::{Control, Segment};

/// A verdict prepared for a packet that is still to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkRule {
    /// Whose packets.
    pub from: HostId,
    /// Which of them.
    #[serde(default)]
    pub matches: Match,
    /// Which of those, counted from 1 and from when the rule was made; it is used up once it fired. 0: every one.
    #[serde(default = "first")]
    pub nth: u32,
    /// What is to become of it.
    pub verdict: Verdict,
}

const fn first() -> u32 {
    1
}

/// Which segments a rule speaks of: what is left out does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// `segment` is one of those.
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
