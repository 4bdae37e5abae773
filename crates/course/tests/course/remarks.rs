//! What a record shows besides its rules is said, with the numbers of the run.

use std::rc::Rc;

use expect_test::{Expect, expect};

use course::text::{self, Remark};
use course::{Lang, Notation, explain, plain};
use lab::{Action, Scenario, Session};

/// A client that is connected to a server that reads and never answers.
const CONNECTED: &str = r#"{
    "format": 1, "id": "connected", "title": {"zh-Hans": "测试", "en": "Test"}, "goal": {"zh-Hans": "目标", "en": "Goal"},
    "hosts": {"server": {"program": "sink"}},
    "script": [{"at_us": 0, "action": {"type": "connect", "host": "client"}}]
}"#;
const SEND: &str = r#"{"type":"send","host":"client","bytes":30000}"#;
const HELLO: &str = r#"{"type":"send","host":"client","text":"hello"}"#;
const SECOND: &str = r#"{"type":"play","us":1000000}"#;
const MINUTE: &str = r#"{"type":"play","us":60000000}"#;

/// `lost` segments with data of the client are lost once each, counted from the first.
fn losing(lost: &[u32]) -> Vec<String> {
    let rule = |nth: &u32| {
        format!(
            r#"{{"type":"add_rule","rule":{{"from":"client","matches":{{"text":true}},"nth":{nth},"verdict":"drop"}}}}"#
        )
    };
    lost.iter().map(rule).collect()
}

/// The first sentence with `remark` that is told while `actions` are taken, in each language.
#[track_caller]
fn check(remark: Remark, actions: &[&str], expect: Expect) {
    let mut session = Session::new(Rc::new(Scenario::from_json(CONNECTED).expect("valid")));
    session.take(&Action::from_json(SECOND).expect("an action")).expect("time can pass");
    for action in actions {
        session.take(&Action::from_json(action).expect("an action")).expect("it can be taken");
    }
    let records = session.records();
    let told = Lang::ALL.map(|lang| {
        // What stands before the first number tells the sentence from all others.
        let head = text::remark(remark, lang).split('{').next().unwrap_or_default().replace("**", "");
        let head = head.trim();
        let sentences = (0..records.len()).filter_map(|i| {
            let happened = plain(&explain(records, i, Notation::Symbolic, lang).happened);
            happened.find(head).map(|start| format!("{}\n", &happened[start..]))
        });
        sentences.take(1).collect::<String>()
    });
    expect.assert_eq(&told.concat());
}

#[test]
fn slow_start_is_told() {
    check(
        Remark::SlowStart,
        &[HELLO, SECOND],
        expect![[r#"
        慢开始：拥塞窗口还没有到门限 65535，从 4380 增大到 4385 字节。
        Slow start: still below ssthresh (65535), the congestion window grows from 4380 to 4385 bytes.
    "#]],
    );
}

#[test]
fn congestion_avoidance_is_told() {
    let lost = losing(&[3]);
    check(
        Remark::CongestionAvoidance,
        &[&lost[0], SEND, MINUTE, SEND, SECOND],
        expect![[r#"
        拥塞避免：拥塞窗口已到门限 3650，只从 4380 增大到 4866 字节，一个往返时间约增加一个报文段。
        Congestion avoidance: ssthresh (3650) is reached, so the congestion window grows only from 4380 to 4866 bytes, about one segment a round trip.
    "#]],
    );
}

#[test]
fn the_collapse_after_a_time_out_is_told() {
    let lost = losing(&[1]);
    check(
        Remark::Collapsed,
        &[&lost[0], HELLO, MINUTE],
        expect![[r#"
            超时之后，拥塞窗口只有一个报文段：1460 字节（原来是 4380）；门限改为在途数据的一半，但至少两个报文段：2920 字节。
            After a time-out the congestion window is one segment: 1460 bytes instead of 4380. ssthresh becomes 2920, half of what was in flight but at least two segments.
        "#]],
    );
}

#[test]
fn fast_recovery_is_told_from_its_beginning_to_its_end() {
    let lost = losing(&[4, 6]);
    let run = [&*lost[0], &lost[1], SEND, MINUTE];
    check(
        Remark::Halved,
        &run,
        expect![[r#"
            快恢复开始：门限减半为 4380 字节（在途数据的一半，但至少两个报文段）；拥塞窗口设为门限加 3 个报文段，即 8760，因为已有 3 个报文段离开了网络。
            Fast recovery begins: ssthresh becomes 4380 bytes, half of what was in flight but at least two segments. The congestion window is that and three segments more, 8760, for three have left the network.
        "#]],
    );
    check(
        Remark::Inflated,
        &[&losing(&[10])[0], SEND, MINUTE],
        expect![[r#"
        快恢复：又有一个报文段离开了网络，拥塞窗口从 12810 增大到 14270 字节。
        Fast recovery: one more segment has left the network, so the congestion window grows from 12810 to 14270 bytes.
    "#]],
    );
    check(
        Remark::PartlyRepaired,
        &run,
        expect![[r#"
            快恢复还没有结束：减去新确认的，再加一个报文段，拥塞窗口从 11680 变为 10220 字节。
            Fast recovery goes on: less what was acknowledged and plus one segment, the congestion window goes from 11680 to 10220 bytes.
        "#]],
    );
    check(
        Remark::Repaired,
        &run,
        expect![[r#"
            丢失的都已补齐，快恢复结束：拥塞窗口从 10220 变为 2920 字节，不超过门限 4380。
            The loss is repaired and fast recovery ends: the congestion window goes from 10220 to 2920 bytes, no more than ssthresh (4380).
        "#]],
    );
}

#[test]
fn the_return_to_the_initial_window_is_told() {
    check(
        Remark::Idle,
        &[SEND, MINUTE, HELLO],
        expect![[r#"
        没有发送数据的时间超过了一个超时时间，拥塞窗口从 34380 回到初始的 4380 字节。
        Nothing was sent for longer than a time-out, so the congestion window returns from 34380 to its initial 4380 bytes.
    "#]],
    );
}

#[test]
fn trouble_on_the_way_is_told() {
    check(
        Remark::InTrouble,
        &[r#"{"type":"cut_cable"}"#, HELLO, MINUTE],
        expect![[r#"
        已达到 R1：重传 3 次仍没有回答，TCP 通知应用进程连接遇到麻烦，并继续重传。（套接字调用没有对应的返回值，次数用尽时才返回差错。）
        R1 is reached: after 3 repeats without an answer TCP tells the application that the connection is in trouble, and goes on trying. (The socket calls have no word for it; only when the retries are used up do they return an error.)
    "#]],
    );
}
