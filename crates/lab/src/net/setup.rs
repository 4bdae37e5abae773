//! How a world begins.

use super::link_rule::LinkRule;
use crate::host::Program;
use tcp::Settings;
use tcp::time::Duration;

/// How a world begins. Index 0 is the client, or what the client sends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Setup {
    /// The seed of everything that is left to chance.
    pub seed: u64,
    /// The stacks.
    pub settings: [Settings; 2],
    /// The programs.
    pub programs: [Program; 2],
    /// How long packets are on their way.
    pub latency: [Duration; 2],
    /// How many of a thousand are lost.
    pub loss_per_mille: [u16; 2],
    /// How many of a thousand arrive twice.
    pub duplicate_per_mille: [u16; 2],
    /// Standing rules. More than the link takes, and rules it cannot follow, are left out.
    pub rules: Vec<LinkRule>,
}

impl Default for Setup {
    /// Nothing runs, nothing is lost, and 100 ms each way.
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
