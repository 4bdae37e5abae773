//! How exactly a script is taken: by its letter, or by named rules that let one stack answer for another.

use core::fmt;
use core::str::FromStr;

use serde::Serialize;

/// How exactly a script is taken. Each mode allows what the one before allows, and more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// By the letter.
    Strict,
    /// What RFC 9293 leaves to each stack may differ:
    /// N1, the order of the options of a SYN is not compared, nor what pads them, nor an MSS that only one side names;
    /// N2, windows are not compared;
    /// N3, SO_RCVBUF and SO_SNDBUF are not compared;
    /// N4, a segment at the right edge of the receive buffer, as the script says it is or as it was set, or of the window
    /// that the script has, is moved to the right edge of the window that the stack has announced;
    /// N5, in CLOSING an acknowledgement of the other FIN need not repeat our own;
    /// N9, at the end of a script two things may be left over: what the calls of close() bring that end it, and the
    /// repeated acknowledgement that answers a segment from below the window which would have ended the connection;
    /// N10, a script that sets anything of FreeBSD's (`net.inet.…`) takes for granted how FreeBSD is where RFC 9293 leaves
    /// a choice, and one that sets anything of Linux's (`net.ipv4.…`, `defaults.sh`) how Linux is: what `be_freebsd` and
    /// `be_linux` of `systems.rs` list;
    /// N11, until a script sets them, window scale, timestamps and SACK are offered as the first SYN that it awaits has
    /// them;
    /// N12, a SACK option may begin with what came twice (RFC 2883) where the script has none of that;
    /// N13, of an open that a report by ICMP has ended the names of the error are not told apart;
    /// N14, one segment of the script may come as several that follow each other at once, unless it asks for
    /// `--strict_segments`;
    /// N15, text need not be pushed while more of it waits to be sent;
    /// N16, a script for IPv6 is played over IPv4, with packets that hold as much text as they would there.
    Loose,
    /// N6: besides, a pure acknowledgement of something new may come early, up to half a second late, or one for
    /// several; the last number must be right.
    #[default]
    Acks,
}

impl Mode {
    /// All modes, the most exact first.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Loose, Self::Acks];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Loose => "loose",
            Self::Acks => "acks",
        }
    }

    /// Rules N1 to N5 and N9 to N16 hold.
    #[must_use]
    pub fn is_loose(self) -> bool {
        self >= Self::Loose
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Mode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|mode| mode.name() == text);
        known.ok_or_else(|| format!("`{text}` is no mode: strict, loose or acks"))
    }
}
