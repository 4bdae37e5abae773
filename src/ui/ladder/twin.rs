//! The ladder in words: one row a segment.

use yew::prelude::*;

use super::view::{FateView, LadderView, PacketView};
use crate::ui::lang::Lang;
use crate::ui::pick::Pick;
use crate::ui::text::{Msg, host_name};

/// The table twin of the ladder.
pub fn table(view: &LadderView, lang: Lang, on_pick: &Callback<Pick>) -> Html {
    html! {
        <table class="twin">
            <caption>{ Msg::SegmentTable.text(lang) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ Msg::SentAt.text(lang) }</th>
                    <th scope="col">{ Msg::From.text(lang) }</th>
                    <th scope="col">{ Msg::Segment.text(lang) }</th>
                    <th scope="col">{ Msg::Fate.text(lang) }</th>
                </tr>
            </thead>
            <tbody>
                for packet in view.packets.iter() {
                    <tr key={packet.id}>
                        <td>{ packet.sent_at.to_string() }</td>
                        <td>{ host_name(packet.from, lang) }</td>
                        <td>
                            <button type="button" class="link code" onclick={{ let id = packet.id; on_pick.reform(move |_: MouseEvent| Pick::Packet(id)) }}>
                                { format!("{} {}", packet.flags, packet.numbers) }
                            </button>
                            { " " }
                            { packet.tags.clone() }
                        </td>
                        <td>{ fate(packet, lang) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
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
