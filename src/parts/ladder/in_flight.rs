//! The segments in flight as real buttons: the way to take hold of one without hitting a line.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::{HostId, Lang, by_host};
use crate::pick::Pick;
use crate::present::segment_words::{name, tags};
use crate::present::stretch::Stretch;
use crate::text::{Msg, arrives_in};
use lab::action::Action;
use lab::net::Verdict;
use lab::trace::PacketTrace;
use tcp::time::Instant;

#[autoprops]
#[component]
pub fn InFlight(
    /// The newest part of the run.
    newest: &Rc<Stretch>,
    now: &Instant,
    lang: &Lang,
    /// What is being looked at.
    pick: &Pick,
    act: &Callback<Act>,
) -> Html {
    let packets = newest.in_flight();
    let title = if packets.is_empty() { Msg::NothingInFlight } else { Msg::InFlight };
    let drop = Msg::Drop.in_lang(*lang);
    let item = |(packet, numbers): (&PacketTrace, &AttrValue)| {
        let (id, name) = (packet.id.0, name(packet, numbers));
        let is_chosen = *pick == Pick::Packet(id);
        let next = if is_chosen { Pick::Latest } else { Pick::Packet(id) };
        let held = || Msg::Held.in_lang(*lang).to_owned();
        html! {
            <li key={id}>
                <button
                    type="button"
                    class={classes!("flying", by_host(packet.from))}
                    aria-pressed={is_chosen.to_string()}
                    data-segment={id.to_string()}
                    onclick={act.reform(move |_| Act::Pick(next))}
                >
                    <span aria-hidden="true">{ if packet.from == HostId::Client { "→" } else { "←" } }</span>
                    <span class="code">{ &name }</span>
                    <span class="tags">{ tags(packet, *lang) }</span>
                    <span class="when">
                        { packet.due_at().map_or_else(held, |at| arrives_in(at, *now, *lang)) }
                    </span>
                </button>
                <button
                    type="button"
                    class="drop"
                    aria-label={format!("{drop} {name}")}
                    onclick={act.reform(move |_| Act::Do(Action::Verdict { segment: id, verdict: Verdict::Drop }))}
                >
                    <span aria-hidden="true">{ "✕ " }</span>
                    { drop }
                </button>
            </li>
        }
    };
    html! {
        <div class="in-flight">
            <h3 id="in-flight">{ title.text(*lang) }</h3>
            <ul aria-labelledby="in-flight">{ for packets.into_iter().map(item) }</ul>
        </div>
    }
}
