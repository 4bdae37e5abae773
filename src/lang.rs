//! The language of the page, the two hosts and the ways to write numbers: the names the components share.

pub use course::{Lang, Notation};
pub use lab::host::HostId;

/// The other language, which the switch offers.
#[must_use]
pub const fn other(lang: Lang) -> Lang {
    match lang {
        Lang::ZhHans => Lang::En,
        Lang::En => Lang::ZhHans,
    }
}

/// The class of what belongs to a host.
#[must_use]
pub const fn by_host(host: HostId) -> &'static str {
    match host {
        HostId::Client => "by-client",
        HostId::Server => "by-server",
    }
}
