//! Questions on which good stacks disagree: the default is RFC 9293's answer, a setting gives the other one, and both
//! records name the question.

use tcp::time::Duration;
use tcp::{
    Call, Config, Control, Dispute, Reply, Rule, Segment, Settings, Signal, State, TimerKind, Transition,
};

use crate::ends::{End, rules, sent};

/// Two ends in `state`: one with the default settings, one with settings changed by `choose`.
fn both_ways(state: State, choose: fn(&mut Config)) -> [End; 2] {
    let mut other = Settings::default();
    choose(&mut other.config);
    [End::in_state(state), End::in_state_with(state, other)]
}

/// Checks that both transitions are about this question.
#[track_caller]
fn about(dispute: Dispute, transitions: [&Transition; 2]) {
    for transition in transitions {
        assert_eq!(Dispute::of(transition), Some(dispute), "{:?}", rules(transition));
    }
}

fn signals(transition: &Transition) -> Vec<Signal> {
    transition.signals().collect()
}

#[test]
fn syn_ack_at_listen_draws_rst_or_nothing() {
    let [mut rfc, mut other] = both_ways(State::Listen, |config| config.ignore_syn_ack_at_listen = true);
    let syn_ack = rfc.peer(Control::SYN | Control::ACK, 0, 7);
    let transitions = [rfc.rcv(&syn_ack), other.rcv(&syn_ack)];
    assert_eq!(transitions.each_ref().map(|t| sent(t).len()), [1, 0]);
    assert_eq!(rules(&transitions[1]), [Rule::ListenIgnoresSynAck]);
    about(Dispute::SynAckAtListen, transitions.each_ref());
    let ack = other.peer(Control::ACK, 0, 7);
    assert_eq!(other.rcv(&ack).rule(), Rule::ListenRcvAck, "a bare acknowledgement draws RST all the same");
}

#[test]
fn after_a_bad_ack_the_syn_waits_or_is_repeated_at_once() {
    let [mut rfc, mut other] = both_ways(State::SynSent, |config| config.syn_again_at_once = true);
    let wrong = rfc.peer(Control::ACK, 9, 77);
    let transitions = [rfc.rcv(&wrong), other.rcv(&wrong)];
    assert_eq!(sent(&transitions[0]), ["RST seq=77"]);
    assert_eq!(sent(&transitions[1]), ["RST seq=77", "SYN seq=0"]);
    assert_eq!([&rfc, &other].map(End::state), [State::SynSent; 2]);
    about(Dispute::BadAckInSynSent, transitions.each_ref());
}

#[test]
fn when_both_close_the_acknowledgement_carries_our_fin_again_or_not() {
    let [mut rfc, mut other] = both_ways(State::FinWait1, |config| config.fin_again_with_ack = true);
    let fin = rfc.peer(Control::FIN | Control::ACK, 1, 1);
    let transitions = [rfc.rcv(&fin), other.rcv(&fin)];
    assert_eq!(sent(&transitions[0]), ["ACK seq=2 ack=2"]);
    assert_eq!(sent(&transitions[1]), ["FIN,ACK seq=1 ack=2"]);
    assert_eq!([&rfc, &other].map(End::state), [State::Closing; 2]);
    about(Dispute::FinInFinWait1, transitions.each_ref());
}

#[test]
fn a_repeated_fin_does_not_repeat_unacknowledged_text() {
    let [_, mut other] = both_ways(State::Established, |config| config.fin_again_with_ack = true);
    other.send(b"abc");
    other.call(Call::Shutdown);
    let transition = other.rcv(&other.peer(Control::FIN | Control::ACK, 1, 1));
    assert_eq!(sent(&transition), ["FIN,ACK seq=4 ack=2"]);
    assert_eq!(sent(&other.expire().1), ["FIN,PSH,ACK seq=1 ack=2 len=3"]);
}

#[test]
fn rst_in_time_wait_ends_it_or_is_ignored() {
    let [mut rfc, mut other] = both_ways(State::TimeWait, |config| config.rfc1337 = true);
    let rst = rfc.peer(Control::RST, 2, 0);
    let transitions = [rfc.rcv(&rst), other.rcv(&rst)];
    assert_eq!([&rfc, &other].map(End::state), [State::Closed, State::TimeWait]);
    about(Dispute::RstInTimeWait, transitions.each_ref());
}

#[test]
fn syn_in_time_wait_is_challenged_or_resets() {
    let [mut rfc, mut other] = both_ways(State::TimeWait, |config| config.rfc5961 = false);
    let syn = rfc.peer(Control::SYN, 9, 0);
    let transitions = [rfc.rcv(&syn), other.rcv(&syn)];
    assert_eq!(transitions.each_ref().map(Transition::rule), [Rule::SynChallenged, Rule::SynResets]);
    assert_eq!([&rfc, &other].map(End::state), [State::TimeWait, State::Closed]);
    about(Dispute::SynInTimeWait, transitions.each_ref());
}

#[test]
fn syn_in_time_wait_can_be_refused_while_the_wait_goes_on() {
    let [_, mut other] = both_ways(State::TimeWait, |config| config.refuse_in_time_wait = true);
    let until = other.tcb.timers.next();
    let transition = other.rcv(&other.peer(Control::SYN, 9, 0));
    assert_eq!((transition.rule(), other.state()), (Rule::TimeWaitRefusesSyn, State::TimeWait));
    assert_eq!((sent(&transition).len(), other.tcb.timers.next()), (1, until));
    let (reset, _) = transition.sent().next().expect("RST");
    assert_eq!(
        (reset.control, reset.ack),
        (Control::RST | Control::ACK, other.peer(Control::SYN, 10, 0).seq)
    );
    about(Dispute::SynInTimeWait, [&transition; 2]);
}

#[test]
fn syn_on_an_open_connection_is_challenged_or_resets() {
    let [mut rfc, mut other] = both_ways(State::Established, |config| config.rfc5961 = false);
    let syn = rfc.peer(Control::SYN, 1, 0);
    let transitions = [rfc.rcv(&syn), other.rcv(&syn)];
    assert_eq!([&rfc, &other].map(End::state), [State::Established, State::Closed]);
    about(Dispute::SynWhenOpen, transitions.each_ref());
}

#[test]
fn rst_during_a_simultaneous_open_is_refused_or_reset() {
    let ends = both_ways(State::SynSent, |config| config.reset_while_opening = true);
    let transitions = ends.map(|mut end| {
        end.rcv(&end.peer(Control::SYN, 0, 0));
        end.rcv(&end.peer(Control::RST, 1, 0))
    });
    assert_eq!(transitions.each_ref().map(signals), [[Signal::Refused], [Signal::Reset]]);
    about(Dispute::RstWhileOpening, transitions.each_ref());
}

#[test]
fn rst_in_close_wait_is_a_reset_or_a_broken_pipe() {
    let ends = both_ways(State::CloseWait, |config| config.epipe_in_close_wait = true);
    let transitions = ends.map(|mut end| end.rcv(&end.peer(Control::RST, 2, 0)));
    assert_eq!(transitions.each_ref().map(signals), [[Signal::Reset], [Signal::BrokenPipe]]);
    about(Dispute::RstInCloseWait, transitions.each_ref());
}

#[test]
fn close_with_data_unread_sends_rst_or_fin() {
    for (state, next, own) in [(State::Established, 1, 1), (State::CloseWait, 2, 1), (State::FinWait2, 1, 2)]
    {
        let mut ends = both_ways(state, |config| config.fin_with_unread_data = true);
        let unread = Segment { text: b"data".as_slice().into(), ..ends[0].peer(Control::ACK, next, own) };
        let transitions = ends.each_mut().map(|end| {
            if state == State::CloseWait {
                // No data comes after a FIN, so the unread data comes first.
                *end = End::in_state_with(State::Established, end.settings.clone());
                end.rcv(&end.peer_text(1, 1, b"data"));
                end.rcv(&end.peer(Control::FIN | Control::ACK, 5, 1));
            } else {
                end.rcv(&unread);
            }
            assert_eq!(end.tcb.readable_bytes(), 4);
            end.call(Call::Close)
        });
        assert_eq!(transitions[0].rule(), Rule::CloseWithUnreadData, "in {state}");
        assert!(sent(&transitions[0])[0].starts_with("RST"), "in {state}");
        assert!(sent(&transitions[1]).iter().all(|segment| segment.starts_with("FIN")), "in {state}");
        assert_eq!(
            (ends[1].state() == State::Closed, ends[1].tcb.readable_bytes()),
            (false, 0),
            "in {state}"
        );
        about(Dispute::UnreadData, transitions.each_ref());
    }
    // More data is still refused.
    let [_, mut other] = both_ways(State::Established, |config| config.fin_with_unread_data = true);
    other.rcv(&other.peer_text(1, 1, b"data"));
    other.call(Call::Close);
    assert_eq!(other.rcv(&other.peer_text(5, 1, b"more")).rule(), Rule::TextAfterClose);
}

#[test]
fn text_after_shutdown_is_dropped_or_kept() {
    let [mut rfc, mut other] = both_ways(State::Established, |config| config.keep_text_after_shutdown = true);
    let transitions = [&mut rfc, &mut other].map(|end| {
        end.rcv(&end.peer_text(1, 1, b"old"));
        end.call(Call::ShutdownRead);
        end.rcv(&end.peer_text(4, 1, b"new"))
    });
    assert_eq!(transitions.each_ref().map(sent), [["ACK seq=1 ack=7"], ["ACK seq=1 ack=7"]]);
    assert_eq!(other.receive(), b"oldnew");
    for end in [&mut rfc, &mut other] {
        assert_eq!(end.call(Call::Receive { max_bytes: 9 }).reply(), Some(&Reply::EndOfFile));
    }
    about(Dispute::TextAfterShutdown, transitions.each_ref());
}

#[test]
fn syn_with_fin_counts_as_both_or_is_dropped() {
    let [mut rfc, mut other] = both_ways(State::Listen, |config| config.drop_syn_fin = true);
    let both = rfc.peer(Control::SYN | Control::FIN, 0, 0);
    let transitions = [rfc.rcv(&both), other.rcv(&both)];
    assert_eq!([&rfc, &other].map(End::state), [State::SynReceived, State::Listen]);
    about(Dispute::SynWithFin, transitions.each_ref());
}

#[test]
fn a_fin_is_acknowledged_at_once_or_after_the_delay() {
    let [mut rfc, mut other] = both_ways(State::Established, |config| {
        config.delay_ack_of_fin = true;
        config.ack_delay = Duration::from_millis(40);
    });
    let fin = rfc.peer(Control::FIN | Control::ACK, 1, 1);
    let transitions = [rfc.rcv(&fin), other.rcv(&fin)];
    assert_eq!(transitions.each_ref().map(|t| sent(t).len()), [1, 0]);
    about(Dispute::AckOfFin, transitions.each_ref());
    let (kind, late) = other.expire();
    assert_eq!((kind, sent(&late)), (TimerKind::DelayedAck, vec!["ACK seq=1 ack=2".to_owned()]));
    assert_eq!(other.state(), State::CloseWait);
}

#[test]
fn repeats_of_a_syn_double_at_once_or_after_four_tries() {
    let waits = both_ways(State::SynSent, |config| config.syn_linear_retries = 4).map(|mut end| {
        let mut waits = Vec::new();
        for _ in 0..7 {
            let before = end.now;
            let (_, transition) = end.expire();
            about(Dispute::SynRetries, [&transition; 2]);
            waits.push(end.now.since(before).as_millis() / 1_000);
        }
        waits
    });
    assert_eq!(waits, [[1, 2, 4, 8, 16, 32, 64], [1, 1, 1, 1, 1, 2, 4]]);
}

#[test]
fn text_on_a_syn_is_kept_or_must_be_repeated() {
    let [mut rfc, mut other] = both_ways(State::Listen, |config| config.ignore_text_on_syn = true);
    let syn = Segment { text: b"early".as_slice().into(), ..rfc.peer(Control::SYN, 0, 0) };
    let transitions = [rfc.rcv(&syn), other.rcv(&syn)];
    assert_eq!(transitions.each_ref().map(sent), [["SYN,ACK seq=0 ack=1"], ["SYN,ACK seq=0 ack=1"]]);
    about(Dispute::TextOnSyn, transitions.each_ref());
    for end in [&mut rfc, &mut other] {
        end.rcv(&end.peer(Control::ACK, 1, 1));
    }
    assert_eq!((rfc.receive(), other.tcb.readable_bytes()), (b"early".to_vec(), 0));
    let again = other.peer_text(1, 1, b"early");
    assert_eq!(sent(&other.rcv(&again)), ["ACK seq=1 ack=6"]);
    assert_eq!(other.receive(), b"early");
}

#[test]
fn text_on_a_syn_ack_can_be_ignored_too() {
    let [mut rfc, mut other] = both_ways(State::SynSent, |config| config.ignore_text_on_syn = true);
    let syn_ack = Segment { text: b"early".as_slice().into(), ..rfc.peer(Control::SYN | Control::ACK, 0, 1) };
    let transitions = [rfc.rcv(&syn_ack), other.rcv(&syn_ack)];
    assert_eq!(transitions.each_ref().map(sent), [["ACK seq=1 ack=6"], ["ACK seq=1 ack=1"]]);
    about(Dispute::TextOnSyn, transitions.each_ref());
}
