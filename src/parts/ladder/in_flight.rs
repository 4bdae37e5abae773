//! The segments in flight as real buttons: the way to take hold of one without hitting a line.

use yew::prelude::*;

use super::view::{FateView, PacketView};
use crate::act::Act;
use crate::el::{El, el};
use crate::lang::{HostId, Lang, by_host};
use crate::pick::Pick;
use crate::text::{Msg, arrives_in};
use lab::action::Action;
use tcp::time::Instant;

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
    /// Where requests go.
    pub act: Callback<Act>,
}

/// Lists the segments in flight.
pub fn in_flight(props: &InFlightProps) -> El {
    let title = if props.packets.is_empty() { Msg::NothingInFlight } else { Msg::InFlight };
    let items = props.packets.iter().map(|packet| item(packet, props));
    el("div.in-flight")
        .child(el("h3 id=in-flight").say(title, props.lang))
        .child(el("ul aria-labelledby=in-flight").children(items))
}

fn item(packet: &PacketView, props: &InFlightProps) -> El {
    let (lang, id) = (props.lang, packet.id);
    let is_chosen = props.pick == Pick::Packet(id);
    let next = if is_chosen { Pick::Latest } else { Pick::Packet(id) };
    let arrow = match packet.from {
        HostId::Client => "→",
        HostId::Server => "←",
    };
    let when = match (&packet.fate, packet.due_at) {
        (FateView::Held, _) | (_, None) => Msg::Held.in_lang(lang).to_owned(),
        (_, Some(at)) => arrives_in(at, props.now, lang),
    };
    let name = format!("{} {}", packet.flags, packet.numbers);
    let drop = el("button.drop type=button")
        .attr("aria-label", format!("{} {name}", Msg::Drop.in_lang(lang)))
        .asks(&props.act, Act::Do(Action::Drop { segment: id }))
        .child(el("span aria-hidden=true").child("✕ "))
        .say(Msg::Drop, lang);
    let choose = el("button.flying type=button")
        .class(by_host(packet.from))
        .attr("aria-pressed", if is_chosen { "true" } else { "false" })
        .attr("data-segment", u64::from(id))
        .asks(&props.act, Act::Pick(next))
        .child(el("span aria-hidden=true").child(arrow))
        .child(el("span.code").child(name))
        .child(el("span.tags").child(&packet.tags))
        .child(el("span.when").child(when));
    el("li").nth(id as usize).child(choose).child(drop)
}
