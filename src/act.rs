//! Everything that can be asked of the page: the one kind of message its reducer takes.

use yew::AttrValue;

use crate::lang::{HostId, Lang, Notation};
use crate::look::{Dialog, Tab, Theme};
use crate::pick::Pick;
use crate::text::Msg;
use lab::host::SocketId;
use lab::{Action, Session};
use tcp::time::Duration;

/// A request to the page.
#[derive(Clone, Debug)]
pub enum Act {
    /// Something in the lab: a call, a verdict, a move in time.
    Do(Action),
    /// So much real time has passed while playing.
    Advance(Duration),
    /// Show this session: a link was opened, or JavaScript has one.
    Session(Session),
    /// Show the session behind a link.
    Link(String),
    /// Look at something.
    Pick(Pick),
    /// Show this socket in the panel of its host; once more: the one that matters now.
    ShowSocket(HostId, SocketId),
    /// Play, or pause.
    Play(bool),
    /// Play at another speed, in thousandths of real time.
    Speed(u32),
    /// Load an experiment.
    Experiment(AttrValue),
    /// Begin the experiment again.
    Restart,
    /// Answer the question.
    Answer(AttrValue),
    /// Go on without an answer.
    SkipQuestion,
    /// The verdict was read.
    CloseQuestion,
    /// Speak another language.
    Lang(Lang),
    /// Write numbers otherwise.
    Notation(Notation),
    /// Wear other colours.
    Theme(Theme),
    /// Show another tab.
    Tab(Tab),
    /// Open a dialog, or close the one that is open.
    Dialog(Option<Dialog>),
    /// The diagram as a table, or as a figure.
    DiagramTable(bool),
    /// The ladder as a table, or as a figure.
    LadderTable(bool),
    /// Show the part of the run that begins with this page on the ladder, or the present.
    LadderPage(Option<usize>),
    /// Let single keys act, or not.
    Shortcuts(bool),
    /// A notice was read.
    Dismiss(usize),
    /// What became of copying or saving.
    Shared(Msg),
    /// Copy a text. The reducer leaves this to the page.
    Copy(AttrValue),
    /// Save the capture. The reducer leaves this to the page.
    Capture,
}
