//! The segments in flight as real buttons: the way to take hold of one without hitting a line.

use yew::prelude::*;

use super::view::{FateView, PacketView};
use crate::lab::action::Action;
use crate::time::Instant;
use crate::ui::lang::{HostId, Lang};
use crate::ui::pick::Pick;
use crate::ui::text::{Msg, arrives_in};

/// What the list is made of.
pub struct InFlightProps {
    /// The segments on their way, next to arrive first.
    pub packets: Vec<PacketView>,
    /// The present.
    pub now: Instant,
    /// The language.
    pub lang: Lang,
    /// What is being looked at.
    pub pick: Pick,
    /// One was chosen.
    pub on_pick: Callback<Pick>,
    /// Something is to be done to one.
    pub on_action: Callback<Action>,
}

/// Lists the segments in flight.
pub fn in_flight(props: &InFlightProps) -> Html {
    let lang = props.lang;
    let title = if props.packets.is_empty() { Msg::NothingInFlight } else { Msg::InFlight };
    html! {
        <div class="in-flight">
            <h3 id="in-flight">{ title.text(lang) }</h3>
            <ul aria-labelledby="in-flight">
                for packet in props.packets.iter() {
                    <li key={packet.id}>{ item(packet, props) }</li>
                }
            </ul>
        </div>
    }
}

fn item(packet: &PacketView, props: &InFlightProps) -> Html {
    let (lang, id) = (props.lang, packet.id);
    let is_chosen = props.pick == Pick::Packet(id);
    let on_choose = {
        let next = if is_chosen { Pick::Latest } else { Pick::Packet(id) };
        props.on_pick.reform(move |_: MouseEvent| next)
    };
    let on_drop = props.on_action.reform(move |_: MouseEvent| Action::Drop { segment: id });
    let (class, arrow) = match packet.from {
        HostId::Client => ("by-client", "→"),
        HostId::Server => ("by-server", "←"),
    };
    let when = match (&packet.fate, packet.due_at) {
        (FateView::Held, _) | (_, None) => Msg::Held.in_lang(lang).to_owned(),
        (_, Some(at)) => arrives_in(at, props.now, lang),
    };
    html! {
        <>
            <button
                type="button"
                class={classes!("flying", class)}
                aria-pressed={is_chosen.to_string()}
                data-segment={id.to_string()}
                onclick={on_choose}
            >
                <span aria-hidden="true">{ arrow }</span>
                <span class="code">{ format!("{} {}", packet.flags, packet.numbers) }</span>
                <span class="tags">{ packet.tags.clone() }</span>
                <span class="when">{ when }</span>
            </button>
            <button type="button" class="drop" aria-label={format!("{} {} {}", Msg::Drop.in_lang(lang), packet.flags, packet.numbers)} onclick={on_drop}>
                <span aria-hidden="true">{ "✕ " }</span>{ Msg::Drop.text(lang) }
            </button>
        </>
    }
}
