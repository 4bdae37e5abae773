//! How the page looks, apart from its language: theme, arrangement, controls.

use super::text::Msg;

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Black on white, with strong lines.
    Contrast,
}

impl Theme {
    /// All, in the order of the switch.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Dark, Self::Contrast];

    /// The name in addresses, in storage and on the root element.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// The theme of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The name on the page.
    #[must_use]
    pub const fn msg(self) -> Msg {
        match self {
            Self::Auto => Msg::ThemeAuto,
            Self::Light => Msg::ThemeLight,
            Self::Dark => Msg::ThemeDark,
            Self::Contrast => Msg::ThemeContrast,
        }
    }

    /// The one that the switch offers next.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Contrast,
            Self::Contrast => Self::Auto,
        }
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
