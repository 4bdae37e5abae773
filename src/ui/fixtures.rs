//! Made-up moments for the component tests: what a run would look like, without running one.

use yew::AttrValue;

use super::ladder::view::{BandView, FateView, LadderView, Marks, PacketView, TimerView};
use super::lang::{HostId, Lang};
use crate::tcp::{State, TimerKind};
use crate::time::Instant;

use HostId::{Client, Server};

const fn ms(millis: u64) -> Instant {
    Instant::from_millis(millis)
}

fn packet(id: u32, from: HostId, sent: u64, due: u64, flags: &'static str, numbers: &'static str) -> PacketView {
    PacketView {
        id,
        from,
        sent_at: ms(sent),
        due_at: Some(ms(due)),
        undelayed_at: None,
        fate: FateView::Arrived,
        flags: AttrValue::Static(flags),
        numbers: AttrValue::Static(numbers),
        copy_of: None,
        marks: Marks::default(),
        tags: AttrValue::Static(""),
    }
}

/// A lost SYN,ACK, its retransmission, and then all the other fates.
pub(super) fn ladder(lang: Lang) -> LadderView {
    let by_you = match lang {
        Lang::ZhHans => "被你丢弃",
        Lang::En => "dropped by you",
    };
    let again = Marks { retransmission: true, ..Marks::default() };
    let mut packets = vec![
        packet(1, Client, 0, 100, "SYN", "seq=x"),
        PacketView {
            fate: FateView::Dropped(ms(150), AttrValue::Static(by_you)),
            ..packet(2, Server, 100, 200, "SYN,ACK", "seq=y ack=x+1")
        },
        PacketView { marks: again, ..packet(3, Client, 1_000, 1_100, "SYN", "seq=x") },
        packet(4, Server, 1_100, 1_200, "SYN,ACK", "seq=y ack=x+1"),
        packet(5, Client, 1_200, 1_300, "ACK", "seq=x+1 ack=y+1"),
        packet(6, Client, 1_200, 1_300, "PSH,ACK", "seq=x+1 ack=y+1 5 B"),
    ];
    packets[4].fate = FateView::Flying;
    packets[5].fate = FateView::Flying;
    for packet in &mut packets {
        packet.tags = packet.marks.words(packet.copy_of.is_some(), lang);
    }
    let band = |host, from, to: Option<u64>, state| BandView { host, from: ms(from), to: to.map(ms), state };
    let bands = vec![
        band(Client, 0, Some(1_200), State::SynSent),
        band(Client, 1_200, None, State::Established),
        band(Server, 0, Some(100), State::Listen),
        band(Server, 100, None, State::SynReceived),
    ];
    let timer = |host, armed, at, ended: Option<(u64, bool)>| TimerView {
        host,
        kind: TimerKind::Retransmission,
        armed_at: ms(armed),
        at: ms(at),
        ended: ended.map(|(at, fired)| (ms(at), fired)),
    };
    let timers = vec![
        timer(Client, 0, 1_000, Some((1_000, true))),
        timer(Client, 1_000, 3_000, Some((1_200, false))),
        timer(Server, 100, 1_100, Some((1_100, false))),
        timer(Server, 1_100, 2_100, None),
        timer(Client, 1_200, 2_200, None),
    ];
    LadderView { packets, bands, timers, events: vec![] }
}
