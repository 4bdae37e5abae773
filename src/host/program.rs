//! The programs a host can run by itself, so that the learner need not make every call.

use serde::{Deserialize, Serialize};

/// A program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Program {
    /// None: the learner makes the calls.
    #[default]
    None,
    /// A server on port 80 that sends back what it reads, and closes at end of file.
    Echo,
    /// A server on port 80 that reads and throws away, and closes at end of file.
    Sink,
    /// A server on port 80 that reads, and never calls close(): its connections stay in CLOSE-WAIT (C41).
    NeverCloses,
}
