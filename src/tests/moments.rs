//! Moments made by hand for the component tests.

use yew::AttrValue;

use std::rc::Rc;

use crate::lang::{HostId, Lang, Notation};
use crate::pages::lab::PageView;
use crate::parts::diagram::Taken;
use crate::parts::explain::{AskedQuestion, Subject};
use crate::parts::host::view::{CallView, HostView, LastCall, SocketRow, TcbRow, TimerRow};
use crate::parts::ladder::view::{BandView, FateView, LadderView, Marks, PacketView, Part, TimerView};
use crate::parts::transport::TimelineView;
use crate::present::{self, Memory, Scene, Voice};
use crate::rich::marked;
use crate::text::Msg;
use course::{CheckLine, Explanation, NoteRef, Span, experiments};
use lab::Session;
use lab::action::Action;
use tcp::edge::Edge;
use tcp::time::Instant;
use tcp::{State, Test, TimerKind};

use HostId::{Client, Server};

const fn ms(millis: u64) -> Instant {
    Instant::from_millis(millis)
}

fn packet(
    id: u32,
    from: HostId,
    sent: u64,
    due: u64,
    flags: &'static str,
    numbers: &'static str,
) -> PacketView {
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
pub(crate) fn ladder(lang: Lang) -> LadderView {
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
    let is_live = |packet: &&PacketView| matches!(packet.fate, FateView::Flying | FateView::Held);
    let flying = packets.iter().filter(is_live).cloned().collect();
    LadderView { part: Part::default(), packets, flying, bands, timers, events: vec![] }
}

fn host(id: HostId, lang: Lang) -> HostView {
    let call = |label: &'static str, action: Action, blocked: Option<&'static str>| CallView {
        label: AttrValue::Static(label),
        action,
        blocked: blocked.map(AttrValue::Static),
        returns: None,
    };
    let why = match lang {
        Lang::ZhHans => "已有连接：再次 connect() 会返回 EISCONN",
        Lang::En => "There is a connection: connect() again returns EISCONN",
    };
    let socket = None;
    let row = |name: &'static str, value: &'static str, was: Option<&'static str>| TcbRow {
        name: AttrValue::Static(name),
        value: AttrValue::Static(value),
        was: was.map(AttrValue::Static),
    };
    let open = if id == Client { "connect()" } else { "accept()" };
    HostView {
        id,
        addr: AttrValue::from(format!("{}:{}", id.addr(), if id == Client { 40_001 } else { 80 })),
        is_up: true,
        program: lab::host::Program::None,
        state: Some(if id == Client { State::Established } else { State::SynReceived }),
        calls: vec![
            call(open, Action::Connect { host: id, socket, to: None }, Some(why)),
            call("send()", Action::Send { host: id, socket, text: None, bytes: None }, None),
            call("recv()", Action::Recv { host: id, socket, max: None }, Some(why)),
            call(
                "shutdown(SHUT_WR)",
                Action::Shutdown { host: id, socket, how: lab::host::How::Write },
                None,
            ),
            call("close()", Action::Close { host: id, socket }, None),
        ],
        more_calls: vec![call("SO_LINGER 0, close()", Action::Abort { host: id, socket }, None)],
        last: Some(LastCall {
            call: "connect(3, 198.51.100.7:80)".into(),
            result: "EINPROGRESS".into(),
            message: "Operation now in progress".into(),
            failed: true,
        }),
        data: vec![
            (Msg::Sent.text(lang), "5".into()),
            (Msg::Unacked.text(lang), "5".into()),
            (Msg::Received.text(lang), "0".into()),
            (Msg::Unread.text(lang), "0".into()),
        ],
        sockets: vec![
            SocketRow {
                id: 3,
                state: "LISTEN".into(),
                recv_q: 0,
                send_q: 8,
                local: "*:80".into(),
                peer: "*:*".into(),
                is_shown: false,
            },
            SocketRow {
                id: 4,
                state: "SYN-RECV".into(),
                recv_q: 0,
                send_q: 0,
                local: "198.51.100.7:80".into(),
                peer: "192.0.2.1:40001".into(),
                is_shown: true,
            },
        ],
        tcb: vec![
            row("ISS", "x", None),
            row("SND.UNA", "x+1", Some("x")),
            row("SND.NXT", "x+6", Some("x+1")),
            row("SND.WND", "65535", Some("0")),
            row("SND.WL1", "y", Some("0")),
            row("SND.WL2", "x+1", None),
            row("IRS", "y", Some("0")),
            row("RCV.NXT", "y+1", Some("0")),
            row("RCV.WND", "65535", None),
        ],
        timers: vec![TimerRow {
            kind: TimerKind::Retransmission,
            armed_at: ms(1_200),
            at: ms(2_200),
            then: "SYN".into(),
        }],
    }
}

/// A whole page.
pub(crate) fn page(lang: Lang) -> PageView {
    let zh = lang == Lang::ZhHans;
    let say = |zh_words: &'static str, en: &'static str| AttrValue::Static(if zh { zh_words } else { en });
    let taken =
        |from, to, by, latest| (Edge::between(from, to).expect("it is in the figure"), Taken { by, latest });
    PageView {
        experiment: "a".into(),
        goal: marked(&say(
            "看一个丢失的 `SYN,ACK` 怎样由超时重传补救。",
            "See how a lost `SYN,ACK` is repaired by a retransmission.",
        )),
        hint: marked(&say(
            "按“播放”；在时序图上选中 `SYN,ACK`，把它丢弃。",
            "Press Play; choose the `SYN,ACK` on the ladder and drop it.",
        )),
        here: [Some(State::Established), Some(State::SynReceived)],
        taken: Rc::new(vec![
            taken(State::Closed, State::SynSent, [true, false], None),
            taken(State::Closed, State::Listen, [false, true], None),
            taken(State::Listen, State::SynReceived, [false, true], None),
            taken(State::SynSent, State::Established, [true, false], Some(Client)),
        ]),
        what_if: false,
        ladder: Rc::new(ladder(lang)),
        hosts: HostId::ALL.map(|id| Rc::new(host(id, lang))),
        cable_is_up: true,
        question: None,
        timeline: timeline(lang),
        sentence: AttrValue::Static(""),
    }
}

/// A row of events, some of them still to come, and a branch that was left.
fn timeline(lang: Lang) -> Rc<TimelineView> {
    let mut session = Session::new(experiments::scenario("lost-syn-ack").expect("it is built in"));
    let other = Action::Socket { host: Client };
    for action in
        [&Action::Step, &Action::Step, &Action::Back, &other, &Action::Step, &Action::Step, &Action::Back]
    {
        session.take(action).expect("it can be done");
    }
    let voice = Voice { lang, notation: Notation::Symbolic };
    present::page(&Scene::new(&session, &Memory::default(), voice), false, None).timeline
}

/// The explanation of its moment.
pub(crate) fn explain(lang: Lang) -> Subject {
    let zh = lang == Lang::ZhHans;
    let say = |zh_words: &'static str, en: &'static str| AttrValue::Static(if zh { zh_words } else { en });
    let text = |zh_words: &'static str, en: &'static str| Span::Text(say(zh_words, en).to_string());
    let code = |words: &'static str| Span::Code(words.to_owned());
    let check = |question: AttrValue, formula: &'static str| CheckLine {
        test: Test::AckOfOurSyn,
        passed: true,
        question: marked(&question),
        outcome: vec![],
        formula,
        operands: vec![],
        margin: None,
    };
    let told = Explanation {
        title: say("收到 SYN,ACK：连接已建立", "SYN,ACK of its SYN: established").to_string(),
        happened: vec![
            text("客户端收到连接请求确认报文段 ", "The client received "),
            code("[SYN=1, ACK=1, seq=y, ack=x+1]"),
            text("，回复普通的确认报文段 ", " and answered with an ordinary ACK, "),
            code("[ACK=1, seq=x+1, ack=y+1]"),
            text("，进入 ", "; it is now "),
            Span::Strong("ESTABLISHED".into()),
            text("。", "."),
        ],
        why: vec![
            text("ack=x+1 正好确认了它的 SYN，", "ack=x+1 acknowledges exactly its SYN, "),
            text(
                "所以这不是别人的、也不是旧的应答；它同步了 y，并用 ack=y+1 确认。",
                "so this answers its own request and no stale one; it takes y as the other end’s number and acknowledges it with y+1.",
            ),
        ],
        otherwise: vec![text(
            "如果这个确认丢失，服务器会留在 SYN-RECEIVED，超时后重传 SYN,ACK。",
            "If this ACK is lost, the server stays in SYN-RECEIVED and repeats its SYN,ACK after a time-out.",
        )],
        sources: vec![NoteRef::N2],
        clauses: &["RFC 9293 §3.10.7.3", "RFC 9293 §3.5"],
        checks: vec![
            check(
                say("ACK 确认的是我们的 SYN 吗？", "Does it acknowledge our SYN?"),
                "ISS = x < SEG.ACK = x+1 ≤ SND.NXT = x+1",
            ),
            check(say("RST 未置位吗？", "Is RST off?"), ""),
        ],
        ..Explanation::default()
    };
    Subject {
        told: Rc::new(told),
        at: Some(ms(1_200)),
        host: Some(Client),
        experiment: Some(("b".into(), say("为什么不是两次", "Why not two"))),
        ..Subject::default()
    }
}

/// The present of its moment.
pub(crate) const NOW: Instant = ms(1_260);

/// The question of an experiment.
pub(crate) fn question() -> AskedQuestion {
    let scenario = experiments::scenario("handshake").expect("it is built in");
    let question = scenario.question.clone().expect("it asks one");
    AskedQuestion { question, answered: None, right: None }
}
