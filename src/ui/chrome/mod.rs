//! What surrounds the lab: header, notices, tabs, dialogs.

pub mod dialog;
pub mod header;
pub mod help;
pub mod notices;
pub mod settings;
pub mod share;
pub mod tabs;

pub use dialog::ModalDialog;
pub use header::Header;
pub use help::Help;
pub use notices::Notices;
pub use settings::{SettingsForm, SettingsView};
pub use share::Share;
pub use tabs::Tabs;
