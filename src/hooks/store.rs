//! The browser's store, which may be missing or forbidden: then nothing is kept, and nothing breaks.

use web_sys::Storage;

use super::IN_BROWSER;

/// What the page keeps between visits, each under a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// The language.
    Lang,
    /// The colours.
    Theme,
    /// How numbers are written.
    Notation,
    /// Whether single keys act.
    Shortcuts,
}

impl Store {
    const fn key(self) -> &'static str {
        match self {
            Self::Lang => "tcp-lab.lang",
            Self::Theme => "tcp-lab.theme",
            Self::Notation => "tcp-lab.notation",
            Self::Shortcuts => "tcp-lab.shortcuts",
        }
    }

    /// What was kept.
    #[must_use]
    pub fn read(self) -> Option<String> {
        local_storage()?.get_item(self.key()).ok()?
    }

    /// Keeps `value`, if there is where.
    pub fn write(self, value: &str) {
        if let Some(storage) = local_storage() {
            // Full or forbidden: the page works on without.
            let _ = storage.set_item(self.key(), value);
        }
    }
}

/// What outlives the visit. In a sandboxed frame the mere question throws.
fn local_storage() -> Option<Storage> {
    if !IN_BROWSER {
        return None;
    }
    web_sys::window()?.local_storage().ok()?
}

/// What lasts as long as the tab.
pub(super) fn session_storage() -> Option<Storage> {
    if !IN_BROWSER {
        return None;
    }
    web_sys::window()?.session_storage().ok()?
}
