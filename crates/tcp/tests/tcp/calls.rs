//! The calls of RFC 9293 §3.10.1-3.10.5, in every state.

use std::rc::Rc;

use bytes::Bytes;
use tcp::time::Instant;
use tcp::{
    Call, CallError, Control, Endpoint, Reply, Rule, Segment, Settings, State, Transition,
    answer_with_cookie, give_way, open_by_cookie, refuse_syn,
};

use crate::ends::{A, B, End, rules, sent};
use invariants::fired::observe;

/// The state afterwards, the segments sent, and the reply.
fn outcome(transition: &Transition) -> String {
    let reply = match transition.reply() {
        Some(Reply::Refused(error)) => format!("{error:?}"),
        Some(Reply::Received(data)) => format!("{} B", data.len()),
        Some(other) => format!("{other:?}"),
        None => "-".to_owned(),
    };
    format!("{} [{}] {reply}", transition.to(), sent(transition).join("; "))
}

/// Makes a call in each state and compares the outcomes, in the order of `State::ALL`.
#[track_caller]
fn check(call: &Call, expected: [(&str, Rule); 11]) {
    for (state, (expected, rule)) in State::ALL.iter().copied().zip(expected) {
        let mut end = End::in_state(state);
        let transition = end.call(call.clone());
        assert_eq!((outcome(&transition).as_str(), transition.rule()), (expected, rule), "in {state}");
    }
}

#[test]
fn passive_open_in_every_state() {
    let exists = |state| (state, Rule::OpenRefused);
    check(
        &Call::OpenPassive,
        [
            ("LISTEN [] Ok", Rule::OpenPassive),
            exists("LISTEN [] AlreadyExists"),
            exists("SYN-SENT [] AlreadyExists"),
            exists("SYN-RECEIVED [] AlreadyExists"),
            exists("ESTABLISHED [] AlreadyExists"),
            exists("FIN-WAIT-1 [] AlreadyExists"),
            exists("FIN-WAIT-2 [] AlreadyExists"),
            exists("CLOSE-WAIT [] AlreadyExists"),
            exists("CLOSING [] AlreadyExists"),
            exists("LAST-ACK [] AlreadyExists"),
            exists("TIME-WAIT [] AlreadyExists"),
        ],
    );
}

#[test]
fn active_open_in_every_state() {
    let exists = |state| (state, Rule::OpenRefused);
    check(
        &Call::OpenActive { local: A, remote: B },
        [
            ("SYN-SENT [SYN seq=0] Ok", Rule::OpenActive),
            ("SYN-SENT [SYN seq=0] Ok", Rule::OpenActiveFromListen),
            exists("SYN-SENT [] AlreadyExists"),
            exists("SYN-RECEIVED [] AlreadyExists"),
            exists("ESTABLISHED [] AlreadyExists"),
            exists("FIN-WAIT-1 [] AlreadyExists"),
            exists("FIN-WAIT-2 [] AlreadyExists"),
            exists("CLOSE-WAIT [] AlreadyExists"),
            exists("CLOSING [] AlreadyExists"),
            exists("LAST-ACK [] AlreadyExists"),
            exists("TIME-WAIT [] AlreadyExists"),
        ],
    );
    let mut end = End::client();
    let transition = end.call(Call::OpenActive { local: A, remote: Endpoint::UNSPECIFIED });
    assert_eq!(outcome(&transition), "CLOSED [] RemoteUnspecified");
}

#[test]
fn send_in_every_state() {
    check(
        &Call::Send { data: Bytes::from_static(b"hello"), remote: None },
        [
            ("CLOSED [] DoesNotExist", Rule::SendWithoutConnection),
            ("LISTEN [] RemoteUnspecified", Rule::SendWithoutConnection),
            ("SYN-SENT [] Sent(5)", Rule::SendQueued),
            ("SYN-RECEIVED [] Sent(5)", Rule::SendQueued),
            ("ESTABLISHED [PSH,ACK seq=1 ack=1 len=5] Sent(5)", Rule::SendAccepted),
            ("FIN-WAIT-1 [] Closing", Rule::SendAfterClose),
            ("FIN-WAIT-2 [] Closing", Rule::SendAfterClose),
            ("CLOSE-WAIT [PSH,ACK seq=1 ack=2 len=5] Sent(5)", Rule::SendAccepted),
            ("CLOSING [] Closing", Rule::SendAfterClose),
            ("LAST-ACK [] Closing", Rule::SendAfterClose),
            ("TIME-WAIT [] Closing", Rule::SendAfterClose),
        ],
    );
}

#[test]
fn send_with_a_remote_end_turns_a_listener_active() {
    let mut end = End::in_state(State::Listen);
    let transition = end.call(Call::Send { data: Bytes::from_static(b"hi"), remote: Some(A) });
    assert_eq!(
        (rules(&transition), outcome(&transition).as_str()),
        (vec![Rule::SendFromListen], "SYN-SENT [SYN seq=0] Sent(2)")
    );
}

#[test]
fn send_takes_what_fits_and_then_would_block() {
    let mut settings = Settings::default();
    settings.config.send_buffer_bytes = 4;
    let mut end = End::in_state_with(State::Established, settings);
    assert_eq!(end.send(b"sixsix").reply(), Some(&Reply::Sent(4)));
    let transition = end.send(b"more");
    assert_eq!((transition.rule(), transition.reply()), (Rule::SendBufferFull, Some(&Reply::WouldBlock)));
}

#[test]
fn receive_in_every_state() {
    check(
        &Call::Receive { max_bytes: 10 },
        [
            ("CLOSED [] DoesNotExist", Rule::ReceiveWithoutConnection),
            ("LISTEN [] WouldBlock", Rule::ReceiveWaits),
            ("SYN-SENT [] WouldBlock", Rule::ReceiveWaits),
            ("SYN-RECEIVED [] WouldBlock", Rule::ReceiveWaits),
            ("ESTABLISHED [] WouldBlock", Rule::ReceiveWaits),
            ("FIN-WAIT-1 [] WouldBlock", Rule::ReceiveWaits),
            ("FIN-WAIT-2 [] WouldBlock", Rule::ReceiveWaits),
            ("CLOSE-WAIT [] EndOfFile", Rule::ReceiveEndOfFile),
            ("CLOSING [] EndOfFile", Rule::ReceiveEndOfFile),
            ("LAST-ACK [] EndOfFile", Rule::ReceiveEndOfFile),
            ("TIME-WAIT [] EndOfFile", Rule::ReceiveEndOfFile),
        ],
    );
    let mut end = End::in_state(State::Established);
    end.rcv(&end.peer_text(1, 1, b"data"));
    assert_eq!(outcome(&end.call(Call::Receive { max_bytes: 3 })), "ESTABLISHED [] 3 B");
    assert_eq!(end.call(Call::Receive { max_bytes: 3 }).rule(), Rule::ReceiveDelivers);
}

#[test]
fn unread_data_survives_an_orderly_close_but_no_reset() {
    let mut end = End::in_state(State::Established);
    end.rcv(&end.peer_text(1, 1, b"last words"));
    let mut broken = end.clone();
    end.rcv(&end.peer(Control::FIN | Control::ACK, 11, 1));
    end.call(Call::Shutdown);
    end.rcv(&end.peer(Control::ACK, 12, 2));
    assert_eq!((end.state(), end.receive()), (State::Closed, b"last words".to_vec()));
    assert_eq!(
        end.call(Call::Receive { max_bytes: 1 }).reply(),
        Some(&Reply::Refused(CallError::DoesNotExist))
    );

    broken.rcv(&broken.peer(Control::RST, 11, 0));
    assert_eq!((broken.state(), broken.tcb.readable_bytes()), (State::Closed, 0));
}

#[test]
fn shutdown_in_every_state() {
    check(
        &Call::Shutdown,
        [
            ("CLOSED [] DoesNotExist", Rule::CloseWithoutConnection),
            ("CLOSED [] Ok", Rule::CloseListen),
            ("CLOSED [] Ok", Rule::CloseSynSent),
            ("FIN-WAIT-1 [FIN,ACK seq=1 ack=1] Ok", Rule::CloseSynReceived),
            ("FIN-WAIT-1 [FIN,ACK seq=1 ack=1] Ok", Rule::CloseEstablished),
            ("FIN-WAIT-1 [] Ok", Rule::CloseAgain),
            ("FIN-WAIT-2 [] Ok", Rule::CloseAgain),
            ("LAST-ACK [FIN,ACK seq=1 ack=2] Ok", Rule::CloseCloseWait),
            ("CLOSING [] Closing", Rule::CloseAgain),
            ("LAST-ACK [] Closing", Rule::CloseAgain),
            ("TIME-WAIT [] Closing", Rule::CloseAgain),
        ],
    );
}

#[test]
fn close_in_every_state() {
    check(
        &Call::Close,
        [
            ("CLOSED [] DoesNotExist", Rule::CloseWithoutConnection),
            ("CLOSED [] Ok", Rule::CloseListen),
            ("CLOSED [] Ok", Rule::CloseSynSent),
            ("FIN-WAIT-1 [FIN,ACK seq=1 ack=1] Ok", Rule::CloseSynReceived),
            ("FIN-WAIT-1 [FIN,ACK seq=1 ack=1] Ok", Rule::CloseEstablished),
            ("FIN-WAIT-1 [] Ok", Rule::CloseOrphans),
            ("FIN-WAIT-2 [] Ok", Rule::CloseOrphans),
            ("LAST-ACK [FIN,ACK seq=1 ack=2] Ok", Rule::CloseCloseWait),
            ("CLOSING [] Ok", Rule::CloseOrphans),
            ("LAST-ACK [] Ok", Rule::CloseOrphans),
            ("TIME-WAIT [] Ok", Rule::CloseOrphans),
        ],
    );
}

#[test]
fn abort_in_every_state() {
    check(
        &Call::Abort,
        [
            ("CLOSED [] DoesNotExist", Rule::AbortWithoutConnection),
            ("CLOSED [] Ok", Rule::AbortSilently),
            ("CLOSED [] Ok", Rule::AbortSilently),
            ("CLOSED [RST,ACK seq=1 ack=1] Ok", Rule::AbortSendsReset),
            ("CLOSED [RST,ACK seq=1 ack=1] Ok", Rule::AbortSendsReset),
            ("CLOSED [RST,ACK seq=2 ack=1] Ok", Rule::AbortSendsReset),
            ("CLOSED [RST,ACK seq=2 ack=1] Ok", Rule::AbortSendsReset),
            ("CLOSED [RST,ACK seq=1 ack=2] Ok", Rule::AbortSendsReset),
            ("CLOSED [] Ok", Rule::AbortSilently),
            ("CLOSED [] Ok", Rule::AbortSilently),
            ("CLOSED [] Ok", Rule::AbortSilently),
        ],
    );
}

#[test]
fn close_in_syn_received_with_data_waiting_waits_for_the_open() {
    let mut end = End::in_state(State::SynReceived);
    end.send(b"wait for me");
    assert_eq!(rules(&end.call(Call::Shutdown)), [Rule::CloseSynReceivedQueued]);
    assert_eq!(
        end.call(Call::Send { data: Bytes::from_static(b"x"), remote: None }).reply(),
        Some(&Reply::Refused(CallError::Closing))
    );
    let transition = end.rcv(&end.peer(Control::ACK, 1, 1));
    assert_eq!(rules(&transition), [Rule::SynReceivedRcvAck, Rule::CloseEstablished]);
    assert_eq!(sent(&transition), ["FIN,PSH,ACK seq=1 ack=1 len=11"]);
    assert_eq!(end.state(), State::FinWait1);
}

#[test]
fn a_fin_sent_before_the_syn_is_acknowledged_survives_the_loss_of_both() {
    let mut end = End::in_state(State::SynReceived);
    end.call(Call::Shutdown);
    let (_, transition) = end.expire();
    assert_eq!(
        (transition.rule(), sent(&transition)),
        (Rule::RetransmitSynAck, vec!["SYN,ACK seq=0 ack=1".into()])
    );
    let transition = end.rcv(&end.peer(Control::ACK, 1, 1));
    assert_eq!(sent(&transition), ["FIN,ACK seq=1 ack=1"]);
    end.rcv(&end.peer(Control::ACK, 1, 2));
    assert_eq!(end.state(), State::FinWait2);
}

#[test]
fn an_open_after_a_connection_ended_starts_afresh() {
    for call in [Call::OpenActive { local: A, remote: B }, Call::OpenPassive] {
        let mut end = End::in_state(State::LastAck);
        end.rcv(&end.peer(Control::ACK, 2, 2));
        end.call(call.clone());
        let mut first = End::client();
        first.now = end.now;
        first.call(call);
        assert_eq!(end.tcb, first.tcb);
    }
}

#[test]
fn shld_3_close_with_unread_data_sends_rst() {
    let mut end = End::in_state(State::Established);
    end.rcv(&end.peer_text(1, 1, b"unread"));
    let transition = end.call(Call::Close);
    assert_eq!(
        (transition.rule(), sent(&transition)),
        (Rule::CloseWithUnreadData, vec!["RST,ACK seq=1 ack=7".into()])
    );
}

#[test]
fn shutdown_read_sends_nothing_and_ends_reading() {
    let mut end = End::in_state(State::Established);
    end.rcv(&end.peer_text(1, 1, b"unread"));
    let transition = end.call(Call::ShutdownRead);
    assert_eq!((transition.rule(), sent(&transition).len()), (Rule::ShutdownRead, 0));
    assert_eq!(rules(&end.call(Call::Receive { max_bytes: 9 })), [Rule::ReceiveAfterShutdown]);
    assert_eq!(
        End::client().call(Call::ShutdownRead).reply(),
        Some(&Reply::Refused(CallError::DoesNotExist))
    );
}

#[test]
fn time_wait_gives_way_only_to_a_newer_syn() {
    let mut settings = Settings::default();
    settings.config.reopen_from_time_wait = true;
    let end = End::in_state_with(State::TimeWait, settings);
    let asked = |segment| give_way(&end.tcb, &end.settings, end.now, &segment);
    let transition = asked(end.peer(Control::SYN, 9, 0)).expect("it is newer");
    observe(&transition);
    assert_eq!((transition.rule(), transition.to()), (Rule::TimeWaitGivesWay, State::Closed));
    assert!(asked(end.peer(Control::SYN, 1, 0)).is_none(), "an old number");
    assert!(asked(end.peer(Control::SYN | Control::ACK, 9, 1)).is_none(), "not the beginning of anything");
    assert!(asked(end.peer(Control::SYN | Control::RST, 9, 0)).is_none());
}

#[test]
fn a_full_backlog_drops_the_syn() {
    let end = End::in_state(State::Listen);
    let syn = end.peer(Control::SYN, 0, 0);
    let transition = refuse_syn(&end.tcb, &end.settings, end.now, syn, 1, 1);
    observe(&transition);
    assert_eq!(
        (transition.rule(), sent(&transition).len(), transition.to()),
        (Rule::ListenBacklogFull, 0, State::Listen)
    );
}

#[test]
fn c74_a_cookie_that_comes_back_opens_the_connection() {
    let end = End::in_state(State::Listen);
    let syn = end.peer(Control::SYN, 0, 0);
    let asked = answer_with_cookie(&end.tcb, &end.settings, end.now, syn, 1, 1);
    observe(&asked);
    assert_eq!((asked.rule(), asked.to()), (Rule::ListenSynCookie, State::Listen));
    assert!(Rc::ptr_eq(&asked.before, &asked.after), "nothing is remembered");
    let cookie = asked.sent().next().expect("SYN,ACK").0.seq;
    let answer = Segment { ack: cookie.add(1), ..end.peer(Control::ACK, 1, 0) };
    let opened = open_by_cookie(&end.tcb, &end.settings, end.now, &answer, 0, 1).expect("it is ours");
    observe(&opened);
    assert_eq!(rules(&opened)[..2], [Rule::ListenRcvCookie, Rule::SynReceivedRcvAck]);
    assert_eq!((opened.from(), opened.to()), (State::Listen, State::Established));
    assert_eq!(opened.after.snd.iss, cookie);
}

#[test]
fn may_1_close_gives_up_both_directions_and_shutdown_one() {
    let late = |call| {
        let mut end = End::in_state(State::Established);
        end.call(call);
        end.rcv(&end.peer(Control::ACK, 1, 2));
        end.rcv(&end.peer_text(1, 2, b"late"))
    };
    let after = late(Call::Close);
    assert_eq!((after.to(), sent(&after)), (State::Closed, vec!["RST,ACK seq=2 ack=1".into()]));
    let after = late(Call::Shutdown);
    assert_eq!((after.to(), sent(&after)), (State::FinWait2, vec!["ACK seq=2 ack=5".into()]));
    assert_eq!(after.after.readable_bytes(), 4);
}

#[test]
fn must_43_an_open_may_name_its_local_address() {
    let other = Endpoint::new([192, 0, 2, 9].into(), 7);
    let mut end = End::client();
    let transition = end.call(Call::OpenActive { local: other, remote: B });
    assert_eq!(transition.sent().map(|(syn, _)| syn.source).collect::<Vec<_>>(), [other]);
}

#[test]
fn must_45_a_connection_keeps_the_address_that_its_syn_was_sent_to() {
    let anywhere = Endpoint::new(Endpoint::UNSPECIFIED.addr, B.port);
    let mut end = End::new(anywhere, Settings::default());
    end.call(Call::OpenPassive);
    assert_eq!(end.tcb.local, anywhere);
    let syn = Segment { source: A, destination: B, ..end.peer(Control::SYN, 0, 0) };
    let mut transitions = vec![end.rcv(&syn), end.rcv(&end.peer(Control::ACK, 1, 1))];
    transitions.extend([end.send(b"hello"), end.expire().1, end.call(Call::Shutdown), end.call(Call::Abort)]);
    let sources: Vec<_> = transitions.iter().flat_map(|t| t.sent()).map(|(s, _)| s.source).collect();
    assert_eq!(sources, [B; 5]);
}

#[test]
fn shld_1_the_isn_is_a_clock_plus_a_hash_of_both_ends_and_a_secret() {
    // ISS without the part that comes from the clock.
    let offset = |secret, local, remote, micros: u64| {
        let mut settings = Settings::default();
        settings.config.isn_secret = secret;
        let mut end = End::new(local, settings);
        end.now = Instant::from_micros(micros);
        end.call(Call::OpenActive { local, remote });
        end.tcb.snd.iss.sub((micros / 4) as u32)
    };
    let elsewhere = |end: Endpoint| Endpoint::new([203, 0, 113, 5].into(), end.port);
    let other_port = |end: Endpoint| Endpoint::new(end.addr, end.port + 1);
    let cases = [
        (1, A, B),
        (2, A, B),
        (1, elsewhere(A), B),
        (1, other_port(A), B),
        (1, A, elsewhere(B)),
        (1, A, other_port(B)),
        (1, B, A),
    ];
    let offsets = cases.map(|(secret, local, remote)| {
        let first = offset(secret, local, remote, 0);
        for micros in [4, 1_000_000, 60_000_000_000] {
            assert_eq!(offset(secret, local, remote, micros), first, "it does not change with time");
        }
        first
    });
    for (i, one) in offsets.iter().enumerate() {
        assert!(!offsets[..i].contains(one), "each part of {:?} counts", cases[i]);
    }
}
