//! A host's token: a round one for the client, a square one for the server, standing on the state it is in.

use yew::prelude::*;

use super::layout;
use crate::tcp::State;
use crate::ui::geometry::Num;
use crate::ui::lang::HostId;

/// Draws a token. It glides when the state changes, unless the reader asked for less motion.
pub fn token(host: HostId, state: Option<State>, initial: &str) -> Html {
    let Some(state) = state else { return html! { <g /> } };
    let (x, y) = layout::centre(state);
    let side = match host {
        HostId::Client => -1.0,
        HostId::Server => 1.0,
    };
    let (x, y) = (x + side * (layout::BOX_WIDTH / 2.0 + 1.0), y - layout::BOX_HEIGHT / 2.0 - 2.0);
    let (class, shape) = match host {
        HostId::Client => ("token by-client", html! { <circle r="10.5" /> }),
        HostId::Server => {
            ("token by-server", html! { <rect x="-10" y="-10" width="20" height="20" rx="3" /> })
        }
    };
    html! {
        <g key={host.name()} {class} transform={format!("translate({} {})", Num(x), Num(y))} aria-hidden="true">
            { shape }
            <text y="4.2">{ initial }</text>
        </g>
    }
}
