//! A host's token: a round one for the client, a square one for the server, standing on the state it is in.

use yew::prelude::*;

use super::layout;
use crate::tcp::State;
use crate::ui::geometry::Num;
use crate::ui::lang::HostId;

/// What a token is drawn from.
#[derive(Properties, PartialEq)]
pub struct TokenProps {
    /// Whose.
    pub host: HostId,
    /// Where it stands; a host that is down has none.
    pub state: Option<State>,
    /// One character: the host's initial.
    pub initial: AttrValue,
}

/// Draws a token. It glides when the state changes, unless the reader asked for less motion.
#[component]
pub fn Token(props: &TokenProps) -> Html {
    let Some(state) = props.state else { return html! { <g /> } };
    let (x, y) = layout::centre(state);
    let side = match props.host {
        HostId::Client => -1.0,
        HostId::Server => 1.0,
    };
    let (x, y) = (x + side * (layout::BOX_WIDTH / 2.0 + 1.0), y - layout::BOX_HEIGHT / 2.0 - 2.0);
    let (class, shape) = match props.host {
        HostId::Client => ("token by-client", html! { <circle r="10.5" /> }),
        HostId::Server => {
            ("token by-server", html! { <rect x="-10" y="-10" width="20" height="20" rx="3" /> })
        }
    };
    html! {
        <g {class} transform={format!("translate({} {})", Num(x), Num(y))} aria-hidden="true">
            { shape }
            <text y="4.2">{ props.initial.clone() }</text>
        </g>
    }
}
