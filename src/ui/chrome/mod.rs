//! What surrounds the lab: header, notices, tabs, dialogs.

mod dialog;
mod header;
mod help;
mod notices;
mod settings;
mod share;
mod tabs;

pub use dialog::ModalDialog;
pub use header::{Header, HeaderProps};
pub use help::Help;
pub use notices::Notices;
pub use settings::{SettingsForm, SettingsView};
pub use share::Share;
pub use tabs::Tabs;
