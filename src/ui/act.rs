//! Everything that can be asked of the page: the one kind of message its reducer takes.

use yew::{AttrValue, Callback};

use super::lang::{Lang, Notation};
use super::look::{Dialog, Tab, Theme};
use super::pick::Pick;
use crate::lab::{Action, Session};
use crate::time::Duration;

/// A request to the page.
#[derive(Clone, Debug)]
pub enum Act {
    /// Something in the lab: a call, a verdict, a move in time.
    Do(Action),
    /// So much real time has passed while playing.
    Advance(Duration),
    /// Show this session: a link was opened, or JavaScript has one.
    Session(Session),
    /// Look at something.
    Pick(Pick),
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
    /// What became of copying.
    Copied(Option<bool>),
    /// Copy a text. The reducer leaves this to the page.
    Copy(AttrValue),
    /// Save the capture. The reducer leaves this to the page.
    Capture,
}

/// The callbacks of all parts, made once: a callback made anew at each rendering would make every part render again.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is the request of the same name")]
pub struct Wires {
    pub action: Callback<Action>,
    pub pick: Callback<Pick>,
    pub play: Callback<bool>,
    pub speed: Callback<u32>,
    pub experiment: Callback<AttrValue>,
    pub restart: Callback<()>,
    pub answer: Callback<AttrValue>,
    pub skip_question: Callback<()>,
    pub close_question: Callback<()>,
    pub lang: Callback<Lang>,
    pub notation: Callback<Notation>,
    pub theme: Callback<Theme>,
    pub tab: Callback<Tab>,
    pub dialog: Callback<Dialog>,
    pub close_dialog: Callback<()>,
    pub inside: Callback<u32>,
    pub diagram_table: Callback<bool>,
    pub ladder_table: Callback<bool>,
    pub ladder_page: Callback<Option<usize>>,
    pub shortcuts: Callback<bool>,
    pub dismiss: Callback<usize>,
    pub copy: Callback<AttrValue>,
    pub capture: Callback<()>,
}

impl Wires {
    /// Ties every part to `act`.
    #[must_use]
    pub fn new(act: &Callback<Act>) -> Self {
        Self {
            action: act.reform(Act::Do),
            pick: act.reform(Act::Pick),
            play: act.reform(Act::Play),
            speed: act.reform(Act::Speed),
            experiment: act.reform(Act::Experiment),
            restart: act.reform(|()| Act::Restart),
            answer: act.reform(Act::Answer),
            skip_question: act.reform(|()| Act::SkipQuestion),
            close_question: act.reform(|()| Act::CloseQuestion),
            lang: act.reform(Act::Lang),
            notation: act.reform(Act::Notation),
            theme: act.reform(Act::Theme),
            tab: act.reform(Act::Tab),
            dialog: act.reform(|dialog| Act::Dialog(Some(dialog))),
            close_dialog: act.reform(|()| Act::Dialog(None)),
            inside: act.reform(|packet| Act::Dialog(Some(Dialog::Inside(packet)))),
            diagram_table: act.reform(Act::DiagramTable),
            ladder_table: act.reform(Act::LadderTable),
            ladder_page: act.reform(Act::LadderPage),
            shortcuts: act.reform(Act::Shortcuts),
            dismiss: act.reform(Act::Dismiss),
            copy: act.reform(Act::Copy),
            capture: act.reform(|()| Act::Capture),
        }
    }
}
