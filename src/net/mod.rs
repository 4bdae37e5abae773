//! The link, the event queue, and the world: two hosts, one link, one clock.

mod input;
mod packet;
mod record;
mod rule;

pub use input::{Input, InputError};
pub use packet::{By, Packet, PacketId, Verdict};
pub use record::{Record, Setting, What};
pub use rule::{LinkRule, Match};
