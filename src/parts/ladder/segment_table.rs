//! The ladder in words: one row a segment.

use std::rc::Rc;

use yew::prelude::*;
use yew_autoprops::autoprops;

use crate::act::Act;
use crate::lang::Lang;
use crate::pick::Pick;
use crate::present::segment_words::{bad_end, name, tags};
use crate::present::stretch::Stretch;
use crate::text::{Msg, host_name};
use lab::trace::{Fate, PacketTrace};

#[autoprops]
#[component]
pub fn SegmentTable(
    /// The part of the run.
    stretch: &Rc<Stretch>,
    lang: &Lang,
    act: &Callback<Act>,
) -> Html {
    let row = |(packet, numbers): (&PacketTrace, &AttrValue)| {
        let id = packet.id.0;
        let choose = act.reform(move |_| Act::Pick(Pick::Packet(id)));
        html! {
            <tr key={id}>
                <td>{ packet.sent_at.to_string() }</td>
                <td>{ host_name(packet.from, *lang) }</td>
                <td>
                    <button type="button" class="link code" onclick={choose}>{ name(packet, numbers) }</button>
                    { " " }
                    { tags(packet, *lang) }
                </td>
                <td>{ fate(packet.fate, *lang) }</td>
            </tr>
        }
    };
    html! {
        <table class="twin">
            <caption>{ Msg::SegmentTable.text(*lang) }</caption>
            <thead>
                <tr>
                    for column in [Msg::SentAt, Msg::From, Msg::Segment, Msg::Fate] {
                        <th scope="col">{ column.text(*lang) }</th>
                    }
                </tr>
            </thead>
            <tbody>{ for stretch.trace.packets.iter().zip(&stretch.numbers).map(row) }</tbody>
        </table>
    }
}

fn fate(fate: Fate, lang: Lang) -> String {
    match fate {
        Fate::Flying { .. } => Msg::OnItsWay.in_lang(lang).to_owned(),
        Fate::Held => Msg::Held.in_lang(lang).to_owned(),
        Fate::Arrived(at) => format!("{} {at}", Msg::ArrivedAt.in_lang(lang)),
        Fate::Dropped { .. } | Fate::Discarded { .. } | Fate::Unheard { .. } => {
            bad_end(fate, lang).unwrap_or_default().to_owned()
        }
    }
}
