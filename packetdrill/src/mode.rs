//! How exactly a script must be fulfilled: to the letter, or with named rules for the choices that RFC 9293 leaves to a
//! stack.

use core::fmt;
use core::str::FromStr;

use serde::Serialize;

/// How exactly a script must be fulfilled. Each mode allows everything that the mode before it allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// To the letter.
    Strict,
    /// Where RFC 9293 leaves a choice to the stack, the stack may differ from the script:
    ///
    /// - N1: in a SYN, the order of options, their padding, and an MSS that only one side has are not compared.
    /// - N2: windows are not compared.
    /// - N3: SO_RCVBUF and SO_SNDBUF are not compared.
    /// - N4: the script may send a segment at the right edge of its own idea of the receive buffer or of the window. It is
    ///   moved to the right edge of the window that the stack has really announced.
    /// - N5: in CLOSING, the acknowledgement of the other FIN need not repeat our own FIN.
    /// - N9: two kinds of packets may be left over at the end of a script: those caused by its final close() calls, and the
    ///   acknowledgement that answers a segment below the window which would otherwise have ended the connection.
    /// - N10: a script with settings of FreeBSD (`net.inet.…`) gets FreeBSD's choices, and one with settings of Linux
    ///   (`net.ipv4.…`, `defaults.sh`) gets those of Linux; see `be_freebsd` and `be_linux` in `systems.rs`.
    /// - N11: unless the script sets them, window scale, timestamps and SACK are offered as in the first SYN it expects.
    /// - N12: a SACK option may begin with a block about text that came twice (RFC 2883), even if the script has none.
    /// - N13: if an ICMP report ends an open, the errno may differ.
    /// - N14: the stack may send several segments directly after each other where the script has one, unless the script
    ///   has the option `--strict_segments`.
    /// - N15: text need not have PSH while more text waits to be sent.
    /// - N16: a script for IPv6 is played over IPv4, with packets that carry as much text as over IPv6.
    Loose,
    /// N6: in addition, a pure acknowledgement of something new may come early, or up to half a second late, or one
    /// may stand for several. The last number must be right.
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

    /// Whether rules N1 to N5 and N9 to N16 apply.
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
