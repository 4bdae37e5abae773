//! A host's token: a round one for the client, a square one for the server, standing on the state it is in.

use crate::draw::diagram as layout;
use crate::el::{El, el};
use crate::geometry::translate;
use crate::lang::{HostId, by_host};
use tcp::State;

/// Draws a token. It glides when the state changes, unless the reader asked for less motion.
pub fn token(host: HostId, state: Option<State>, initial: &'static str) -> El {
    let Some(state) = state else { return el("g").key(host.name()) };
    let (x, y) = layout::token(host, state);
    let shape = match host {
        HostId::Client => el("circle r=10.5"),
        HostId::Server => el("rect x=-10 y=-10 width=20 height=20 rx=3"),
    };
    el("g.token aria-hidden=true")
        .class(by_host(host))
        .key(host.name())
        .attr("transform", translate(x, y))
        .child(shape)
        .child(el("text y=4.2").child(initial))
}
