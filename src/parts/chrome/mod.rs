//! What surrounds the lab: header, notices, tabs, dialogs.

pub mod dialog;
pub mod dialog_button;
pub mod header;
pub mod help;
pub mod link_rules;
pub mod notices;
pub mod number_setting;
pub mod place;
pub mod said;
pub mod settings;
mod settings_table;
pub mod share;
pub mod stack_settings;
pub mod switch_setting;
pub mod tabs;
pub mod theme_switch;
