//! Loss, delay, corruption, crashes and cut cables.

use std::collections::BTreeSet;

use expect_test::expect;

use super::*;

fn rule(from: HostId, matches: Match, nth: u32, verdict: Verdict) -> Input {
    Input::AddRule(LinkRule { from, matches, nth, verdict })
}

const SYN_ACK: Match = Match { syn: Some(true), ack: Some(true), fin: None, rst: None, text: None };
const TEXT: Match = Match { syn: None, ack: None, fin: None, rst: None, text: Some(true) };
const ANY: Match = Match { syn: None, ack: None, fin: None, rst: None, text: None };

fn judge(packet: u32, verdict: Verdict) -> Input {
    Input::Verdict { packet: PacketId(packet), verdict }
}

#[test]
fn a_lost_syn_ack_is_sent_again() {
    let mut play = Play::with_server(Program::Echo);
    play.apply(rule(Server, SYN_ACK, 1, Verdict::Drop));
    let first = play.log.len();
    play.connect();
    play.run_for(2_000);
    expect![[r##"
        0      client 3 socket() = 3
        0      client 3 open-active: CLOSED -> SYN-SENT, sends ["#1 SYN"]
        100    server 4 listen-rcv-syn: LISTEN -> SYN-RECEIVED, sends ["#2 SYN,ACK"]
        100    link - #2 Drop by Rule
        1000   client 3 retransmit-syn: SYN-SENT, sends ["#3 SYN"]
        1100   server 4 syn-received-rcv-syn-again: SYN-RECEIVED, sends ["#4 SYN,ACK"]
        1200   client 3 syn-sent-rcv-syn-ack: SYN-SENT -> ESTABLISHED, sends ["#5 ACK"]
        1300   server 4 syn-received-rcv-ack: SYN-RECEIVED -> ESTABLISHED, sends []
        1300   server 3 accept(3) = 4
    "##]]
    .assert_eq(&play.story_from(first));
    assert_eq!(play.world.link().rules().count(), 0, "the rule is used up");
}

#[test]
fn the_learner_drops_a_packet() {
    let mut play = Play::with_server(Program::Echo);
    play.connect();
    play.apply(judge(1, Verdict::Drop));
    play.run_for(500);
    assert_eq!(play.state(Client, S3), Some(State::SynSent));
    play.run_for(1_000);
    assert_eq!(play.state(Client, S3), Some(State::Established));
}

#[test]
fn a_corrupted_packet_is_dropped_by_a_checksum() {
    let mut play = Play::connected();
    let first = play.log.len();
    assert_eq!(play.send(Client, S3, b"hello"), Ok(Value::Count(5)));
    play.apply(judge(4, Verdict::Corrupt { byte: None }));
    assert!(play.world.link().in_flight()[0].bytes.ends_with(b"iello"));
    play.run_for(1_500);
    assert_eq!(play.recv(Server, S4), Ok(Value::Data(Bytes::from_static(b"hello"))));
    expect![[r##"
        300    client 3 send-accepted: ESTABLISHED, sends ["#4 PSH,ACK"]
        300    link - #4 Corrupt { byte: None } by Learner
        400    server - #4 discarded: the TCP checksum is 0x0116, the segment gives 0x0016
        1300   client 3 retransmit-data: ESTABLISHED, sends ["#5 PSH,ACK"]
        1400   server 4 text-in-order: ESTABLISHED, sends ["#6 ACK"]
        1500   client 3 ack-advances: ESTABLISHED, sends []
        1800   server 4 receive-delivers: ESTABLISHED, sends []
    "##]]
    .assert_eq(&play.story_from(first));
}

#[test]
fn every_byte_can_be_corrupted_and_is_found() {
    let mut play = Play::connected();
    assert_eq!(play.send(Client, S3, b"hello"), Ok(Value::Count(5)));
    let before = play.world.clone();
    for byte in 0..45 {
        let mut world = before.clone();
        world.apply(judge(4, Verdict::Corrupt { byte: Some(byte) })).unwrap();
        world.apply(judge(4, Verdict::Deliver)).unwrap();
        let records: Vec<_> = world.take_records().collect();
        assert!(matches!(records[2].what, What::Discarded { .. }), "byte {byte}: {:?}", records[2]);
    }
}

#[test]
fn deliver_means_before_anything_else() {
    let mut play = Play::connected();
    play.send(Client, S3, b"one").unwrap();
    play.send(Client, S3, b"two").unwrap();
    play.apply(judge(5, Verdict::Deliver));
    assert!(matches!(play.log.last().unwrap().what, What::Transition { packet: Some(PacketId(5)), .. }));
    play.run_for(1_000);
    assert_eq!(play.recv(Server, S4), Ok(Value::Data(Bytes::from_static(b"onetwo"))));
}

#[test]
fn a_released_packet_keeps_the_rest_of_its_latency() {
    let mut play = Play::connected();
    play.send(Client, S3, b"one").unwrap();
    play.run_for(40);
    play.apply(judge(4, Verdict::Hold));
    assert_eq!(play.world.link().next_arrival(), None);
    play.run_for(100);
    play.apply(judge(4, Verdict::Release));
    let arrives_at = play.world.now() + Duration::from_millis(60);
    assert_eq!(play.world.link().next_arrival().map(|(at, _)| at), Some(arrives_at));
}

#[test]
fn delay_and_swap_reorder_packets() {
    for verdict in [Verdict::Delay(Duration::from_millis(50)), Verdict::Swap] {
        let mut play = Play::connected();
        play.send(Client, S3, b"one").unwrap();
        play.send(Client, S3, b"two").unwrap();
        play.apply(judge(4, verdict));
        play.run_for(100);
        let next = play.recv(Server, S4);
        if verdict == Verdict::Swap {
            assert_eq!(next, Ok(Value::Data(Bytes::from_static(b"onetwo"))));
        } else {
            assert_eq!(next, Err(Errno::EAGAIN), "the second waits for the first");
        }
        let mut order = play.log.iter().filter_map(|record| match record.what {
            What::Transition { packet: Some(packet), .. } if packet >= PacketId(4) => Some(packet.0),
            _ => None,
        });
        assert_eq!(order.next(), Some(5), "{verdict:?}");
    }
}

#[test]
fn a_rule_can_swap_with_the_next_packet_sent() {
    let mut play = Play::connected();
    play.apply(rule(Client, TEXT, 1, Verdict::Swap));
    play.send(Client, S3, b"one").unwrap();
    play.run_for(10);
    play.send(Client, S3, b"two").unwrap();
    let in_flight = play.world.link().in_flight();
    let [second, first] = [0, 1].map(|place| &in_flight[place]);
    assert!(first.id < second.id, "in the order of arrival");
    assert_eq!(first.arrives_at.unwrap(), second.arrives_at.unwrap() + Duration::from_millis(10));
}

#[test]
fn a_duplicate_has_its_own_number() {
    let mut play = Play::connected();
    play.send(Client, S3, b"one").unwrap();
    let first = play.log.len();
    play.apply(judge(4, Verdict::Duplicate));
    assert_eq!(play.world.link().packet(PacketId(5)).unwrap().copy_of, Some(PacketId(4)));
    play.run_for(300);
    expect![[r##"
        300    link - #4 Duplicate as #5 by Learner
        400    server 4 text-in-order: ESTABLISHED, sends ["#6 ACK"]
        400    server 4 outside-window: ESTABLISHED, sends ["#7 ACK"]
        500    client 3 ack-advances: ESTABLISHED, sends []
        500    client 3 ack-duplicate: ESTABLISHED, sends []
    "##]]
    .assert_eq(&play.story_from(first));
}

#[test]
fn a_rule_counts_packets_taken_by_another_rule() {
    let mut play = Play::connected();
    play.apply(rule(Client, TEXT, 1, Verdict::Drop));
    play.apply(rule(Client, TEXT, 2, Verdict::Hold));
    play.send(Client, S3, b"one").unwrap();
    play.send(Client, S3, b"two").unwrap();
    let link = play.world.link();
    assert_eq!(link.in_flight().len(), 1);
    assert!(link.in_flight()[0].is_held());
    assert_eq!(link.rules().count(), 0);
}

#[test]
fn a_rule_for_every_packet_stays() {
    let mut play = Play::with_server(Program::Echo);
    play.apply(rule(Client, ANY, 0, Verdict::Drop));
    play.connect();
    play.settle();
    // Seven repeats after 1, 2, 4, … 64 s, then the longest time-out of 120 s.
    assert_eq!(play.world.now(), Instant::from_millis(247_000));
    assert_eq!(play.recv(Client, S3), Err(Errno::ETIMEDOUT));
    assert_eq!(play.world.link().rules().count(), 1);
    play.apply(Input::ClearRules);
    assert_eq!(play.world.link().rules().count(), 0);
}

#[test]
fn one_rule_can_be_removed() {
    let mut play = Play::connected();
    for nth in 1..=3 {
        play.apply(rule(Client, TEXT, nth, Verdict::Drop));
    }
    play.apply(Input::RemoveRule(1));
    let left = |play: &Play| play.world.link().rules().map(|rule| rule.nth).collect::<Vec<_>>();
    assert_eq!(left(&play), [1, 3]);
    let removed =
        Setting::RuleRemoved(LinkRule { from: Client, matches: TEXT, nth: 2, verdict: Verdict::Drop });
    assert_eq!(play.log.last().map(|record| &record.what), Some(&What::Setting(removed)));
    for text in [&b"one"[..], b"two", b"three"] {
        play.send(Client, S3, text).unwrap();
    }
    assert_eq!(play.world.link().in_flight().len(), 1, "only the second got through");
    assert!(left(&play).is_empty());

    let before = play.world.clone();
    assert_eq!(play.world.apply(Input::RemoveRule(0)), Err(InputError::NoSuchRule(0)));
    assert_eq!(play.world, before);
}

#[test]
fn a_full_backlog_drops_the_syn_and_the_client_tries_again() {
    let mut play = Play::new(Setup::default());
    play.listen(1);
    play.connect();
    play.connect();
    play.run_for(300);
    assert_eq!(play.sockets(Server), "3 LISTEN, 4 ESTABLISHED");
    assert_eq!(play.sockets(Client), "3 ESTABLISHED, 4 SYN-SENT");
    assert!(play.story().contains("server 3 listen-backlog-full: LISTEN, sends []"), "{}", play.story());
    play.accept().unwrap();
    assert_eq!(play.accept(), Err(Errno::EAGAIN));
    play.run_for(1_000);
    assert_eq!(play.sockets(Server), "3 LISTEN, 4 ESTABLISHED, 5 ESTABLISHED");
}

#[test]
fn c53_c54_a_restarted_host_answers_with_rst() {
    let mut play = Play::connected();
    let first = play.log.len();
    play.apply(Input::Crash(Server));
    assert_eq!(play.world.next_event(), None, "half-open: as long as nobody sends, nobody notices");
    assert_eq!(play.accept(), Err(Errno::EHOSTDOWN));
    play.send(Client, S3, b"hello").unwrap();
    play.run_for(500);
    play.apply(Input::Restart(Server));
    play.run_for(1_000);
    assert_eq!(play.recv(Client, S3), Err(Errno::ECONNRESET));
    expect![[r##"
        300    server - Crashed
        300    server 3 accept(3) = EHOSTDOWN
        300    client 3 send-accepted: ESTABLISHED, sends ["#4 PSH,ACK"]
        400    server - #4 unheard
        800    server - Restarted
        1300   client 3 retransmit-data: ESTABLISHED, sends ["#5 PSH,ACK"]
        1400   server - closed-rcv-ack: CLOSED, sends ["#6 RST"]
        1500   client 3 rst-resets: ESTABLISHED -> CLOSED, sends []
        1800   client 3 recv(3, 1000) = ECONNRESET
    "##]]
    .assert_eq(&play.story_from(first));
    // The descriptor of the lost listener is not used again.
    assert_eq!(play.call(Server, SocketCall::Socket), Ok(Value::Descriptor(SocketId(5))));
}

#[test]
fn figure_9_a_crashed_client_meets_its_half_open_connection() {
    let mut play = Play::connected();
    play.apply(Input::Crash(Client));
    play.apply(Input::Restart(Client));
    let socket = play.connect();
    assert_eq!(socket, S4);
    let ports: Vec<_> = play.world.host(Client).sockets().map(|socket| socket.local.port).collect();
    assert_eq!(ports, [40_001], "the port counter was lost with everything else");
    play.run_for(300);
    assert_eq!(play.recv(Server, S4), Err(Errno::ECONNRESET));
    play.run_for(2_000);
    assert_eq!(play.state(Client, S4), Some(State::Established));
}

#[test]
fn a_cut_cable_loses_all_packets() {
    let mut play = Play::connected();
    play.send(Client, S3, b"one").unwrap();
    let first = play.log.len();
    play.apply(Input::CutCable);
    play.send(Client, S3, b"two").unwrap();
    play.run_for(1_500);
    play.apply(Input::MendCable);
    play.run_for(3_000);
    expect![[r##"
        300    link - CableCut
        300    link - #4 Drop by CutCable
        300    client 3 send-accepted: ESTABLISHED, sends ["#5 PSH,ACK"]
        300    link - #5 Drop by CutCable
        1300   client 3 retransmit-data: ESTABLISHED, sends ["#6 PSH,ACK"]
        1300   link - #6 Drop by CutCable
        1800   link - CableMended
        3300   client 3 retransmit-data: ESTABLISHED, sends ["#7 PSH,ACK"]
        3400   server 4 text-in-order: ESTABLISHED, sends ["#8 ACK"]
        3500   client 3 ack-advances: ESTABLISHED, sends []
    "##]]
    .assert_eq(&play.story_from(first));
    assert_eq!(play.recv(Server, S4), Ok(Value::Data(Bytes::from_static(b"onetwo"))));
}

#[test]
fn settings_reach_open_connections() {
    let mut play = Play::connected();
    let config = Config { msl: Duration::from_secs(1), ..Config::default() };
    play.apply(Input::SetConfig { host: Client, config });
    play.close(Client, S3);
    play.run_for(300);
    play.close(Server, S4);
    play.settle();
    assert_eq!(play.world.now(), Instant::from_millis(300 + 300 + 100 + 2_000));
}

#[test]
fn chance_is_seeded() {
    let run = |seed| {
        let setup =
            Setup { seed, loss_per_mille: [300; 2], duplicate_per_mille: [100; 2], ..Setup::default() };
        let mut play = Play::new(Setup { programs: [Program::None, Program::Echo], ..setup });
        play.connect();
        play.run_for(60_000);
        play.send(Client, S3, b"hello").unwrap();
        play.run_for(60_000);
        (play.world.fingerprint(), hash::stable_hash(&play.log))
    };
    assert_eq!(run(1), run(1));
    let stories: BTreeSet<_> = (0..10).map(|seed| run(seed).1).collect();
    assert!(stories.len() > 5, "ten seeds tell only {} stories", stories.len());
}

#[test]
fn c73_a_duplicate_of_the_last_ack_assassinates_time_wait() {
    for rfc1337 in [false, true] {
        let mut play = Play::connected();
        let config = Config { rfc1337, ..Config::default() };
        play.apply(Input::SetConfig { host: Client, config });
        play.close(Client, S3);
        play.run_for(200);
        play.close(Server, S4);
        play.run_for(100);
        play.apply(judge(7, Verdict::Duplicate));
        play.run_for(300);
        let survives = play.state(Client, S3) == Some(State::TimeWait);
        assert_eq!(survives, rfc1337);
    }
}

#[test]
fn an_open_continues_after_host_unreachable_until_it_times_out() {
    let mut play = Play::new(Setup::default());
    play.apply(rule(Client, ANY, 0, Verdict::Unreachable(IcmpKind::HostUnreachable)));
    let first = play.log.len();
    let socket = play.connect();
    play.run_for(1_500);
    expect![[r##"
        0      client 3 socket() = 3
        0      client 3 open-active: CLOSED -> SYN-SENT, sends ["#1 SYN"]
        0      link - #1 Unreachable(HostUnreachable) by Rule
        0      client 3 icmp-noted: SYN-SENT, sends []
        1000   client 3 retransmit-syn: SYN-SENT, sends ["#2 SYN"]
        1000   link - #2 Unreachable(HostUnreachable) by Rule
        1000   client 3 icmp-noted: SYN-SENT, sends []
    "##]]
    .assert_eq(&play.story_from(first));
    play.settle();
    assert_eq!(play.send(Client, socket, b"x"), Err(Errno::EHOSTUNREACH));
}

#[test]
fn the_learner_can_have_a_router_refuse_a_packet() {
    let mut play = Play::with_server(Program::Echo);
    play.connect();
    play.apply(judge(1, Verdict::Unreachable(IcmpKind::HostUnreachable)));
    assert!(play.world.link().in_flight().is_empty());
    play.run_for(1_500);
    assert_eq!(play.state(Client, S3), Some(State::Established), "the next SYN gets through");
}

/// What each kind of ICMP report does to an end, if it is about the segment that the end has just sent.
fn after_reports(icmp_hard_aborts: bool, is_open: bool) -> Vec<(IcmpKind, Rule, Option<State>)> {
    let config = Config { icmp_hard_aborts, ..Config::default() };
    let kinds = IcmpKind::ALL.iter().copied().map(|kind| {
        let mut play = Play::with_server(Program::Echo);
        play.apply(Input::SetConfig { host: Client, config: config.clone() });
        let socket = play.connect();
        if is_open {
            play.run_for(1_000);
            play.send(Client, socket, b"hello").unwrap();
        }
        let segment = play.world.link().packets_sent();
        play.apply(judge(segment, Verdict::Unreachable(kind)));
        let Some(What::Transition { transition, .. }) = play.log.last().map(|record| &record.what) else {
            panic!("the report is the last that happened")
        };
        let alive = play.state(Client, socket);
        (kind, transition.rule(), alive.filter(|state| *state != State::Closed))
    });
    kinds.collect()
}

#[test]
fn each_kind_of_icmp_report_has_its_effect() {
    for (icmp_hard_aborts, is_open) in [(false, false), (false, true), (true, false), (true, true)] {
        let state = if is_open { State::Established } else { State::SynSent };
        for (kind, rule, after) in after_reports(icmp_hard_aborts, is_open) {
            let expect = match kind {
                IcmpKind::SourceQuench => (Rule::IcmpSourceQuench, Some(state)),
                _ if kind.is_hard() && (icmp_hard_aborts || !is_open) => (Rule::IcmpEndsConnection, None),
                _ => (Rule::IcmpNoted, Some(state)),
            };
            assert_eq!((rule, after), expect, "{kind:?}, open: {is_open}, hard aborts: {icmp_hard_aborts}");
        }
    }
}

#[test]
fn must_21_an_application_can_set_the_user_timeout() {
    let mut play = Play::connected();
    let option = SocketOption::UserTimeout(Duration::from_secs(5));
    assert_eq!(play.call(Client, SocketCall::SetOption { socket: S3, option }), Ok(Value::Zero));
    play.apply(Input::CutCable);
    play.send(Client, S3, b"anybody?").unwrap();
    play.run_for(4_999);
    assert_eq!(play.recv(Client, S3), Err(Errno::EAGAIN));
    play.run_for(1);
    assert_eq!(play.recv(Client, S3), Err(Errno::ETIMEDOUT));
}
