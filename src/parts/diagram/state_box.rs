//! One state of the diagram: a box with its name and, in Chinese, its gloss.

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::draw::diagram::{BOX_HEIGHT, BOX_WIDTH, centre};
use crate::draw::geometry::{num, translate};
use crate::lang::{HostId, Lang};
use crate::pick::Pick;
use crate::text::{Msg, is_here};
use course::text;
use tcp::State;

#[autoprops]
#[component]
pub(super) fn StateBox(
    state: &State,
    lang: &Lang,
    /// Which hosts are in it.
    hosts: &[bool; 2],
    /// It is being looked at.
    is_selected: bool,
    /// It holds the diagram's one tab stop.
    is_tab_stop: bool,
    /// Where the element is found, to move the focus to it.
    node: &NodeRef,
    act: &Callback<Act>,
) -> Html {
    let (state, lang, hosts) = (*state, *lang, *hosts);
    let (x, y) = centre(state);
    let gloss = text::state(state, lang).name.as_str();
    let (gloss, name_y) = if lang.has_glosses() { (gloss, "16") } else { ("", "22.5") };
    let class = classes!(
        "state",
        hosts[HostId::Client.index()].then_some("has-client"),
        hosts[HostId::Server.index()].then_some("has-server"),
        is_selected.then_some("is-selected"),
    );
    let mut label = state.name().to_owned();
    if !gloss.is_empty() {
        label = Msg::StateAloud.with(&[("state", &state), ("gloss", &gloss)], lang);
    }
    for host in HostId::ALL.into_iter().filter(|host| hosts[host.index()]) {
        label += &is_here(host, lang);
    }
    html! {
        <g
            {class}
            role="graphics-object"
            ref={node}
            transform={translate(x - BOX_WIDTH / 2.0, y - BOX_HEIGHT / 2.0)}
            aria-label={label}
            tabindex={if is_tab_stop { "0" } else { "-1" }}
            data-state={state.name()}
            onclick={act.reform(move |_| Act::Pick(Pick::State(state)))}
        >
            <rect class="state-ring" x="-4" y="-4" width="116" height="44" rx="10" />
            <rect class="state-box" rx="7" width={num(BOX_WIDTH)} height={num(BOX_HEIGHT)} />
            <text class="state-name" x="54" y={name_y}>{ state.name() }</text>
            <text class="state-gloss" x="54" y="30">{ gloss }</text>
        </g>
    }
}
