//! Why a script cannot be run: it is wrong, or it needs something that this runner or this stack does not have.

use core::fmt;

/// What kind of obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The script is not in the language.
    Syntax,
    /// The script is correct, but needs something that is not supported.
    Unsupported,
}

/// Why a script cannot be read or run, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// What kind of obstacle.
    pub obstacle: Obstacle,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1.
    pub column: u32,
    /// The message.
    pub message: String,
}

impl ScriptError {
    /// The script is wrong.
    pub(crate) fn syntax(line: u32, column: u32, message: impl Into<String>) -> Self {
        Self { obstacle: Obstacle::Syntax, line, column, message: message.into() }
    }

    /// The script needs something that is not supported.
    pub(crate) fn unsupported(line: u32, column: u32, message: impl Into<String>) -> Self {
        Self { obstacle: Obstacle::Unsupported, line, column, message: message.into() }
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

impl core::error::Error for ScriptError {}
