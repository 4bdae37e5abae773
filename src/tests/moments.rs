//! Moments for the component tests.

use yew::AttrValue;

use std::rc::Rc;

use crate::lang::{HostId, Lang, Notation};
use crate::pages::lab::PageView;
use crate::parts::explain::{AskedQuestion, Subject};
use crate::parts::transport::TimelineView;
use crate::present::scene::Memory;
use crate::present::{self, Scene, Voice};
use crate::rich::marked;
use course::{CheckLine, Explanation, NoteRef, Span, experiments};
use lab::net::Verdict;
use lab::{Action, Session};
use tcp::Test;
use tcp::time::{Duration, Instant};

use HostId::{Client, Server};

const fn ms(millis: u64) -> Instant {
    Instant::from_millis(millis)
}

/// A lost SYN,ACK, its retransmission, and data on its way.
fn scene(lang: Lang) -> Scene {
    let mut session = Session::new(experiments::scenario("free").expect("it is built in"));
    let play = |ms| Action::Play { us: Duration::from_millis(ms) };
    for action in [
        Action::Listen { host: Server, socket: None, port: None, backlog: None },
        Action::Connect { host: Client, socket: None, to: None },
        play(150),
        Action::Verdict { segment: 2, verdict: Verdict::Drop },
        play(1_050),
        Action::Send { host: Client, socket: None, text: Some("hello".to_owned()), bytes: None },
        play(60),
    ] {
        session.take(&action).expect("it can be done");
    }
    assert_eq!(session.now(), NOW);
    Scene::new(&session, &Memory::default(), Voice { lang, notation: Notation::Symbolic })
}

/// A whole page.
pub(crate) fn page(lang: Lang) -> PageView {
    PageView { timeline: timeline(lang), ..present::page(&scene(lang), true, None) }
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
pub(crate) fn subject(lang: Lang) -> Subject {
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
pub(crate) fn asked_question() -> AskedQuestion {
    let scenario = experiments::scenario("handshake").expect("it is built in");
    let question = scenario.question.clone().expect("it asks one");
    AskedQuestion { question, answered: None, right: None }
}
