//! How the page looks, apart from its language: theme, arrangement, controls.

use crate::text::Msg;

pub use crate::api::params::{Controls, Theme, View};

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
