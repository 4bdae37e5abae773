//! What the parser accepts, and the places of its errors.

use super::*;
use crate::error::Obstacle;
use crate::script::{Body, Expr, Numbering, Segment, TcpOption, Tos, flag};

fn events(source: &str) -> Vec<Event> {
    parse(source, &[]).unwrap_or_else(|error| panic!("{source}: {error}")).events
}

#[track_caller]
fn only(source: &str) -> Event {
    let mut events = events(source);
    assert_eq!(events.len(), 1, "{source}");
    events.remove(0)
}

#[track_caller]
fn segment(source: &str) -> Segment {
    match only(source).action {
        Action::Inject(packet) | Action::Expect(packet) => match packet.body {
            Body::Tcp(segment) => segment,
            Body::Icmp(message) => panic!("{message}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn options_and_commands_around_the_events() {
    let script =
        parse("--ip_version=ipv4\n--tolerance_usecs=5\n`init`\n0 `work`\n`clean`", &[]).expect("reads");
    let address = parse("--local_ip=fd::1\n--ip_version=ipv4-mapped-ipv6\n0 `work`", &[]).expect("reads");
    assert_eq!([&*address.options[0].value, &*address.options[1].value], ["fd::1", "ipv4-mapped-ipv6"]);
    let options: Vec<_> = script.options.iter().map(|option| (&*option.name, &*option.value)).collect();
    assert_eq!(options, [("ip_version", "ipv4"), ("tolerance_usecs", "5")]);
    let commands: Vec<_> = script.events.into_iter().map(|event| event.action).collect();
    assert_eq!(commands, ["init", "work"].map(|command| Action::Command(command.to_owned())));
}

#[test]
fn times() {
    for (text, time) in [
        ("1.5", Time::Absolute(1_500_000)),
        ("+.05", Time::Relative(50_000)),
        ("+ 0.000001", Time::Relative(1)),
        ("*", Time::Any),
        ("1~2", Time::AbsoluteRange(1_000_000, 2_000_000)),
        ("+1~+2.5", Time::RelativeRange(1_000_000, 2_500_000)),
    ] {
        assert_eq!(only(&format!("{text} > . 1:1(0) ack 1")).time, time, "{text}");
    }
}

#[test]
fn segments_print_as_they_are_written() {
    for text in [
        "S 0:0(0) win 5 <mss 1460,nop,wscale 6,sackOK,TS val 100 ecr 0>",
        "FP. 1:1001(1000) ack 4294967295 urg 7",
        ". 5:5(0) ack 1 <nop,nop,sack 11:21 31:41>",
        "- 4294967295:1(2)",
        "SEW 0:0(0) <...>",
        "R. ...(0) ack 1",
        "S 0:0(0) <FO 00ab12>",
    ] {
        assert_eq!(segment(&format!("0 > {text}")).to_string(), text);
    }
}

#[test]
fn an_acknowledgement_number_does_not_need_its_flag() {
    let segment = segment("0 < F 17:20(3) ack 34 win 1");
    assert_eq!((segment.flags, segment.ack, segment.length), (flag::FIN, Some(34), 3));
    assert_eq!(segment.options, Some(Vec::new()));
}

#[test]
fn numbers_may_be_absolute_negative_or_anything() {
    assert_eq!(segment("0 > . 5:5(0)! ack 1").numbering, Numbering::Absolute);
    assert_eq!(segment("0 > . ...(7) ack 1").numbering, Numbering::Ignored);
    assert_eq!(segment("0 > . -1:-1(0) ack 1").seq, u32::MAX);
}

#[test]
fn the_ip_header_and_ports() {
    let Action::Inject(packet) = only("0 < (ect0, ttl 5) 7 > 8 . 1:1(0) ack 1 win 1").action else {
        panic!()
    };
    assert_eq!((packet.ip.tos, packet.ip.ttl), (Some(Tos::Ecn(2)), Some(5)));
    assert_eq!(packet.ports, Some((7, 8)));
}

#[test]
fn icmp() {
    let Action::Inject(packet) = only("0 < icmp unreachable frag_needed mtu 1200 [1:1001(1000)]").action
    else {
        panic!()
    };
    let Body::Icmp(message) = packet.body else { panic!() };
    assert_eq!(
        (message.kind, message.code, message.mtu, message.quoted),
        (3, 4, Some(1_200), Some((1, 1_000)))
    );
}

#[test]
fn calls() {
    let Action::Call(call) =
        only("0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = -1 EINVAL (Invalid argument)")
            .action
    else {
        panic!()
    };
    assert_eq!((call.result, call.errno.as_deref()), (Expr::Number(-1), Some("EINVAL")));
    assert_eq!(call.arguments[3].field("onoff"), Some(&Expr::Number(1)));
    let Action::Call(call) = only("0 fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK) = 0x02 (flags O_RDWR|X)").action
    else {
        panic!()
    };
    assert_eq!(call.arguments[2].words(), ["O_RDWR", "O_NONBLOCK"]);
    assert_eq!(call.result, Expr::Number(2));
    let Action::Call(call) = only("0 writev(4, [{..., 100}, {..., 50}], 2) = ?").action else { panic!() };
    assert_eq!(call.arguments[1].vectors(), Some(150));
    assert_eq!(call.result, Expr::Ellipsis);
    let text = "0 sendmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 7}], msg_flags=0}, 0) = 7";
    let Action::Call(call) = only(text).action else { panic!() };
    assert_eq!(call.arguments[1].field("msg_iov").and_then(Expr::vectors), Some(7));
    let Action::Call(call) = only("+.1...+.5 accept(3, ..., ...) = 4").action else { panic!() };
    assert_eq!(call.returns, Some(500_000));
}

#[test]
fn options_keep_their_order() {
    let options = segment("0 < S 0:0(0) win 1 <sackOK,mss 5,eol,eol>").options;
    let expected = vec![TcpOption::SackPermitted, TcpOption::Mss(5), TcpOption::End, TcpOption::End];
    assert_eq!(options, Some(expected));
}

#[test]
fn errors_have_a_place_and_a_kind() {
    use Obstacle::{Syntax, Unsupported};
    for (source, line, column, obstacle) in [
        ("", 1, 1, Syntax),
        ("\n\n  0 ! x", 3, 5, Syntax),
        ("0 < . 1:1(0) ack 1", 1, 19, Syntax),
        ("0 < . 1:5(3) ack 1 win 1", 1, 12, Syntax),
        ("0 > X 1:1(0)", 1, 5, Syntax),
        ("0 > S 0:0(0) <mss>", 1, 18, Syntax),
        ("0 > S 0:0(0) <what 5>", 1, 15, Syntax),
        ("0 < S 0:0(0) win 65536", 1, 18, Syntax),
        ("0 < S 0:0(0) win 5 <...>", 1, 21, Syntax),
        ("0 socket(...", 1, 13, Syntax),
        ("* socket() = 3", 1, 1, Syntax),
        ("0~1 < S 0:0(0) win 5", 1, 1, Syntax),
        ("0 < udp (10)", 1, 5, Unsupported),
        ("0 > S 0:0(0) <mss 5,AccECN e1b 1>", 1, 21, Unsupported),
        ("0 > S5 0:0(0)", 1, 5, Unsupported),
        ("0 > icmp unreachable", 1, 5, Unsupported),
    ] {
        let error = parse(source, &[]).expect_err(source);
        assert_eq!(
            (error.line, error.column, error.obstacle),
            (line, column, obstacle),
            "{source:?}: {error}"
        );
    }
}
