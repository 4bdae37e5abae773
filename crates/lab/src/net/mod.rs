//! The world: two hosts, the network link between them, and a clock.

pub mod hash;
mod input;
mod link;
mod link_rule;
mod packet;
mod record;
mod setup;
#[cfg(test)]
mod tests;
mod world;

pub use input::{Input, InputError};
pub use link::{Cable, Link, corrupt};
pub use link_rule::{LinkRule, Match};
pub use packet::{By, DEFAULT_REPORT, Packet, PacketId, Sending, Verdict};
pub use record::{Record, RecordKind, Setting, What};
pub use setup::Setup;
pub use world::{Upcoming, World};
