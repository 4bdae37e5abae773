//! Where the page touches the browser: the clock, the keyboard, the address, the store, the root element.

mod address;
mod calm;
mod focus;
mod kept_run;
mod keyboard;
mod media;
mod playback;
mod root;
mod save;
mod store;
mod top;

pub use address::{read_address, use_links, write_experiment, write_query};
pub use calm::use_calm;
pub use focus::{focus, focus_on, next_in_row};
pub use kept_run::{forget_run, kept_run, may_open, use_kept_run};
pub use keyboard::{act_of_key, takes_keys, use_keys_of_nobody};
pub use media::{prefers_less_motion, use_media};
pub use playback::use_playback;
pub use root::use_root;
pub use save::{copy, save};
pub use store::Store;
pub use top::use_first_line;

/// There is a browser. Native tests render the same components without one.
pub const IN_BROWSER: bool = cfg!(target_arch = "wasm32");
