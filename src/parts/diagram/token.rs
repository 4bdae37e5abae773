//! A host's token: a round one for the client, a square one for the server, standing on the state it is in.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::draw::diagram;
use crate::draw::geometry::translate;
use crate::lang::{HostId, Lang, by_host};
use crate::text::host_initial;
use tcp::State;

/// Draws a token. It glides when the state changes, unless the reader asked for less motion.
#[autoprops]
#[component]
pub(super) fn Token(host: &HostId, state: &Option<State>, lang: &Lang) -> Html {
    let (host, state, lang) = (*host, *state, *lang);
    let Some(state) = state else { return html! { <g /> } };
    let (x, y) = diagram::token(host, state);
    html! {
        <g class={classes!("token", by_host(host))} aria-hidden="true" transform={translate(x, y)}>
            if host == HostId::Client {
                <circle r="10.5" />
            } else {
                <rect x="-10" y="-10" width="20" height="20" rx="3" />
            }
            <text y="4.2">{ host_initial(host, lang) }</text>
        </g>
    }
}
