//! A host: where it stands, what its program can call, what its stack remembers.

pub mod call_button;
pub mod call_buttons;
pub mod host_panel;
pub mod host_state;
pub mod last_call;
pub mod machine;
pub mod socket_table;
pub mod tcb_table;
pub mod timer_list;
