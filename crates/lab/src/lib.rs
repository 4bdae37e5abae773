//! A session: a scenario plus the actions taken, replayed at will; snapshots and traces of it; its links.
#![deny(clippy::float_arithmetic, reason = "a replay must give the same numbers on every machine")]

pub mod action;
mod branch;
pub mod host;
pub mod log;
pub mod net;
pub mod outlook;
pub mod pages;
pub mod pcapng;
pub mod perform;
pub mod predicate;
pub mod question;
mod read;
pub mod scenario;
pub mod session;
pub mod session_link;
pub mod snapshot;
mod tagged;
pub mod trace;
pub mod view;
mod watch;

pub use action::Action;
pub use log::{Log, Prefix, Records};
pub use pages::{Gather, PAGE, Pages};
pub use perform::{ActionError, ActionFault};
pub use question::QuestionState;
pub use scenario::Scenario;
pub use session::{BranchView, Session};
pub use snapshot::Snapshot;
pub use trace::Trace;
