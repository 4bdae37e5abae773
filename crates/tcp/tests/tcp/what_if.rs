//! The rules broken on purpose: each goes wrong as the notes say. By default none is broken.

use tcp::time::Duration;
use tcp::{Call, Control, Rule, Settings, State, WhatIf};

use crate::ends::{End, Pair, rules, sent};

fn pair(what_if: WhatIf) -> Pair {
    let settings = Settings { what_if, ..Settings::default() };
    let mut pair = Pair::new();
    pair.a.settings = settings.clone();
    pair.b.settings = settings;
    pair
}

#[test]
fn with_a_two_way_open_an_old_syn_opens_a_connection() {
    let mut pair = pair(WhatIf { two_way_open: true, ..WhatIf::default() });
    let open = pair.a(End::connect);
    let (stale, _) = open.sent().next().map(|(s, w)| (s.clone(), w)).expect("the SYN");
    assert_eq!(pair.deliver().rule(), Rule::ListenRcvSynTwoWay);
    assert_eq!(pair.deliver().rule(), Rule::SynSentRcvSynAckTwoWay);
    assert!(pair.wire.is_empty(), "no third segment");
    assert_eq!(pair.states(), [State::Established; 2]);

    // The client is long gone when its old SYN arrives: the server waits for data that never comes.
    let mut server = End::server();
    server.settings = pair.b.settings.clone();
    server.call(Call::OpenPassive);
    let transition = server.rcv(&stale);
    let (syn_ack, _) = transition.sent().next().expect("SYN,ACK");
    let mut client = End::client();
    client.settings = server.settings.clone();
    assert_eq!(client.rcv(syn_ack).rule(), Rule::ClosedRcvSynAckTwoWay);
    assert_eq!((server.state(), server.tcb.timers.next()), (State::Established, None));
}

#[test]
fn with_a_two_way_open_a_lost_syn_ack_is_still_repeated() {
    let mut pair = pair(WhatIf { two_way_open: true, ..WhatIf::default() });
    pair.a(End::connect);
    pair.deliver();
    pair.lose();
    pair.a(|a| a.expire().1);
    assert_eq!(rules(&pair.deliver()), [Rule::SynReceivedRcvSynAgain]);
    pair.settle();
    assert_eq!(pair.states(), [State::Established; 2]);
}

#[test]
fn without_time_wait_a_repeated_fin_is_answered_by_rst() {
    let mut pair = pair(WhatIf { no_time_wait: true, ..WhatIf::default() });
    pair.a(End::connect);
    pair.settle();
    pair.a(|a| a.call(Call::Shutdown));
    pair.settle();
    pair.b(|b| b.call(Call::Shutdown));
    assert_eq!(pair.deliver().rule(), Rule::SkipTimeWait);
    assert_eq!(sent(&pair.a.clone().connect()).len(), 1, "the port is free at once");
    // The last ACK is lost. The FIN is repeated and finds no connection.
    pair.lose();
    pair.b(|b| b.expire().1);
    let transition = pair.deliver();
    assert_eq!(transition.rule(), Rule::ClosedRcvAck);
    let transition = pair.deliver();
    assert_eq!((transition.rule(), pair.b.state()), (Rule::RstEndsClosing, State::Closed));
}

#[test]
fn without_time_wait_the_other_two_paths_end_at_once_too() {
    let settings =
        Settings { what_if: WhatIf { no_time_wait: true, ..WhatIf::default() }, ..Settings::default() };
    let mut end = End::in_state_with(State::FinWait1, settings.clone());
    let transition = end.rcv(&end.peer(Control::FIN | Control::ACK, 1, 2));
    assert_eq!((transition.rule(), sent(&transition).len()), (Rule::SkipTimeWait, 1));
    let mut end = End::in_state_with(State::Closing, settings);
    assert_eq!(end.rcv(&end.peer(Control::ACK, 2, 2)).rule(), Rule::SkipTimeWait);
}

#[test]
fn with_a_three_way_close_a_lost_fin_is_never_repeated() {
    let mut pair = pair(WhatIf { three_way_close: true, ..WhatIf::default() });
    pair.a(End::connect);
    pair.settle();
    pair.a(|a| a.call(Call::Shutdown));
    pair.settle();
    let transition = pair.b(|b| b.call(Call::Shutdown));
    assert_eq!((transition.rule(), sent(&transition).len()), (Rule::CloseWaitForgets, 1));
    pair.lose();
    // Nobody repeats the FIN: the active end waits in FIN-WAIT-2 for ever.
    assert_eq!((pair.a.state(), pair.a.tcb.timers.next()), (State::FinWait2, None));
    assert_eq!((pair.b.state(), pair.b.tcb.timers.next()), (State::Closed, None));
}

#[test]
fn a_fixed_isn_gives_every_connection_the_same_numbers() {
    let what_if = WhatIf { fixed_isn: true, ..WhatIf::default() };
    let mut first = End::new(crate::ends::A, Settings { what_if, ..Settings::default() });
    let mut second = first.clone();
    first.connect();
    second.wait(tcp::time::Duration::from_secs(100));
    second.connect();
    assert_eq!(first.tcb.snd.iss, second.tcb.snd.iss);
    assert!(WhatIf::default().is_conformant() && !what_if.is_conformant());
}

#[test]
fn with_a_two_way_open_the_first_ack_may_be_delayed() {
    let mut settings = Settings::default();
    settings.what_if.two_way_open = true;
    settings.config.ack_delay = Duration::from_millis(200);
    let mut client = End::in_state_with(State::SynSent, settings);
    client.rcv(&client.peer(Control::SYN | Control::ACK, 0, 1));
    assert_eq!(client.state(), State::Established);
    let transition = client.rcv(&client.peer_text(1, 1, b"hello"));
    assert_eq!((transition.rule(), sent(&transition).len()), (Rule::AckDelayed, 0));
}
