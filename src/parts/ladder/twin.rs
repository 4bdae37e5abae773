//! The ladder in words: one row a segment.

use yew::prelude::*;

use super::view::{FateView, LadderView, PacketView};
use crate::act::Act;
use crate::el::{El, el};
use crate::lang::Lang;
use crate::pick::Pick;
use crate::text::{Msg, host_name};

/// The table twin of the ladder.
pub fn table(view: &LadderView, lang: Lang, act: &Callback<Act>) -> El {
    let columns = [Msg::SentAt, Msg::From, Msg::Segment, Msg::Fate];
    let columns = columns.into_iter().map(|msg| el("th scope=col").say(msg, lang));
    let row = |packet: &PacketView| {
        let id = packet.id;
        let choose = el("button.link.code type=button").asks(act, Act::Pick(Pick::Packet(id)));
        let segment = choose.child(format!("{} {}", packet.flags, packet.numbers));
        el("tr")
            .nth(id as usize)
            .child(el("td").child(packet.sent_at.to_string()))
            .child(el("td").child(host_name(packet.from, lang)))
            .child(el("td").child(segment).child(" ").child(&packet.tags))
            .child(el("td").child(fate(packet, lang)))
    };
    el("table.twin")
        .child(el("caption").say(Msg::SegmentTable, lang))
        .child(el("thead").child(el("tr").children(columns)))
        .child(el("tbody").children(view.packets.iter().map(row)))
}

fn fate(packet: &PacketView, lang: Lang) -> String {
    match (&packet.fate, packet.due_at) {
        (FateView::Flying, _) => Msg::OnItsWay.in_lang(lang).to_owned(),
        (FateView::Held, _) => Msg::Held.in_lang(lang).to_owned(),
        (FateView::Arrived, Some(at)) => format!("{} {at}", Msg::ArrivedAt.in_lang(lang)),
        (FateView::Arrived, None) => Msg::ArrivedAt.in_lang(lang).to_owned(),
        (FateView::Dropped(_, words) | FateView::Unread(words), _) => words.to_string(),
    }
}
