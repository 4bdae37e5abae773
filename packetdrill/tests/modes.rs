//! What each mode allows, and that it allows no more.

use packetdrill::{Mode, Verdict, parse, run};

/// A connection accepted as descriptor 4 from the listener 3. What follows happens 10 ms later.
const ACCEPTED: &str = "
0.00 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0.00 bind(3, ..., ...) = 0
+0.00 listen(3, 1) = 0
+0.00 < S 0:0(0) win 65535 <mss 1460,sackOK,eol,eol>
+0.00 > S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,eol,eol>
+0.01 < . 1:1(0) ack 1 win 65535
+0.00 accept(3, ..., ...) = 4
";

/// The most exact mode in which the lines after `before` pass; None if they pass in none.
fn needs(before: &str, lines: &str) -> Option<Mode> {
    let script = parse(&format!("{before}{lines}"), &[]).expect("the script reads");
    let verdicts = Mode::ALL.map(|mode| (mode, run(&script, mode)));
    // A script that is skipped in one mode may run in the next.
    assert!(!matches!(verdicts[2].1, Verdict::Skip(_)), "{:?}", verdicts[2].1);
    verdicts.into_iter().find(|(_, verdict)| *verdict == Verdict::Pass).map(|(mode, _)| mode)
}

#[test]
fn n4_the_right_edge_is_moved_to_the_announced_window() {
    // One octet waits to be read. A stack that rounds its buffer up can still announce the largest window.
    let then = |seq: u32, answer: &str| {
        let lines = format!(
            "+0.00 < . 1:2(1) ack 1 win 65535
             +0.00 > . 1:1(0) ack 2 win 65535
             +0.10 < R {seq}:{seq}(0) win 65535
             {answer}
             +0.10 recv(4, ..., 10, 0) = 1"
        );
        needs(ACCEPTED, &lines)
    };
    let challenge = "+0.00 > . 1:1(0) ack 2 win 65535";
    assert_eq!(then(2 + 65_534, challenge), Some(Mode::Loose), "the last octet inside");
    assert_eq!(then(2 + 65_534, ""), Some(Mode::Acks), "one more acknowledgement of the same is no news");
    assert_eq!(then(2 + 65_535, ""), Some(Mode::Loose), "the first octet outside");
    assert_eq!(then(2 + 65_535, challenge), None);
}

#[test]
fn n6_an_acknowledgement_of_new_data_must_match_if_it_comes() {
    let with = |blocks: &str| {
        let lines = format!(
            "+0.00 < . 1:2(1) ack 1 win 65535
             +0.00 < . 4:8(4) ack 1 win 65535
             +0.00 > . 1:1(0) ack 2 <nop,nop,sack 4:8>
             +0.00 < . 9:10(1) ack 1 win 65535
             +0.00 > . 1:1(0) ack 2 <nop,nop,sack 9:10 4:8>
             +0.00 < . 2:4(2) ack 1 win 65535
             +0.00 > . 1:1(0) ack 8 <nop,nop,sack {blocks}>"
        );
        needs(ACCEPTED, &lines)
    };
    assert_eq!(with("9:10"), Some(Mode::Acks), "the first segment was acknowledged at once");
    assert_eq!(with("9:11"), None);
    assert_eq!(with("9:10 4:8"), None);
}

#[test]
fn n10_a_script_for_freebsd_gets_delayed_acks() {
    let lines = "+0.00 < . 1:2(1) ack 1 win 65535
        +0.04 > . 1:1(0) ack 2";
    let of_freebsd =
        format!("0.00 `sysctl -w net.inet.tcp.sack.enable=1`{}", ACCEPTED.replacen("0.00", "+0.00", 1));
    assert_eq!(needs(&of_freebsd, lines), Some(Mode::Loose));
    let at_once = format!("{of_freebsd}+0.00 `sysctl -w net.inet.tcp.delayed_ack=0`\n");
    assert_eq!(needs(&at_once, lines), Some(Mode::Acks), "it came early");
}

#[test]
fn n11_the_stack_offers_the_options_of_the_first_syn() {
    let hole = "+0.00 < . 4:8(4) ack 1 win 65535
        +0.00 > . 1:1(0) ack 1 ";
    assert_eq!(needs(ACCEPTED, &format!("{hole}<nop,nop,sack 4:8>")), Some(Mode::Loose));
    assert_eq!(needs(ACCEPTED, hole), None);
    let without = ACCEPTED
        .replace("> S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,eol,eol>", "> S. 0:0(0) ack 1 <mss 1460>");
    assert_eq!(needs(&without, hole), Some(Mode::Strict));
}

#[test]
fn n12_a_report_of_repeated_text_need_not_be_in_the_script() {
    let again = |segment: &str, blocks: &str| {
        let lines = format!(
            "+0.00 < . 4:8(4) ack 1 win 65535
             +0.00 > . 1:1(0) ack 1 <nop,nop,sack 4:8>
             +0.00 < . {segment} ack 1 win 65535
             +0.00 > . 1:1(0) ack {blocks}"
        );
        needs(ACCEPTED, &lines)
    };
    for (blocks, holds) in [
        ("1 <nop,nop,sack 5:7 4:8>", true),
        ("1 <nop,nop,sack 4:8>", true),
        ("1 <nop,nop,sack 5:7>", false),
        ("1", false),
    ] {
        assert_eq!(again("5:7(2)", blocks).is_some(), holds, "{blocks}");
    }
    // The only block reports text that came twice.
    assert_eq!(again("1:6(5)", "8 <nop,nop,sack 4:6>"), Some(Mode::Loose));
    assert_eq!(again("1:6(5)", "8"), Some(Mode::Loose));
    assert_eq!(again("1:6(5)", "8 <nop,nop,sack 4:8>"), None);
}

#[test]
fn a_finished_connection_counts_as_closed_while_it_is_held() {
    let count = "+0.00 `sockstat -4 -P tcp -s | grep packetdril | grep -c CLOSED | grep ";
    let lines =
        |before: &str, count_then: &str| format!("+0.00 < R 1:1(0) win 0\n{before}{count}{count_then}`");
    assert_eq!(needs(ACCEPTED, &lines("", "1")), Some(Mode::Loose));
    assert_eq!(needs(ACCEPTED, &lines("+0.00 close(4) = 0\n", "0")), Some(Mode::Loose));
    assert_eq!(needs(ACCEPTED, &lines("", "0")), None);
}

/// The peer's MSS is 1,000.
const TAKES_1000: &str = "
0.00 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0.00 bind(3, ..., ...) = 0
+0.00 listen(3, 1) = 0
+0.00 < S 0:0(0) win 3000 <mss 1000>
+0.00 > S. 0:0(0) ack 1 <mss 1460>
+0.01 < . 1:1(0) ack 1 win 3000
+0.00 accept(3, ..., ...) = 4
";

#[test]
fn n14_several_segments_may_stand_for_one() {
    let with = |segment: &str| {
        needs(TAKES_1000, &format!("+0.00 write(4, ..., 2000) = 2000\n+0.00 > {segment} ack 1"))
    };
    assert_eq!(with("P. 1:2001(2000)"), Some(Mode::Loose));
    assert_eq!(with(". 1:1001(1000) ack 1\n+0.00 > P. 1001:2001(1000)"), Some(Mode::Strict));
    for wrong in [". 1:2001(2000)", "P. 1:1901(1900)", "P. 1:2101(2100)", "FP. 1:2001(2000)"] {
        assert_eq!(with(wrong), None, "{wrong}");
    }
}

#[test]
fn n15_text_need_not_have_psh_while_more_waits() {
    let with = |bytes: u32, third: &str| {
        let lines = format!(
            "+0.00 write(4, ..., {bytes}) = {bytes}
             +0.00 > . 1:1001(1000) ack 1
             +0.00 > . 1001:2001(1000) ack 1
             +0.00 > {third} ack 1"
        );
        needs(TAKES_1000, &lines)
    };
    assert_eq!(with(5_000, "P. 2001:3001(1000)"), Some(Mode::Loose), "2,000 octets wait for the window");
    assert_eq!(with(5_000, ". 2001:3001(1000)"), Some(Mode::Strict));
    assert_eq!(with(3_000, "P. 2001:3001(1000)"), Some(Mode::Strict));
    assert_eq!(with(3_000, ". 2001:3001(1000)"), None);
}

#[test]
fn n13_the_errno_of_an_icmp_report_may_differ() {
    let with = |code: &str, error: &str| {
        let lines = format!(
            "0.00 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
             +0.00 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
             +0.00 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
             +0.00 > S 0:0(0) <mss 1460>
             +0.00 < icmp unreachable {code} [0:0(0)]
             +0.00 getsockopt(3, SOL_SOCKET, SO_ERROR, [{error}], [4]) = 0"
        );
        needs("", &lines)
    };
    assert_eq!(with("host_prohibited", "EHOSTUNREACH"), Some(Mode::Strict));
    assert_eq!(with("host_prohibited", "ECONNREFUSED"), Some(Mode::Loose));
    assert_eq!(with("host_prohibited", "ECONNRESET"), None);
    assert_eq!(with("port_unreachable", "EHOSTUNREACH"), None, "a refusal is one everywhere");
    assert_eq!(with("host_prohibited", "0"), None);
}

#[test]
fn n10_a_script_for_linux_gets_the_choices_of_linux() {
    let lines = "+0.00 < F. 1:1(0) ack 1 win 257
        +0.00 > . 1:1(0) ack 2 <...>
        +0.00 < R. 2:2(0) ack 1 win 0
        +0.00 read(4, ..., 1) = -1 EPIPE (Broken pipe)";
    assert_eq!(needs(ACCEPTED, lines), None);
    let of_linux = format!("`../common/defaults.sh`\n{ACCEPTED}");
    assert_eq!(needs(&of_linux, lines), Some(Mode::Loose));
}

#[test]
fn scripts_with_ecn_are_skipped() {
    for line in ["+0 > SEW 0:0(0) <...>", "+0 > SE. 0:0(0) ack 1 <...>", "+0 > [ect0] . 1:1(0) ack 1"] {
        let script = parse(&format!("{ACCEPTED}{line}"), &[]).expect("the script reads");
        assert!(matches!(run(&script, Mode::Acks), Verdict::Skip(_)), "{line}");
    }
}

#[test]
fn an_ack_without_a_number_is_zero() {
    let lines = "+0.00 < P. 1:11(10) win 65535\n+0.00 > . 1:1(0) ack 11 <nocheck>";
    assert_eq!(needs(TAKES_1000, lines), Some(Mode::Strict));
}

#[test]
fn sleep_lets_time_pass_but_not_at_the_end() {
    let repeated = "+0.00 write(4, ..., 10) = 10
        +0.00 > P. 1:11(10) ack 1
        +0.50 `sleep 1`
        1.01~1.06 > P. 1:11(10) ack 1
        +0.00 %{ print(\"it came again\", tcpi_state) }%
        +0.00 `sleep 1000`";
    assert_eq!(needs(TAKES_1000, &repeated.replace("1.01~1.06", "*")), Some(Mode::Strict));
    assert_eq!(needs(TAKES_1000, &repeated.replace("1.01~1.06 >", "+0.00 > F. 2:2(0) ack 1\n*   >")), None);
}

#[test]
fn n16_a_script_for_ipv6_is_played_over_ipv4() {
    let with = |version: &str, mss: u16| {
        let script = TAKES_1000.replace("1460", &mss.to_string());
        needs(
            &format!("--ip_version={version}\n{script}"),
            "+0.00 write(4, ..., 10) = 10\n+0.00 > P. 1:11(10) ack 1",
        )
    };
    assert_eq!([with("ipv4", 1_460), with("ipv4-mapped-ipv6", 1_460)], [Some(Mode::Strict); 2]);
    assert_eq!(with("ipv6", 1_440), Some(Mode::Loose));
    assert_eq!(with("ipv6", 1_460), None, "its header is longer");
    // A message that only IPv6 has is no syntax error, but is not played.
    let message = "--ip_version=ipv6\n0 < icmp unreachable admin_prohibited [0:0(0)]";
    let error = parse(message, &[]).expect_err("ICMP of version 4 has none");
    assert_eq!(error.obstacle, packetdrill::Obstacle::Unsupported);
}
