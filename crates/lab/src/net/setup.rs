//! How a world begins.

use super::link_rule::LinkRule;
use crate::host::Program;
use tcp::Settings;
use tcp::time::Duration;

/// How a world begins. Index 0 is the client, or what the client sends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Setup {
    /// The seed of all random choices.
    pub seed: u64,
    /// The settings of the two stacks.
    pub settings: [Settings; 2],
    /// The programs.
    pub programs: [Program; 2],
    /// How long packets are on their way.
    pub latency: [Duration; 2],
    /// How many of a thousand packets are lost.
    pub loss_per_mille: [u16; 2],
    /// How many of a thousand packets arrive twice.
    pub duplicate_per_mille: [u16; 2],
    /// Standing rules. Rules that the link cannot take are left out.
    pub rules: Vec<LinkRule>,
}

impl Default for Setup {
    /// No programs, no losses, and a latency of 100 ms each way.
    fn default() -> Self {
        Self {
            seed: 0,
            settings: Default::default(),
            programs: [Program::None; 2],
            latency: [Duration::from_millis(100); 2],
            loss_per_mille: [0; 2],
            duplicate_per_mille: [0; 2],
            rules: Vec::new(),
        }
    }
}
