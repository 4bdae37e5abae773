//! What surrounds the lab: header, notices, tabs, dialogs.

pub mod dialog;
pub mod header;
pub mod help;
pub mod link_rules;
pub mod notices;
pub mod said;
pub mod settings;
pub mod share;
pub mod tabs;

pub use dialog::ModalDialog;
pub use help::help;
pub use notices::notices;
pub use said::said;
pub use settings::SettingsView;
