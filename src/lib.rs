//! TCP State Lab: two hosts run a real TCP stack over a link that a learner controls.
//!
//! # The layers
//!
//! Each layer knows those before it and none after it; `tests/tidy.rs` sees to that.
//!
//! | layer | what it is |
//! |---|---|
//! | [`time`], [`rng`], [`small_map`], [`few`] | virtual microseconds, seeded numbers: nothing below the page reads a clock |
//! | [`tcp`] | one end of one connection as a pure function: `step(tcb, event) -> record` |
//! | [`wire`] | IPv4 and TCP as bytes, with checksums |
//! | [`host`] | an operating system in miniature: sockets, ports, backlog, errno, programs |
//! | [`net`] | the link, the event queue, the world: two hosts, a link and a clock |
//! | [`lab`] | sessions: actions in, snapshots out; journal, time travel, branches, links |
//! | [`course`], [`export`] | the teaching in two languages; captures for other tools |
//! | [`embed`] | the boundary to JavaScript and the parameters of the page's address |
//! | [`ui`] | the page: Yew, and nothing else knows it |
//!
//! # What always holds
//!
//! - **One record.** Every event of a connection gives one [`tcp::Transition`]: cause, checks with what they compared,
//!   rules, effects, before and after. Diagram, ladder, explanations, exports and tests read it; nothing is run again
//!   to explain it.
//! - **One journal.** A session is a scenario and the actions taken. Every view of it, at every time, in every browser,
//!   is a replay of that journal: same journal, same bytes.
//! - **Standards and counterfactuals are apart.** [`tcp::Config`] holds what a standard lets one choose,
//!   [`tcp::WhatIf`] the rules broken on purpose. By default no what-if code runs.
//!
//! # Where to begin
//!
//! Read [`tcp::transition`] (the record), [`tcp::rule`] (its vocabulary), `tcp/step.rs` and `tcp/arrives/` (RFC 9293
//! §3.10.7, one file a heading), then [`net::World`], then [`lab::Session`].

pub mod course;
pub mod embed;
pub mod export;
pub mod few;
pub mod host;
pub mod lab;
pub mod net;
pub mod rng;
pub mod small_map;
pub mod tcp;
pub mod time;
pub mod ui;
pub mod wire;
