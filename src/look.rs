//! How the learner looks at the page: language, colours, arrangement, what is chosen.

use std::rc::Rc;

use yew::AttrValue;

use crate::lang::{Lang, Notation};
use crate::pick::Pick;
use crate::text::Msg;

pub use crate::api::params::{Controls, Theme, View};

/// How the learner looks at the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// The language.
    pub lang: Lang,
    /// How numbers are written.
    pub notation: Notation,
    /// The colours.
    pub theme: Theme,
    /// The tab shown, where there are tabs.
    pub tab: Tab,
    /// What is being looked at.
    pub pick: Pick,
    /// It plays.
    pub playing: bool,
    /// How fast, in thousandths of real time.
    pub speed: u32,
    /// The diagram as a table.
    pub diagram_table: bool,
    /// The ladder as a table.
    pub ladder_table: bool,
    /// Which drawings are shown.
    pub view: View,
    /// How much can be operated.
    pub controls: Controls,
    /// The notices.
    pub notices: Rc<Vec<AttrValue>>,
}

/// The name of a theme on the page.
#[must_use]
pub const fn theme_msg(theme: Theme) -> Msg {
    match theme {
        Theme::Auto => Msg::ThemeAuto,
        Theme::Light => Msg::ThemeLight,
        Theme::Dark => Msg::ThemeDark,
        Theme::Contrast => Msg::ThemeContrast,
    }
}

/// The theme that the switch offers next.
#[must_use]
pub const fn next_theme(theme: Theme) -> Theme {
    match theme {
        Theme::Auto => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Contrast,
        Theme::Contrast => Theme::Auto,
    }
}

/// The parts of the page that are tabs where there is no room for all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The state diagram.
    Diagram,
    /// The ladder.
    #[default]
    Ladder,
    /// Both hosts.
    Hosts,
    /// The explanation.
    Explain,
}

impl Tab {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Ladder, Self::Diagram, Self::Hosts, Self::Explain];

    /// The name in ids and classes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Diagram => "diagram",
            Self::Ladder => "ladder",
            Self::Hosts => "hosts",
            Self::Explain => "explain",
        }
    }

    /// The name on the page.
    #[must_use]
    pub const fn msg(self) -> Msg {
        match self {
            Self::Diagram => Msg::StateDiagram,
            Self::Ladder => Msg::Ladder,
            Self::Hosts => Msg::Hosts,
            Self::Explain => Msg::Explanation,
        }
    }
}

/// The dialog that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Knobs and broken rules.
    Settings,
    /// Links, captures, snippets.
    Share,
    /// What to do, and the keys.
    Help,
    /// The inside of a segment.
    Inside(u32),
}
